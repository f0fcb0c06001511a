"""The database's tables, written from the declarations in ``tables``: a column added there needs no SQL here.

For each template table ``<table>_content`` holds each distinct row once, ``<table>_rows`` says which import saw which content where
(docs/decisions.md 1), and ``<table>_spans`` which imports saw it, told in stretches (``store.spans``). None has an index: the identities are given under the writers' lock, and an index would outweigh the data on disk.
"""

from __future__ import annotations

from salesanalytics.tables import TABLES, Column, Kind, Table
from salesanalytics.tables.ddl import column_types

SCHEMA = "ws.main"
"""The workspace file is attached as ``ws``; the states of a date are built beside it in memory."""

OPEN = 2_147_483_647
"""Where a span ends that the newest import of its stream goes on with."""

_FIXED = (
    "imports (import_id BIGINT NOT NULL, as_of DATE NOT NULL, mode VARCHAR NOT NULL, who VARCHAR NOT NULL, loaded_at TIMESTAMP NOT NULL,"
    " counts VARCHAR NOT NULL, undone_at TIMESTAMP, undone_by VARCHAR)",
    "import_files (import_id BIGINT NOT NULL, sheet_id INTEGER NOT NULL, digest VARCHAR NOT NULL, file VARCHAR NOT NULL, sheet VARCHAR)",
    "import_streams (table_name VARCHAR NOT NULL, import_id BIGINT NOT NULL, stream BIGINT NOT NULL, place INTEGER NOT NULL)",
    "import_scope (import_id BIGINT NOT NULL, grouped_by VARCHAR NOT NULL, value VARCHAR, file_has_teams BOOLEAN NOT NULL)",
    "quarantine (import_id BIGINT NOT NULL, table_name VARCHAR NOT NULL, digest VARCHAR NOT NULL, file VARCHAR NOT NULL, sheet VARCHAR NOT NULL,"
    " row INTEGER NOT NULL, cells VARCHAR NOT NULL, kinds VARCHAR NOT NULL, key_value VARCHAR)",
    "corrections (import_id BIGINT NOT NULL, digest VARCHAR NOT NULL, sheet VARCHAR NOT NULL, row INTEGER NOT NULL, column_header VARCHAR,"
    " old VARCHAR, new VARCHAR, action VARCHAR NOT NULL, who VARCHAR NOT NULL, corrected_at TIMESTAMP NOT NULL, reason VARCHAR NOT NULL)",
    "documents (name VARCHAR NOT NULL, body VARCHAR NOT NULL, saved_by VARCHAR NOT NULL, saved_at TIMESTAMP NOT NULL)",
    "audit (happened_at TIMESTAMP NOT NULL, who VARCHAR NOT NULL, action VARCHAR NOT NULL, detail VARCHAR NOT NULL)",
    "remembered_columns (signature VARCHAR NOT NULL, columns VARCHAR NOT NULL, saved_by VARCHAR NOT NULL, saved_at TIMESTAMP NOT NULL)",
    "uploads (digest VARCHAR NOT NULL, size BIGINT NOT NULL, kept_at TIMESTAMP NOT NULL, content BLOB)",
    "data_version (version BIGINT NOT NULL)",
    "import_issues (import_id BIGINT NOT NULL, issues VARCHAR NOT NULL)",
    "issue_places (import_id BIGINT NOT NULL, kind VARCHAR NOT NULL, severity VARCHAR NOT NULL, file VARCHAR NOT NULL, sheet VARCHAR, row INTEGER,"
    " column_header VARCHAR, field VARCHAR, table_name VARCHAR, found VARCHAR, expected VARCHAR, suggestion VARCHAR)",
    "sample_rows (week VARCHAR NOT NULL, audience VARCHAR NOT NULL, place INTEGER NOT NULL, customer_id VARCHAR NOT NULL, customer_name VARCHAR,"
    " owner VARCHAR, stage VARCHAR NOT NULL, shown VARCHAR NOT NULL, file VARCHAR NOT NULL, sheet VARCHAR NOT NULL, row INTEGER NOT NULL)",
    "sample_marks (week VARCHAR NOT NULL, audience VARCHAR NOT NULL, customer_id VARCHAR NOT NULL, verdict VARCHAR NOT NULL, note VARCHAR NOT NULL,"
    " who VARCHAR NOT NULL, marked_at TIMESTAMP NOT NULL)",
    "settings_history (version BIGINT NOT NULL, body VARCHAR NOT NULL, who VARCHAR NOT NULL, saved_at TIMESTAMP NOT NULL, restores BIGINT)",
)


def content_columns(table: Table) -> dict[str, str]:
    """Return the columns of ``<table>_content`` that make its content, name → SQL type, in template order."""
    columns = column_types(table)
    if table.allows_custom:
        columns["custom"] = "VARCHAR"
    return columns


def falls_back_to_as_of(table: Table, column: Column) -> bool:
    """Say whether an empty cell of this key column stands for the import's as-of date (the period of conversion and funnel)."""
    return column.name in table.key and column.kind is Kind.PERIOD and not column.required


def key_expressions(table: Table, content: str, as_of: str) -> list[str]:
    """Return the SQL of each key part, given the alias of the content and the SQL of the import's as-of date."""
    return [
        f"coalesce({content}.{name}, strftime({as_of}, '%Y-%m-%d'))"
        if falls_back_to_as_of(table, table.column(name))
        else f"{content}.{name}"
        for name in table.key
    ]


def create_statements() -> list[str]:
    """Return the statements that make an empty workspace; each leaves an existing table alone."""
    statements = [f"CREATE TABLE IF NOT EXISTS {SCHEMA}.{fixed}" for fixed in _FIXED]
    for table in TABLES:
        typed = ", ".join(f"{name} {sql_type}" for name, sql_type in content_columns(table).items())
        statements.append(
            f"CREATE TABLE IF NOT EXISTS {SCHEMA}.{table.name}_content (content_id BIGINT NOT NULL, {typed})"
        )
        statements.append(
            f"CREATE TABLE IF NOT EXISTS {SCHEMA}.{table.name}_rows"
            " (import_id BIGINT NOT NULL, content_id BIGINT NOT NULL, sheet_id INTEGER NOT NULL, row INTEGER NOT NULL)"
        )
        statements.append(
            f"CREATE TABLE IF NOT EXISTS {SCHEMA}.{table.name}_spans"
            " (content_id BIGINT NOT NULL, stream BIGINT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL)"
        )
    return statements
