"""Open a workspace's database: the only ``duckdb.connect``. The file is attached as ``ws``; the main database stays in memory."""

from __future__ import annotations

from pathlib import Path

import duckdb
import duckdb_extension_httpfs  # type: ignore[import-untyped]

from salesanalytics.errors import UserError

DATABASE_NAME = "data.duckdb"
REWRITTEN = f"{DATABASE_NAME}.rewritten"
"""beside the database while it is compacted"""
TEMP = "temp"
SMALL_BYTES = 64 * 2**20
"""Up to this size a workspace is worked by one thread a question: its tables fill a row group or two, so a second thread found nothing to do
and cost as much again in being woken (a state of the sample: 450 against 280 ms of CPU). Sessions run side by side all the same."""
BLOCK_BYTES = 65_536
"""Every column of every table fills whole blocks: with DuckDB's own 256 KiB a quarter of the file held something. Below 64 KiB it no longer packs bits
(docs/decisions.md 61)."""
STORAGE_VERSION = "v1.2.0"
"""The oldest DuckDB that must be able to read the file: what came with it takes a fifth off; what came later gained nothing and read slower."""


def connect(
    folder: Path | None, *, read_only: bool = False, key: str | None = None, beside: Path | None = None
) -> duckdb.DuckDBPyConnection:
    """Return a connection whose ``ws`` is the workspace in ``folder`` (None: in memory only), with the outside world shut.

    ``beside``: another file, attached as ``beside`` under the same key.

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
        if beside is not None:
            attach_file(connection, beside, "beside", key=key)
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
    if key is not None:
        if not key or not key.isascii() or not key.isprintable():
            raise UserError("workspace-key-ascii")
        # writing encrypted files needs the OpenSSL inside httpfs; the wheel brings it, so nothing is downloaded
        connection.execute(f"LOAD {_quoted(str(_httpfs()))}")
    try:
        attach_file(connection, path, "ws", read_only=read_only, key=key)
    except duckdb.Error as error:
        raise UserError(_refusal(error), folder=str(folder)) from None
    if not read_only:
        clear_leftovers(folder)


def attach_file(
    connection: duckdb.DuckDBPyConnection, path: Path, name: str, *, read_only: bool = False, key: str | None = None
) -> None:
    """Attach a database file as ``name``; one that is not there yet is made as small as its content. Raises ``duckdb.Error``."""
    options = ["READ_ONLY"] if read_only else []
    if not path.exists():
        options.append(f"BLOCK_SIZE {BLOCK_BYTES}")
        if key is None:  # what is encrypted is written in a version of its own
            options.append(f"STORAGE_VERSION '{STORAGE_VERSION}'")
    if key is not None:
        options.append(f"ENCRYPTION_KEY {_quoted(key)}")
    connection.execute(f"ATTACH {_quoted(str(path))} AS {name}" + (f" ({', '.join(options)})" if options else ""))


def clear_leftovers(folder: Path) -> None:
    """Remove what a killed process had moved to disk or begun to rewrite; whoever has the database open for writing is alone here."""
    for path in (*(folder / TEMP).glob("duckdb_temp_*"), *folder.glob(f"{REWRITTEN}*")):
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
