"""Which rows of a metric a question is about: its period and its filters as SQL conditions with bound values."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from salesanalytics.metrics.dimensions import Dimension, dimension, expression
from salesanalytics.metrics.metric import Metric
from salesanalytics.metrics.periods import named, parse_label
from salesanalytics.metrics.types import Filters

Fragment = tuple[str, list[Any]]
"""SQL, and the values bound in it in the order of the text."""


def period_of(metric: Metric, by: Sequence[Dimension], filters: Filters, as_of: date) -> Filters:
    """Return the filters with the period that counts for this metric: none for a stock, its default one where nothing about time was asked."""
    if metric.stock:
        return Filters(tuple(pair for pair in filters.where if not dimension(pair[0]).time))
    timed = any(cut.time for cut in by) or any(dimension(name).time for name, _ in filters.where)
    if metric.default_period and filters.start is None and filters.end is None and not timed:
        period = named(metric.default_period, as_of)
        if period is not None:
            return Filters(filters.where, period.start, period.end)
    return filters


def _time_condition(metric: Metric, labels: Sequence[str]) -> Fragment | None:
    if metric.date is None:
        return None
    periods = [found[0] for name in labels if name and (found := parse_label(name))]
    parts = [f"{metric.date} BETWEEN ? AND ?" for _ in periods] + [
        f"{metric.date} IS NULL" for name in labels if not name
    ]
    return " OR ".join(parts) or "FALSE", [day for period in periods for day in (period.start, period.end)]


def _value_condition(sql: str, bound: list[str], values: Sequence[str]) -> Fragment:
    wanted = [value for value in values if value]
    parts, params = [], list[Any]()
    if wanted:
        parts.append(f"{sql} IN ({', '.join('?' for _ in wanted)})")
        params += [*bound, *wanted]
    if len(wanted) < len(values):
        parts.append(f"{sql} IS NULL")
        params += bound
    return " OR ".join(parts) or "FALSE", params


def _condition(metric: Metric, name: str, values: Sequence[str]) -> Fragment | None:
    cut = dimension(name)
    if cut.time:
        return _time_condition(metric, values)
    found = expression(metric, cut)
    return _value_condition(*found, values) if found else None


def _period(metric: Metric, filters: Filters) -> Fragment:
    parts, params = [], list[Any]()
    for sign, day in ((">=", filters.start), ("<=", filters.end)):
        if day is not None and metric.date is not None:
            parts.append(f"{metric.date} {sign} ?")
            params.append(day)
    return " AND ".join(parts), params


def where(metric: Metric, filters: Filters, *, undated: bool = False) -> Fragment | None:
    """Return the condition on the metric's rows; None where it has not got a dimension that is filtered by.

    ``undated``: those a period leaves out because they carry no date, instead of those it holds.
    """
    conditions: list[Fragment] = [(metric.belongs, [])]
    for name, values in filters.where:
        found = _condition(metric, name, values)
        if found is None:
            return None
        conditions.append(found)
    conditions.append((f"{metric.date} IS NULL", []) if undated else _period(metric, filters))
    kept = [condition for condition in conditions if condition[0]]
    return " AND ".join(f"({sql})" for sql, _ in kept), [value for _, bound in kept for value in bound]
