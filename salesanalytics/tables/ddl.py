"""The DuckDB column types of a table. Pure text: nothing here talks to a database."""

from __future__ import annotations

from collections.abc import Mapping

from salesanalytics.tables.column import Kind, Table

TYPE_OF_KIND: Mapping[Kind, str] = {
    Kind.ID: "VARCHAR",
    Kind.TEXT: "VARCHAR",
    Kind.STAGE: "VARCHAR",
    Kind.PERIOD: "VARCHAR",
    Kind.DATE: "DATE",
    Kind.TIMESTAMP: "TIMESTAMP",
    Kind.MONEY: "DECIMAL(18,2)",
    Kind.COUNT: "BIGINT",
    Kind.NUMBER: "DOUBLE",
    Kind.SHARE: "DOUBLE",
    Kind.BOOLEAN: "BOOLEAN",
}


def column_types(table: Table) -> dict[str, str]:
    """Return column name → DuckDB type, in template order: text VARCHAR, money DECIMAL(18,2), shares and numbers DOUBLE, counts BIGINT."""
    return {column.name: TYPE_OF_KIND[column.kind] for column in table.columns}
