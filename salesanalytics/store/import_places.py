"""What an import was made of, place by place: each issue it was loaded with, and each row it read, with file, sheet and Excel row."""

from __future__ import annotations

from typing import Any

import duckdb

from salesanalytics.intake.types import Batch, Issue
from salesanalytics.store.ddl import SCHEMA
from salesanalytics.tables import TABLES

LONGEST = 200
"""Characters kept of a cell an issue is about: it stands in the user's file in full."""
_FIELDS = ("kind", "severity", "file", "sheet", "row", "column", "field", "table", "found", "expected", "suggestion")
_COLUMNS = "kind, severity, file, sheet, row, column_header, field, table_name, found, expected, suggestion"


def write_issues(cursor: duckdb.DuckDBPyConnection, batch: Batch, import_id: int) -> None:
    """Keep what was found in ``batch``, after corrections, with the import it became."""
    import polars as pl

    if not batch.issues:
        return
    lines = [
        tuple(value[:LONGEST] if isinstance(value := getattr(issue, name), str) else value for name in _FIELDS)
        for issue in batch.issues
    ]
    schema = {name: pl.Int64 if name == "row" else pl.String for name in _FIELDS}
    cursor.register("found_issues", pl.DataFrame(lines, schema=schema, orient="row"))
    cursor.execute(f"INSERT INTO {SCHEMA}.issue_places SELECT {import_id}, * FROM found_issues")
    cursor.unregister("found_issues")


def read_issues(cursor: duckdb.DuckDBPyConnection, import_id: int, kinds: tuple[str, ...]) -> list[Issue]:
    """Return the issues of an import, those of ``kinds`` if any are named, in the order of the file; none where they were not kept yet."""
    rows = cursor.execute(
        f"""SELECT {_COLUMNS} FROM {SCHEMA}.issue_places WHERE import_id = ? AND (len(?::VARCHAR[]) = 0 OR list_contains(?::VARCHAR[], kind))
        ORDER BY file, sheet, row NULLS FIRST, kind""",
        [import_id, list(kinds), list(kinds)],
    ).fetchall()
    return [Issue(**dict(zip(_FIELDS, row, strict=True))) for row in rows]


def read_places(cursor: duckdb.DuckDBPyConnection, import_id: int) -> list[dict[str, Any]]:
    """Return the rows an import read into tables. Keys: table, key (its key's parts), file, sheet, row."""
    found: list[dict[str, Any]] = []
    for table in TABLES:
        key = ", ".join(f"CAST(c.{name} AS VARCHAR)" for name in table.key)
        rows = cursor.execute(
            f"""SELECT concat_ws(' · ', {key}), f.file, f.sheet, r.row FROM {SCHEMA}.{table.name}_rows AS r
            JOIN {SCHEMA}.{table.name}_content AS c USING (content_id)
            JOIN {SCHEMA}.import_files AS f ON f.import_id = r.import_id AND f.sheet_id = r.sheet_id
            WHERE r.import_id = ? ORDER BY f.file, f.sheet, r.row""",
            [import_id],
        ).fetchall()
        found += [
            {"table": table.name, "key": key_of, "file": file, "sheet": sheet, "row": row}
            for key_of, file, sheet, row in rows
        ]
    return found
