"""A batch on its way in: its rows staged beside the stored content, each with the identity it has or will get."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import duckdb

from salesanalytics.errors import UserError
from salesanalytics.intake.types import Batch, QuarantinedRow
from salesanalytics.store.ddl import SCHEMA, content_columns, key_expressions
from salesanalytics.store.newest import newest_places_sql
from salesanalytics.tables import BY_NAME, Table

if TYPE_CHECKING:
    import polars as pl

Sheet = tuple[str, str, str]
"""digest, file, sheet"""


@dataclass(frozen=True)
class Staged:
    """A batch staged on one cursor, in its transaction: temporary tables ``typed_<table>``, ``staged_<table>`` and ``staged_scope``."""

    tables: tuple[Table, ...]
    sheets: Mapping[Sheet, int]
    file_names: Mapping[str, str]
    """digest → name of every file that was read, also of one that gave no row"""
    quarantine: tuple[tuple[QuarantinedRow, str | None], ...]
    """held-back rows, each with the customer it is about where that can be told"""

    def held(self, table: str) -> int:
        """Return how many rows of ``table`` are held back."""
        return sum(row.table == table for row, _ in self.quarantine)


def stage(cursor: duckdb.DuckDBPyConnection, batch: Batch, as_of: date) -> Staged:
    """Stage every table of ``batch``. Raises ``UserError("value-too-large")`` for a value no column can hold."""
    tables = tuple(BY_NAME[name] for name, frame in batch.tables.items() if frame.height)
    sheets = _sheets(batch)
    for table in tables:
        _stage_table(cursor, table, batch.tables[table.name], sheets, as_of)
    _stage_scope(cursor, any(table.name == "leads" for table in tables))
    quarantine = tuple((row, _customer(batch, row)) for row in batch.quarantine)
    names = {report.digest: report.file for report in batch.files if report.refused is None}
    names |= {digest: file for digest, file, _ in sheets}
    return Staged(tables, sheets, names, quarantine)


def _sheets(batch: Batch) -> dict[Sheet, int]:
    found: set[Sheet] = {(row.digest, row.file, row.sheet) for row in batch.quarantine}
    for frame in batch.tables.values():
        found.update(frame.select("_digest", "_file", "_sheet").unique().rows())
    return {sheet: number for number, sheet in enumerate(sorted(found), start=1)}


def _stage_table(
    cursor: duckdb.DuckDBPyConnection, table: Table, frame: pl.DataFrame, sheets: Mapping[Sheet, int], as_of: date
) -> None:
    """Make ``typed_<table>`` (content, ``sheet_id``, ``row``, ``place`` in the batch) and ``staged_<table>`` (its identity and outcome by ``place``).

    A row never stored before gets the next free number plus its place: numbers have gaps, but cost neither a sort nor a second pass.
    """
    columns = content_columns(table)
    cursor.register("incoming", _prepared(table, frame, sheets))
    try:
        typed = ", ".join(f"CAST({name} AS {sql_type}) AS {name}" for name, sql_type in columns.items())
        cursor.execute(
            f"CREATE OR REPLACE TEMP TABLE typed_{table.name} AS SELECT {typed}, sheet_id, row, place FROM incoming"
        )
    except (duckdb.ConversionException, duckdb.OutOfRangeException):
        raise UserError("value-too-large", title_zh=table.zh, title_en=table.en) from None
    finally:
        cursor.unregister("incoming")
    same = " AND ".join(f"c.{name} IS NOT DISTINCT FROM t.{name}" for name in columns)
    keys = key_expressions(table, "t", "$as_of")
    same_key = " AND ".join(f"n.k{place} IS NOT DISTINCT FROM {key}" for place, key in enumerate(keys))
    last = cursor.execute(f"SELECT coalesce(max(content_id), 0) FROM {SCHEMA}.{table.name}_content").fetchall()[0][0]
    cursor.execute(
        f"""CREATE OR REPLACE TEMP TABLE staged_{table.name} AS
        SELECT t.place, t.sheet_id, t.row, c.content_id IS NOT NULL AS is_stored, coalesce(c.content_id, {int(last)} + 1 + t.place) AS content_id,
            CASE WHEN n.content_id IS NULL THEN 'new' WHEN n.content_id = c.content_id AND NOT n.is_missing THEN 'unchanged'
                ELSE 'updated' END AS outcome
        FROM typed_{table.name} t
        LEFT JOIN {SCHEMA}.{table.name}_content c ON {same}
        LEFT JOIN ({newest_places_sql(table)}) n ON {same_key}""",
        {"as_of": as_of},
    )


def _prepared(table: Table, frame: pl.DataFrame, sheets: Mapping[Sheet, int]) -> pl.DataFrame:
    """Return the frame with every declared column (null where the file has none), its sheet's number and its place in the batch."""
    import polars as pl

    own: dict[str, pl.Expr | pl.Series] = {
        name: pl.col(name) if name in frame.columns else pl.lit(None) for name in table.names
    }
    if table.allows_custom:
        own["custom"] = canonical_custom(frame["_custom"]) if "_custom" in frame.columns else pl.lit(None)
    origin = pl.DataFrame(
        [(*sheet, number) for sheet, number in sheets.items()],
        schema={"_digest": pl.String, "_file": pl.String, "_sheet": pl.String, "sheet_id": pl.Int32},
        orient="row",
    )
    placed = frame.select("_digest", "_file", "_sheet").join(
        origin, on=["_digest", "_file", "_sheet"], how="left", maintain_order="left"
    )
    return frame.select(
        *(value.alias(name) for name, value in own.items()),
        placed["sheet_id"],
        pl.col("_row").cast(pl.Int32).alias("row"),
        pl.int_range(pl.len()).alias("place"),
    )


def canonical_custom(values: pl.Series) -> pl.Series:
    """Return the JSON objects with sorted names and no empty ones, so that moving a column in a spreadsheet changes no row."""
    import polars as pl

    distinct = [value for value in values.unique().to_list() if value is not None]
    return values.replace_strict(
        distinct, [_canonical(value) for value in distinct], default=None, return_dtype=pl.String
    )


def _canonical(value: str) -> str | None:
    filled = {name: held for name, held in json.loads(value).items() if held is not None}
    return json.dumps(filled, ensure_ascii=False, sort_keys=True) if filled else None


def _stage_scope(cursor: duckdb.DuckDBPyConnection, has_leads: bool) -> None:
    """Make ``staged_scope``: the teams, and the owners, of whom this file speaks. The pool (no team, no owner) is the owner null."""
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE staged_scope (grouped_by VARCHAR, value VARCHAR, file_has_teams BOOLEAN)"
    )
    if has_leads:
        cursor.execute(
            """INSERT INTO staged_scope
            WITH teams AS (SELECT count(team) > 0 AS named FROM typed_leads)
            SELECT DISTINCT 'team', team, true FROM typed_leads WHERE team IS NOT NULL
            UNION ALL
            SELECT DISTINCT 'owner', owner, named FROM typed_leads, teams WHERE owner IS NOT NULL OR team IS NULL"""
        )


def _customer(batch: Batch, row: QuarantinedRow) -> str | None:
    """Return the customer a held-back lead is about: the user's own cell under the header matched to ``customer_id``."""
    if row.table != "leads":
        return None
    for report in batch.files:
        for sheet in report.sheets:
            if (sheet.raw.digest, sheet.raw.sheet) != (row.digest, row.sheet) or sheet.table != "leads":
                continue
            for match in sheet.columns:
                if match.column == "customer_id":
                    return (row.cells.get(match.header) or "").strip() or None
    return None
