"""Column rules as pandera schemas generated from the declared tables, run on typed frames. What they find comes back as data."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import polars as pl

from salesanalytics.intake.typing_sheet import DTYPES
from salesanalytics.tables import BY_NAME, Column, Kind

if TYPE_CHECKING:
    import pandera.polars as pa

# pandera is imported where it is used: it brings pandas along, the most of what the program would need to start, and only checking needs it

FIRST_PLAUSIBLE, LAST_PLAUSIBLE = date(1990, 1, 1), date(2100, 12, 31)
FOUND = {"index": pl.Int64, "kind": pl.String, "field": pl.String, "found": pl.String, "expected": pl.String}
"""The schema every check answers in: ``index`` is the row's place in the frame."""


def no_findings() -> pl.DataFrame:
    """Return an empty frame of findings."""
    return pl.DataFrame(schema={**FOUND, "suggestion": pl.String})


def check_columns(table: str, frame: pl.DataFrame, present: frozenset[str]) -> pl.DataFrame:
    """Check each present column of a typed frame by itself: emptiness, plausible size and range.

    Returns findings (``index, kind, field, found, expected, suggestion``). ``present``: columns the files have at all.
    """
    from pandera.errors import SchemaErrors

    schema = _schema(table, present & frozenset(BY_NAME[table].names))
    try:
        schema.validate(frame.select(schema.columns.keys()), lazy=True)
    except SchemaErrors as errors:
        return _findings(table, errors.failure_cases, frame)
    return no_findings()


@cache
def _schema(table: str, present: frozenset[str]) -> pa.DataFrameSchema:
    import pandera.polars as pa

    columns = {
        column.name: pa.Column(
            DTYPES[column.kind], checks=_checks(column), nullable=not (column.required or column.expected)
        )
        for column in BY_NAME[table].columns
        if column.name in present
    }
    return pa.DataFrameSchema(columns, ordered=False)


def _checks(column: Column) -> list[pa.Check]:
    if column.kind is Kind.MONEY:
        return [_named("negative-amount", lambda value: value >= 0)]
    if column.kind in (Kind.COUNT, Kind.NUMBER):
        return [_named("negative-number", lambda value: value >= 0)]
    if column.kind is Kind.SHARE and column.name != "change_share":
        most = (
            10.0 if column.name == "attainment_share" else 1.0
        )  # more than the target may be reached, but not tenfold
        return [_named("share-out-of-range", lambda value: value.is_between(0, most))]
    if column.kind is Kind.DATE:
        return [_named("implausible-date", lambda value: value.is_between(FIRST_PLAUSIBLE, LAST_PLAUSIBLE))]
    if column.kind is Kind.TIMESTAMP:
        return [_named("implausible-date", lambda value: value.dt.date().is_between(FIRST_PLAUSIBLE, LAST_PLAUSIBLE))]
    return []


def _named(kind: str, holds: Callable[[pl.Expr], pl.Expr]) -> pa.Check:
    import pandera.polars as pa

    def check(data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(holds(pl.col(data.key)))

    return pa.Check(check, name=kind)


def _findings(table: str, cases: pl.DataFrame, frame: pl.DataFrame) -> pl.DataFrame:
    empty = {column.name: _when_empty(column, BY_NAME[table].key) for column in BY_NAME[table].columns}
    kind = (
        pl.when(pl.col("check") == "not_nullable")
        .then(pl.col("column").replace_strict(empty, default=None, return_dtype=pl.String))
        .otherwise(pl.col("check"))
    )
    return cases.select(
        pl.col("index").cast(pl.Int64),
        kind.alias("kind"),
        pl.col("column").alias("field"),
        pl.when(pl.col("check") != "not_nullable").then(pl.col("failure_case").cast(pl.String)).alias("found"),
        pl.lit(None, dtype=pl.String).alias("expected"),
        pl.lit(None, dtype=pl.String).alias("suggestion"),
    )


def _when_empty(column: Column, key: tuple[str, ...]) -> str:
    if column.required and column.name in key:
        return "empty-key"
    if column.kind is Kind.STAGE and column.required:
        return "empty-stage"
    return "missing-required-cell" if column.required else "missing-expected-cell"
