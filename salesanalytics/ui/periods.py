"""The periods the filter bar offers, as days, and the whole bucket a target is set for."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from salesanalytics.metrics.periods import Period as Days
from salesanalytics.metrics.periods import bucket

Span = tuple[date | None, date | None]


class Period(StrEnum):
    """A period seen from the as-of date; the value is what the URL carries, and a bucket's grain where it is one."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    LAST_90_DAYS = "90d"
    ALL = "all"
    CUSTOM = "custom"


DEFAULT_PERIOD = Period.QUARTER
BUCKETS = (Period.WEEK, Period.MONTH, Period.QUARTER, Period.YEAR)


def quarter_of(day: date) -> int:
    """Return the quarter of the year, 1-4."""
    return (day.month - 1) // 3 + 1


def span(period: Period, as_of: date, start: date | None = None, end: date | None = None) -> Span:
    """Return the first and last day of ``period`` up to ``as_of``, both included; None = unbounded."""
    if period in BUCKETS:
        return bucket(as_of, period.value).start, as_of
    if period is Period.LAST_90_DAYS:
        return as_of - timedelta(days=89), as_of
    return (start, end) if period is Period.CUSTOM else (None, None)


def target_bucket(period: Period, as_of: date) -> tuple[Period, Days]:
    """Return the bucket whose target is looked at: the chosen week, month, quarter or year; else the quarter. Whole, future days included."""
    grain = period if period in BUCKETS else Period.QUARTER
    return grain, bucket(as_of, grain.value)
