"""States kept in the workspace's file, so that a start or a look back does not build them again.

A kept state is found by its digest: the SQL that builds it, the stages, and the imports it was built from. Whatever changes any of these makes
another digest, so that nothing has to be invalidated. Of the newest one everything is kept, of earlier ones what stocks are measured by.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import duckdb

from salesanalytics.settings import Settings
from salesanalytics.store.ddl import SCHEMA
from salesanalytics.store.state_build import RELATIONS, made_from

MOST_KEPT = 160
MOST_CUSTOMERS = 3_500_000
"""Weekly exports of three years of a company of 20,000 leads; an earlier state takes about 1 MB there, 5 MB at 100,000 leads."""
ONLY_WHOLE = ("followups", "stage_entries", "stage_reach")
"""What no stock is measured by, and most of what a state weighs: let go once a newer state is kept."""
FEW_ROWS = 500
"""Relations up to this long share one table, a list each: every column of a table of its own takes room in a block of its own."""
TOGETHER = "short_relations"
CATALOGUE = "ws"
_REGISTRY = f"{SCHEMA}.kept_states"


@dataclass(frozen=True)
class Kept:
    """A kept state: ``relations`` name → qualified name, of what is kept of it."""

    number: int
    reconstructed: bool
    rows: int
    relations: Mapping[str, str]

    @property
    def whole(self) -> bool:
        """Whether everything of it is kept."""
        return len(self.relations) == len(RELATIONS)


def schema_of(number: int) -> str:
    """Return the qualified schema of a kept state."""
    return f"{CATALOGUE}.kept_{int(number)}"


def digest_of(cursor: duckdb.DuckDBPyConnection, as_of: date, settings: Settings) -> str:
    """Return the digest of everything the state as of ``as_of`` is made from."""
    parts = (duckdb.__version__, as_of.isoformat(), *made_from(cursor, as_of, settings))
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def find(cursor: duckdb.DuckDBPyConnection, as_of: date, settings: Settings) -> Kept | None:
    """Return the kept state as of ``as_of`` over the data as ``cursor`` sees them, or None."""
    if not _has_registry(cursor):
        return None
    # the date is written out: duckdb imports pandas at the first bound value of a process, a third of a second of a start
    read = f"SELECT number, reconstructed, size, digest FROM {_REGISTRY} WHERE as_of = DATE '{as_of.isoformat()}'"
    candidates = cursor.execute(read).fetchall()
    if not candidates:
        return None
    wanted = digest_of(cursor, as_of, settings)
    for number, reconstructed, size, digest in candidates:
        if digest == wanted:
            return Kept(number, reconstructed, size, _relations(cursor, number))
    return None


def keep(
    cursor: duckdb.DuckDBPyConnection,
    as_of: date,
    settings: Settings,
    source: Mapping[str, str],
    *,
    reconstructed: bool,
    whole: bool,
) -> None:
    """Copy the relations of a built state (``source``: name → qualified name) into the file, within the caller's transaction."""
    cursor.execute(
        f"CREATE TABLE IF NOT EXISTS {_REGISTRY} (number BIGINT, as_of DATE, digest VARCHAR, reconstructed BOOLEAN, size BIGINT)"
    )
    number = cursor.execute(f"SELECT coalesce(max(number), 0) + 1 FROM {_REGISTRY}").fetchall()[0][0]
    # a schema let go may still be there while somebody reads it
    taken = {name for (name,) in cursor.execute(_SCHEMAS).fetchall()}
    while f"kept_{number}" in taken:
        number += 1
    cursor.execute(f"CREATE SCHEMA {schema_of(number)}")
    kept = [name for name in RELATIONS if whole or name not in ONLY_WHOLE]
    short = [name for name in kept if name not in ONLY_WHOLE and _rows(cursor, source[name]) <= FEW_ROWS]
    listed = ", ".join(f"(SELECT list(t) FROM {source[name]} t) AS {name}" for name in short)
    cursor.execute(f"CREATE TABLE {schema_of(number)}.{TOGETHER} AS SELECT {listed}")
    for name in kept:
        if name not in short:
            cursor.execute(f"CREATE TABLE {schema_of(number)}.{name} AS FROM {source[name]}")
    size = f"(SELECT count(*) FROM {source['leads']}) + (SELECT count(*) FROM {source['followups']})"
    # of one date only the newest is of use: the others were made from data or settings of before
    cursor.execute(f"DELETE FROM {_REGISTRY} WHERE as_of = ?", [as_of])
    cursor.execute(
        f"INSERT INTO {_REGISTRY} SELECT ?, ?, ?, ?, {size}",
        [number, as_of, digest_of(cursor, as_of, settings), reconstructed],
    )
    _let_go(cursor)


def _let_go(cursor: duckdb.DuckDBPyConnection) -> None:
    """Keep the newest dates that fit the bounds."""
    cursor.execute(
        f"""DELETE FROM {_REGISTRY} WHERE number NOT IN (
            SELECT number FROM {_REGISTRY} r
            LEFT JOIN duckdb_tables() t ON t.database_name = '{CATALOGUE}' AND t.schema_name = 'kept_' || r.number AND t.table_name = 'leads'
            WINDOW newest_first AS (ORDER BY r.as_of DESC, r.number DESC)
            QUALIFY row_number() OVER newest_first <= {MOST_KEPT}
                AND sum(coalesce(t.estimated_size, 0)) OVER newest_first <= {MOST_CUSTOMERS}
        )"""
    )


def sweep(cursor: duckdb.DuckDBPyConnection, in_use: frozenset[int]) -> None:
    """Drop what is no longer of use and read by nobody: states no longer registered, and the larger part of earlier ones."""
    if not _has_registry(cursor):
        return
    registered = cursor.execute(f"SELECT number FROM {_REGISTRY} ORDER BY as_of DESC").fetchall()
    numbers = [number for (number,) in registered]
    for (name,) in cursor.execute(_SCHEMAS).fetchall():
        number = int(name.removeprefix("kept_"))
        if number in in_use:
            continue
        if number not in numbers:
            cursor.execute(f"DROP SCHEMA {schema_of(number)} CASCADE")
        elif number != numbers[0]:
            for relation in ONLY_WHOLE:
                cursor.execute(f"DROP TABLE IF EXISTS {schema_of(number)}.{relation}")


_SCHEMAS = f"SELECT schema_name FROM duckdb_schemas() WHERE database_name = '{CATALOGUE}' AND schema_name LIKE 'kept_%'"


def _has_registry(cursor: duckdb.DuckDBPyConnection) -> bool:
    found = cursor.execute(
        f"SELECT 1 FROM duckdb_tables() WHERE database_name = '{CATALOGUE}' AND schema_name = 'main' AND table_name = 'kept_states'"
    )
    return bool(found.fetchall())


def _rows(cursor: duckdb.DuckDBPyConnection, relation: str) -> int:
    return int(cursor.execute(f"SELECT count(*) FROM {relation}").fetchall()[0][0])


def _relations(cursor: duckdb.DuckDBPyConnection, number: int) -> dict[str, str]:
    schema = schema_of(number)
    where = f"WHERE database_name = '{CATALOGUE}' AND schema_name = 'kept_{int(number)}'"
    tables = cursor.execute(f"SELECT table_name FROM duckdb_tables() {where}").fetchall()
    short = cursor.execute(f"SELECT column_name FROM duckdb_columns() {where} AND table_name = '{TOGETHER}'").fetchall()
    return {name: f"{schema}.{name}" for (name,) in tables if name != TOGETHER} | {
        name: f"(SELECT unnest({name}, max_depth := 2) FROM {schema}.{TOGETHER})" for (name,) in short
    }
