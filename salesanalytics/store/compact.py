"""Give back what a workspace's file no longer needs: rewritten beside itself and put in its own place.

DuckDB uses the room of what was dropped again but hardly ever gives it back, and a file made by an earlier version of this program has larger blocks.
Whoever kills the rewriting at any moment finds the old file whole (with something beside it that the next opening removes) or the new one whole.
"""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass
from pathlib import Path

import duckdb

from salesanalytics.errors import UserError
from salesanalytics.store.connection import BLOCK_BYTES, DATABASE_NAME, REWRITTEN, connect

LOG = logging.getLogger("salesanalytics.store")
WORTH_BYTES = 32 * 2**20
"""Less than this is left as it is when a workspace is opened: it would cost the start more than it gives back."""
WORTH_SHARE = 0.5
LARGER_BLOCKS_SHARE = 0.5
"""of a file of larger blocks, what rewriting was measured to give back"""


@dataclass(frozen=True)
class Compaction:
    """Sizes of a workspace's file in bytes, before and after it was rewritten."""

    before: int
    after: int


def compact(folder: Path, *, key: str | None = None) -> Compaction:
    """Rewrite the file of the workspace in ``folder``, which nobody may have open, and return what it weighed and weighs.

    Raises ``UserError``: ``workspace-missing``, ``workspace-no-room`` when the disk cannot hold both, and those of opening.
    """
    path = folder / DATABASE_NAME
    if not path.exists():
        raise UserError("workspace-missing", folder=str(folder))
    beside = folder / REWRITTEN
    connection = connect(folder, key=key, beside=beside)  # which has removed what a killed one had begun
    try:
        connection.execute("CHECKPOINT ws")
        before = path.stat()
        _copy(connection)
        connection.execute("DETACH beside")
        connection.execute("DETACH ws")
    except (duckdb.IOException, duckdb.OutOfMemoryException):
        raise UserError("workspace-no-room", folder=str(folder)) from None
    finally:
        connection.close()
    _replace(beside, path, before)
    return Compaction(before.st_size, path.stat().st_size)


def connect_compacted(folder: Path, key: str | None) -> duckdb.DuckDBPyConnection:
    """Return a connection as ``connect`` does, over a file rewritten first where that is worth waiting for."""
    connection = connect(folder, key=key)
    if not is_worth_compacting(connection):
        return connection
    connection.close()
    try:
        compact(folder, key=key)
    except UserError as refused:
        LOG.warning("not compacted: %s", refused.kind)
    return connect(folder, key=key)


def is_worth_compacting(cursor: duckdb.DuckDBPyConnection) -> bool:
    """Say whether rewriting the attached file would give back enough to be done while somebody waits for the workspace."""
    blocks, free, block = cursor.execute(
        "SELECT total_blocks, free_blocks, block_size FROM pragma_database_size() WHERE database_name = 'ws'"
    ).fetchall()[0]
    given_back = block * (free + (blocks - free) * LARGER_BLOCKS_SHARE * (block > BLOCK_BYTES))
    return bool(given_back >= max(WORTH_BYTES, WORTH_SHARE * block * blocks))


def _copy(connection: duckdb.DuckDBPyConnection) -> None:
    """Copy everything into ``beside`` and see that it arrived."""
    connection.execute("COPY FROM DATABASE ws TO beside")
    connection.execute("CHECKPOINT beside")
    if _content(connection, "ws") != _content(connection, "beside"):
        raise duckdb.IOException("the copy differs")


def _content(connection: duckdb.DuckDBPyConnection, database: str) -> dict[tuple[str, str], int]:
    """Return the rows of each table: (schema, table) → count."""
    names = connection.execute(
        "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = ?", [database]
    ).fetchall()
    counted = {
        (schema, name): connection.execute(f"SELECT count(*) FROM {database}.{schema}.{name}").fetchall()
        for schema, name in names
    }
    return {place: int(rows[0][0]) for place, rows in counted.items()}


def _replace(beside: Path, path: Path, before: os.stat_result) -> None:
    """Put the new file in the old one's place, on disk before the name changes; unless somebody opened the old one just now."""
    with beside.open("rb+") as written:
        os.fsync(written.fileno())
    now, log = path.stat(), path.with_name(f"{path.name}.wal")
    if log.exists() or (now.st_mtime_ns, now.st_size) != (before.st_mtime_ns, before.st_size):
        beside.unlink()
        raise UserError("workspace-busy", folder=str(path.parent))
    os.replace(beside, path)
