"""Findings of the checks → Issues: places in a frame become file, sheet, Excel row and the user's own header."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from salesanalytics.intake.issues import severity_of
from salesanalytics.intake.types import Issue
from salesanalytics.intake.typing_sheet import TypedSheet
from salesanalytics.settings import Settings

Headers = Mapping[tuple[str, str], Mapping[str, str]]
"""(file, sheet) → our column → the user's header."""
FINDING = {"index": pl.Int64, "kind": pl.String, "field": pl.String, "found": pl.String, "expected": pl.String}
Cell = tuple[str, str, int | None, str | None]


def headers_of(sheets: Sequence[TypedSheet]) -> Headers:
    """Return the user's header of every matched column, a sheet."""
    headers: dict[tuple[str, str], dict[str, str]] = {}
    for sheet in sheets:
        place = (sheet.matched.raw.file, sheet.matched.raw.sheet)
        headers.setdefault(place, {}).update({m.column: m.header for m in sheet.matched.columns if m.column})
    return headers


def finding(
    frame: pl.DataFrame, where: pl.Expr, kind: str, field: str, found: pl.Expr | None, expected: pl.Expr | None = None
) -> pl.DataFrame:
    """Return a finding of ``kind`` about ``field`` for each row of ``frame`` where ``where`` is true (null is not)."""
    nothing = pl.lit(None, dtype=pl.String)
    # Everything is computed before filtering: the expressions may look at other rows.
    return (
        frame.select(
            pl.int_range(pl.len(), dtype=pl.Int64).alias("index"),
            pl.lit(kind).alias("kind"),
            pl.lit(field).alias("field"),
            (nothing if found is None else found.cast(pl.String)).alias("found"),
            (nothing if expected is None else expected.cast(pl.String)).alias("expected"),
            where.fill_null(value=False).alias("_where"),
        )
        .filter("_where")
        .drop("_where")
    )


def to_issues(
    table: str, frame: pl.DataFrame, findings: pl.DataFrame, headers: Headers, settings: Settings, told: frozenset[Cell]
) -> list[Issue]:
    """Turn findings into issues, leaving out those about cells in ``told``: typing has already reported them."""
    if findings.is_empty():
        return []
    placed = findings.join(
        frame.select("_file", "_sheet", "_row").with_row_index("index").with_columns(pl.col("index").cast(pl.Int64)),
        on="index",
        how="left",
        maintain_order="left",
    )
    issues = []
    for kind, field, found, expected, file, sheet, row in placed.select(
        "kind", "field", "found", "expected", "_file", "_sheet", "_row"
    ).iter_rows():
        if (file, sheet, row, field) in told:
            continue
        header = headers.get((file, sheet), {}).get(field)
        severity = severity_of(kind, settings)
        issues.append(Issue(kind, severity, file, sheet, row, header, field, table, found, expected))
    return issues
