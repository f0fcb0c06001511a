"""A value beside what was known of it on an earlier date: which date a comparison means, and the change between two answers."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from salesanalytics.metrics.types import MetricResult, Unit

LAST, WEEK, MONTH = "last", "week", "month"
NAMED = (LAST, WEEK, MONTH)
"""The dates one can ask for by name: the import before, a week before, a month before the as-of date; any other by its day (2026-10-30)."""


def a_month_before(day: date) -> date:
    """Return the same day of the month before, its last day where that month is shorter."""
    year, month = (day.year, day.month - 1) if day.month > 1 else (day.year - 1, 12)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def compared_on(asked: str, as_of: date, import_dates: Iterable[date]) -> date | None:
    """Return the date ``asked`` means for an as-of date; None where it names none, or none before ``as_of``.

    A week and a month before mean what was looked at then: the newest import up to that day. Before the first import they are the days themselves.
    """
    dates = sorted(import_dates)
    if asked == LAST:
        return max((day for day in dates if day < as_of), default=None)
    if asked in (WEEK, MONTH):
        day = as_of - timedelta(days=7) if asked == WEEK else a_month_before(as_of)
        return max((known for known in dates if known <= day), default=day)
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        return None
    return day if day < as_of else None


@dataclass(frozen=True)
class Then:
    """What a number was on the date compared with. ``value`` in its unit (None = no value), ``n`` its denominator or the rows used, ``k`` a share's numerator."""

    value: float | None
    n: int = 0
    k: float | None = None


def change(unit: Unit, now: float | None, then: float | None) -> float | None:
    """Return how ``now`` differs from ``then``: relative for amounts, counts and numbers, absolute for shares (0-1) and days; None where it cannot be told."""
    if now is None or then is None:
        return None
    if is_relative(unit):
        return (now - then) / abs(then) if then else 0.0 if now == then else None
    return now - then


def is_relative(unit: Unit) -> bool:
    """Whether changes of this unit are told in percent rather than in points or days."""
    return unit in (Unit.MONEY, Unit.COUNT, Unit.NUMBER)


def then_of(result: MetricResult, metric: str) -> dict[tuple[str | None, ...], Then]:
    """Return a metric's values of an answer by the values of its dimensions, in the order of the question."""
    by = result.query.by
    return {
        tuple(row.dims[name] for name in by): Then(row.values[metric], row.n[metric], row.k.get(metric))
        for row in result.rows
    }
