"""A question → one SQL text with bound values. Pure: nothing is read, identifiers come only from declarations.

Each set of metrics over the same rows and date becomes one aggregated CTE; the CTEs are stacked and folded on the dimensions, which treats
"no value" as a value of its own where a join on NULL would lose it. The SQL is portable: operands are cast before dividing, every denominator is
nullif'd, nothing is rounded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from salesanalytics.metrics.conditions import period_of, where
from salesanalytics.metrics.constants import constants
from salesanalytics.metrics.dimensions import Dimension, dimension, expression
from salesanalytics.metrics.metric import Aggregate, Asked, Metric
from salesanalytics.metrics.periods import Period
from salesanalytics.metrics.types import Filters
from salesanalytics.metrics.windows import over_cells
from salesanalytics.settings import Settings

__all__ = ["FIGURES", "Compiled", "asked_of", "compile_query", "default_window", "where"]

FIGURES = ("v", "k", "n", "x", "u")
"""Columns a metric fills: value, numerator, n, left out, uncertain; each followed by the metric's place in the question."""


@dataclass(frozen=True)
class Compiled:
    """One SQL, its bound values in order, and the metrics it answers (those that the asked cut does not apply to are absent)."""

    sql: str
    params: tuple[Any, ...]
    answered: tuple[int, ...]


@dataclass(frozen=True)
class _Group:
    source: str
    where: str
    dims: tuple[str, ...]
    params: tuple[Any, ...]


def asked_of(by: Sequence[Dimension], filters: Filters) -> Asked:
    """Return what a source has to know of the question."""
    order = ("day", "week", "month", "quarter")
    times = [cut.grain for cut in by] + [dimension(name).grain for name, _ in filters.where]
    grain = min((grain for grain in times if grain), key=order.index, default=None)
    dims = frozenset({cut.name for cut in by} | {name for name, _ in filters.where})
    return Asked(dims, grain, filters.start, filters.end)


def _aggregate(metric: Metric) -> str:
    measured = f"CASE WHEN {metric.used} THEN {metric.numerator} END"
    if metric.aggregate is Aggregate.MEDIAN:
        return f"CAST(median({measured}) AS DOUBLE)"
    if metric.aggregate is Aggregate.FORMULA:
        return f"CAST({metric.numerator} AS DOUBLE)"
    if metric.aggregate is Aggregate.RATIO:
        below = f"CASE WHEN {metric.used} THEN {metric.denominator} END"
        return f"CAST(sum({measured}) AS DOUBLE) / nullif(CAST(sum({below}) AS DOUBLE), 0)"
    if metric.aggregate is Aggregate.COUNT and metric.distinct:
        return f"CAST(count(DISTINCT CASE WHEN {metric.used} THEN {metric.distinct} END) AS DOUBLE)"
    return f"CAST(sum({measured}) AS DOUBLE)"


def _figures(metric: Metric) -> dict[str, str]:
    counted = f"CASE WHEN {metric.used} THEN 1 END"
    n = (
        f"count(DISTINCT CASE WHEN {metric.used} THEN {metric.distinct} END)"
        if metric.distinct
        else f"count({counted})"
    )
    numerator = f"CASE WHEN {metric.used} THEN {metric.numerator} END"
    return {
        "v": _aggregate(metric),
        "k": f"CAST(sum({numerator}) AS DOUBLE)" if metric.aggregate is Aggregate.RATIO else "CAST(NULL AS DOUBLE)",
        "n": n,
        "x": f"count(*) - count({counted})",
        "u": f"count(CASE WHEN {metric.uncertain} THEN 1 END)" if metric.uncertain else "0",
    }


def _grouped(
    metrics: Sequence[Metric], by: Sequence[Dimension], filters: Filters, as_of: date
) -> dict[_Group, list[int]]:
    groups: dict[_Group, list[int]] = {}
    for place, metric in enumerate(metrics):
        period = period_of(metric, by, filters, as_of)
        cuts = [expression(metric, cut) for cut in by]
        found = where(metric, period)
        if found is None or any(cut is None for cut in cuts):
            continue
        dims = [cut for cut in cuts if cut is not None]
        source, condition, columns = metric.source.build(asked_of(by, period)), found[0], [sql for sql, _ in dims]
        if metric.within:
            source, condition = over_cells(metric, source, columns, condition), "TRUE"
            columns = [f"r.cell{place}" for place in range(len(columns))]
        group = _Group(
            source=source,
            where=condition,
            dims=tuple(columns),
            params=(*(value for _, bound in dims for value in bound), *found[1]),
        )
        groups.setdefault(group, []).append(place)
    return groups


def _group_sql(group: _Group, places: list[int], metrics: Sequence[Metric]) -> str:
    columns = [f"{sql} AS d{i}" for i, sql in enumerate(group.dims)]
    for place in places:
        columns += [f"{sql} AS {figure}{place}" for figure, sql in _figures(metrics[place]).items()]
    grouping = f" GROUP BY {', '.join(str(i + 1) for i in range(len(group.dims)))}" if group.dims else ""
    return f"SELECT {', '.join(columns)} FROM {group.source} AS r WHERE {group.where}{grouping}"


def _stacked(name: str, dims: list[str], own: list[int], places: list[int]) -> str:
    columns = [
        f"{figure}{place}" if place in own else f"CAST(NULL AS DOUBLE) AS {figure}{place}"
        for place in places
        for figure in FIGURES
    ]
    return f"SELECT {', '.join([*dims, *columns])} FROM {name}"


def compile_query(
    metrics: Sequence[Metric], by: Sequence[Dimension], filters: Filters, settings: Settings, as_of: date
) -> Compiled | None:
    """Return the one query that answers ``metrics`` (no ratios of metrics among them), or None where none of them has the asked dimensions.

    Its rows have d0, d1 … (the dimensions; time buckets as their first day) and, for each answered metric i, v, k, n, x and u followed by i.
    """
    groups = _grouped(metrics, by, filters, as_of)
    if not groups:
        return None
    places = sorted(place for own in groups.values() for place in own)
    dims = [f"d{i}" for i in range(len(by))]
    ctes = [f"g{i} AS ({_group_sql(group, own, metrics)})" for i, (group, own) in enumerate(groups.items())]
    stacked = " UNION ALL ".join(_stacked(f"g{i}", dims, own, places) for i, own in enumerate(groups.values()))
    folded = [f"max({figure}{place}) AS {figure}{place}" for place in places for figure in FIGURES]
    grouping = f" GROUP BY {', '.join(dims)}" if dims else ""
    sql = f"WITH {', '.join(ctes)} SELECT {', '.join([*dims, *folded])} FROM ({stacked}) AS stacked{grouping}"
    params = tuple(value for group in groups for value in group.params)
    return Compiled(sql.format(**constants(settings, as_of)), params, tuple(places))


def default_window(metric: Metric, filters: Filters, as_of: date) -> Period | None:
    """Return the days a metric without time cuts is about, where both ends are known."""
    period = period_of(metric, (), filters, as_of)
    return Period(period.start, period.end) if period.start and period.end else None
