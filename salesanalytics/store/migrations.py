"""Bring a workspace's tables up to this program: ordered steps for what changes shape, added columns by themselves."""

from __future__ import annotations

from collections.abc import Callable

import duckdb

from salesanalytics.errors import UserError
from salesanalytics.store.ddl import SCHEMA, content_columns, create_statements
from salesanalytics.store.spans import spans_of_rows
from salesanalytics.tables import TABLES

Step = Callable[[duckdb.DuckDBPyConnection], None]


def _first_tables(cursor: duckdb.DuckDBPyConnection) -> None:
    for statement in create_statements():
        cursor.execute(statement)
    cursor.execute(f"INSERT INTO {SCHEMA}.data_version VALUES (0)")


def _quality_tables(cursor: duckdb.DuckDBPyConnection) -> None:
    """Issue counts of imports and the weekly sample: tables of their own, so that older ones are left as they are."""
    for statement in create_statements():
        cursor.execute(statement)


def _settings_versions(cursor: duckdb.DuckDBPyConnection) -> None:
    """Settings become versions: the document kept so far is the first one."""
    for statement in create_statements():
        cursor.execute(statement)
    cursor.execute(
        f"""INSERT INTO {SCHEMA}.settings_history
        SELECT 1, body, saved_by, saved_at, NULL FROM {SCHEMA}.documents WHERE name = 'settings'"""
    )
    cursor.execute(f"DELETE FROM {SCHEMA}.documents WHERE name = 'settings'")


def _issue_places(cursor: duckdb.DuckDBPyConnection) -> None:
    """Each issue with its place: imports from before have their counts alone."""
    for statement in create_statements():
        cursor.execute(statement)


def _spans(cursor: duckdb.DuckDBPyConnection) -> None:
    """Which imports saw which content, told in stretches."""
    for statement in create_statements():
        cursor.execute(statement)
    spans_of_rows(cursor)


STEPS: tuple[Step, ...] = (_first_tables, _quality_tables, _settings_versions, _issue_places, _spans)
"""Step n takes a workspace of schema n to n + 1. Never edit one that was released: append."""


def schema_version(cursor: duckdb.DuckDBPyConnection) -> int:
    """Return the schema of the attached workspace; 0 when it is empty."""
    known = cursor.execute(
        "SELECT count(*) FROM duckdb_tables() WHERE database_name = 'ws' AND table_name = 'schema_version'"
    ).fetchall()
    if not known[0][0]:
        return 0
    return int(cursor.execute(f"SELECT version FROM {SCHEMA}.schema_version").fetchall()[0][0])


def migrate(cursor: duckdb.DuckDBPyConnection) -> None:
    """Run the missing steps and add the newly declared columns, all in one transaction.

    Raises ``UserError("workspace-newer")`` when the workspace was written by a later version of the program.
    """
    found = schema_version(cursor)
    if found > len(STEPS):
        raise UserError("workspace-newer")
    additions = _missing_columns(cursor) if found else []
    if found == len(STEPS) and not additions:
        return
    cursor.begin()
    try:
        for step in STEPS[found:]:
            step(cursor)
        for table_name, column, sql_type in additions:
            cursor.execute(f"ALTER TABLE {SCHEMA}.{table_name} ADD COLUMN {column} {sql_type}")
        cursor.execute(f"CREATE OR REPLACE TABLE {SCHEMA}.schema_version AS SELECT {len(STEPS)}::BIGINT AS version")
        cursor.commit()
    except BaseException:
        cursor.rollback()
        raise


def _missing_columns(cursor: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str]]:
    """Return (table, column, type) of what is declared but not in the file. A column no longer declared stays, unused."""
    rows = cursor.execute(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE database_name = 'ws' AND table_name LIKE '%_content'"
    ).fetchall()
    present: dict[str, set[str]] = {}
    for table_name, column in rows:
        present.setdefault(table_name, set()).add(column)
    return [
        (f"{table.name}_content", name, sql_type)
        for table in TABLES
        for name, sql_type in content_columns(table).items()
        if f"{table.name}_content" in present and name not in present[f"{table.name}_content"]
    ]
