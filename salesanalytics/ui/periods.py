"""The periods the filter bar offers, as days; and the like-for-like period before one."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

Span = tuple[date | None, date | None]


class Period(StrEnum):
    """A period seen from the as-of date; the value is what the URL carries."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    LAST_90_DAYS = "90d"
    ALL = "all"
    CUSTOM = "custom"


DEFAULT_PERIOD = Period.QUARTER


def quarter_of(day: date) -> int:
    """Return the quarter of the year, 1-4."""
    return (day.month - 1) // 3 + 1


def quarter_start(day: date) -> date:
    """Return the first day of the quarter ``day`` lies in."""
    return date(day.year, 3 * (quarter_of(day) - 1) + 1, 1)


def quarter_end(day: date) -> date:
    """Return the last day of the quarter ``day`` lies in."""
    start = quarter_start(day)
    following = date(start.year + start.month // 10, (start.month + 2) % 12 + 1, 1)
    return following - timedelta(days=1)


def span(period: Period, as_of: date, start: date | None = None, end: date | None = None) -> Span:
    """Return the first and last day of ``period`` up to ``as_of``, both included; None = unbounded."""
    match period:
        case Period.WEEK:
            return as_of - timedelta(days=as_of.weekday()), as_of
        case Period.MONTH:
            return as_of.replace(day=1), as_of
        case Period.QUARTER:
            return quarter_start(as_of), as_of
        case Period.YEAR:
            return date(as_of.year, 1, 1), as_of
        case Period.LAST_90_DAYS:
            return as_of - timedelta(days=89), as_of
        case Period.ALL:
            return None, None
        case Period.CUSTOM:
            return start, end


def previous_span(period: Period, first: date | None, last: date | None) -> Span:
    """Return the like-for-like period before: the same number of elapsed days from the start of the period before; (None, None) for all time."""
    if first is None or last is None:
        return None, None
    elapsed = last - first
    match period:
        case Period.WEEK:
            before = first - timedelta(days=7)
        case Period.MONTH:
            before = (first - timedelta(days=1)).replace(day=1)
        case Period.QUARTER:
            before = quarter_start(first - timedelta(days=1))
        case Period.YEAR:
            before = date(first.year - 1, 1, 1)
        case _:
            before = first - elapsed - timedelta(days=1)
    # A shorter month or quarter before must not run into the present one.
    return before, min(before + elapsed, first - timedelta(days=1))
