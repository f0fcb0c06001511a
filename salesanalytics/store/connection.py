"""Open a workspace's database: the only ``duckdb.connect``. The file is attached as ``ws``; the main database stays in memory."""

from __future__ import annotations

from pathlib import Path

import duckdb
import duckdb_extension_httpfs  # type: ignore[import-untyped]

from salesanalytics.errors import UserError

DATABASE_NAME = "data.duckdb"
TEMP = "temp"
SMALL_BYTES = 64 * 2**20
"""Up to this size a workspace is worked by one thread a question: its tables fill a row group or two, so a second thread found nothing to do
and cost as much again in being woken (a state of the sample: 450 against 280 ms of CPU). Sessions run side by side all the same."""


def connect(folder: Path | None, *, read_only: bool = False, key: str | None = None) -> duckdb.DuckDBPyConnection:
    """Return a connection whose ``ws`` is the workspace in ``folder`` (None: in memory only), with the outside world shut.

    ``key`` (printable ASCII) encrypts the file at rest; a file made with a key cannot be opened without it.
    Raises ``UserError``: ``workspace-busy``, ``workspace-key``, ``workspace-key-ascii``, ``workspace-missing``, ``workspace-unreadable``.
    """
    config: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "memory_limit": "1GB" if folder is None else "600MB",
        "temp_directory": "" if folder is None else str(folder / TEMP),
        # needs the OpenSSL inside httpfs, which only a key loads; without one the data beside lie open anyway
        "temp_file_encryption": "false" if key is None else "true",
    }
    if folder is not None and _size(folder) <= SMALL_BYTES:
        config["threads"] = 1
    connection = duckdb.connect(":memory:", config=config)
    try:
        _attach(connection, folder, read_only=read_only, key=key)
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
    except BaseException:
        connection.close()
        raise
    return connection


def _size(folder: Path) -> int:
    try:
        return (folder / DATABASE_NAME).stat().st_size
    except OSError:
        return 0


def _attach(connection: duckdb.DuckDBPyConnection, folder: Path | None, *, read_only: bool, key: str | None) -> None:
    if folder is None:
        connection.execute("ATTACH ':memory:' AS ws")
        return
    path = folder / DATABASE_NAME
    if read_only and not path.exists():
        raise UserError("workspace-missing", folder=str(folder))
    options = ["READ_ONLY"] if read_only else []
    if key is not None:
        if not key or not key.isascii() or not key.isprintable():
            raise UserError("workspace-key-ascii")
        # writing encrypted files needs the OpenSSL inside httpfs; the wheel brings it, so nothing is downloaded
        connection.execute(f"LOAD {_quoted(str(_httpfs()))}")
        options.append(f"ENCRYPTION_KEY {_quoted(key)}")
    try:
        connection.execute(f"ATTACH {_quoted(str(path))} AS ws" + (f" ({', '.join(options)})" if options else ""))
    except duckdb.Error as error:
        raise UserError(_refusal(error), folder=str(folder)) from None
    if not read_only:
        _clear_leftovers(folder)


def _clear_leftovers(folder: Path) -> None:
    """Remove what a killed process had moved to disk; whoever has the database open for writing is alone here."""
    for path in (folder / TEMP).glob("duckdb_temp_*"):
        path.unlink(missing_ok=True)


def _httpfs() -> Path:
    package = Path(duckdb_extension_httpfs.__file__).parent
    return next(package.glob(f"extensions/v{duckdb.__version__}/httpfs.duckdb_extension"))


def _quoted(value: str) -> str:
    """ATTACH and LOAD take no bound parameters."""
    return "'" + value.replace("'", "''") + "'"


def _refusal(error: duckdb.Error) -> str:
    message = str(error)
    if "lock" in message or "already attached" in message or "file handle conflict" in message:
        return "workspace-busy"
    if "encrypt" in message or "key" in message:
        return "workspace-key"
    return "workspace-unreadable"
