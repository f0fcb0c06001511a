"""The very rows behind a number, each with the file, sheet and row it came from."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from salesanalytics.access import View
from salesanalytics.metrics.asking import check_filters, metrics_named
from salesanalytics.metrics.compile import asked_of
from salesanalytics.metrics.conditions import where
from salesanalytics.metrics.constants import constants
from salesanalytics.metrics.parts import Part, parts_of
from salesanalytics.metrics.row_query import row_query
from salesanalytics.metrics.types import Filters
from salesanalytics.settings import Settings

_LARGEST_FIRST = 'amount DESC NULLS LAST, customer_id, label, stage, "on", file, sheet, "row"'
_SUMMED = ("count", "amount", "missing", "hits", "counted")
_TOTALS = """SELECT file, sheet, count(*) AS count, coalesce(sum(CAST(amount AS DOUBLE)), 0) AS amount,
    count(*) FILTER (WHERE amount IS NULL) AS missing, count(*) FILTER (WHERE hit) AS hits, count(*) FILTER (WHERE counted) AS counted
    FROM ({behind}) AS behind GROUP BY file, sheet ORDER BY count DESC, file, sheet"""
_READING_ORDER = f"hit DESC NULLS LAST, customer_id IS NOT NULL, {_LARGEST_FIRST}"
"""Of a share, those in the numerator first; lines that are nobody's (a cost, a target) before the customers they are set against."""


def rows_behind(view: View, metric: str, filters: Filters, settings: Settings) -> list[dict[str, Any]]:
    """Return the rows a metric is made of, part by part (``metrics.parts``: of a ratio those above the line, then those below), the largest amount first.

    Each has the columns of ``metrics.row_query`` (amounts in currency units, ``counted`` False: belongs but could not be counted, for the ``reason``; ``hit``: of a
    share, in the numerator; else None), and ``side`` and ``metric``: which part. Raises UserError as ``ask`` does.
    """
    asked = metrics_named([metric], settings)[0]
    check_filters(view, filters)
    return [
        row for part in parts_of(asked, settings) for row in part_rows(view, part, filters, settings, _LARGEST_FIRST)
    ]


@dataclass(frozen=True)
class RowTotals:
    """What the rows behind a number come to. ``amount`` is the sum of those that have one, ``missing`` the number of the others; ``hits`` and ``counted``
    as in ``rows_behind``; ``sheets``: the files and sheets they came from, those of most rows first.
    """

    count: int
    amount: float
    missing: int
    hits: int
    counted: int
    sheets: tuple[tuple[str, str], ...]


def first_rows_behind(
    view: View, metric: str, filters: Filters, settings: Settings, most: int
) -> tuple[list[dict[str, Any]], RowTotals]:
    """Return the first ``most`` of ``rows_behind``, and what all of them come to, without reading all: of a large company they are many thousands."""
    asked = metrics_named([metric], settings)[0]
    check_filters(view, filters)
    rows = list[dict[str, Any]]()
    sums, sheets = Counter[str](), Counter[tuple[str, str]]()
    for part in parts_of(asked, settings):
        query = row_query(part.metric, filters, settings, view.as_of)
        if query is None:
            continue
        rows += part_rows(view, part, filters, settings, _LARGEST_FIRST, limit=most - len(rows))
        for one in view.fetch(_TOTALS.format(behind=query[0]), query[1]):
            sheets[one.pop("file"), one.pop("sheet")] += one["count"]
            sums.update(one)
    return rows, RowTotals(
        **{name: sums[name] for name in _SUMMED}, sheets=tuple(name for name, _ in sheets.most_common())
    )


def part_rows(
    view: View,
    part: Part,
    filters: Filters,
    settings: Settings,
    order: str = _READING_ORDER,
    *,
    counted: bool | None = None,
    offset: int = 0,
    limit: int | None = None,
) -> list[dict[str, Any]]:
    """Return the rows of one part: all, or only those counted or left out; ``limit`` of them from ``offset`` on."""
    query = row_query(part.metric, filters, settings, view.as_of)
    if query is None:
        return []
    chosen = "" if counted is None else f" WHERE {'' if counted else 'NOT '}counted"
    page = "" if limit is None else f" LIMIT {limit:d} OFFSET {offset:d}"
    rows = view.fetch(f"SELECT * FROM ({query[0]}) AS behind{chosen} ORDER BY {order}{page}", query[1])
    return [{"side": part.side, "metric": part.metric.name, **row} for row in rows]


def left_out_reasons(view: View, part: Part, filters: Filters, settings: Settings) -> tuple[int, dict[str, int]]:
    """Return how many rows of a part are counted, and how many are left out for each reason, the commonest first."""
    query = row_query(part.metric, filters, settings, view.as_of)
    if query is None:
        return 0, {}
    sql = f"SELECT counted, reason, count(*) AS n FROM ({query[0]}) AS behind GROUP BY 1, 2 ORDER BY n DESC, reason"
    found = view.fetch(sql, query[1])
    counted = sum(row["n"] for row in found if row["counted"])
    return counted, {row["reason"]: row["n"] for row in found if not row["counted"]}


def undated(view: View, metric: str, filters: Filters, settings: Settings) -> int:
    """Return how many rows of a metric carry no date, so that every period leaves them out: the number to show beside a period."""
    asked = metrics_named([metric], settings)[0]
    check_filters(view, filters)
    if asked.date is None or asked.ratio_of:
        return 0
    found = where(asked, Filters(filters.where), undated=True)
    if found is None:
        return 0
    sql = f"SELECT count(*) AS n FROM {asked.source.build(asked_of((), filters))} AS r WHERE {found[0]}"
    return int(view.fetch(sql.format(**constants(settings, view.as_of)), found[1])[0]["n"])
