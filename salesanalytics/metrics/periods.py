"""Periods: the named ones as of a date, the buckets of a time dimension, and the window a period is compared with, like for like."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from salesanalytics.metrics.types import Filters

Grain = Literal["day", "week", "month", "quarter", "year"]
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """Days from ``start`` to ``end``, both included."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """Calendar days in it."""
        return (self.end - self.start).days + 1

    def elapsed_share(self, as_of: date) -> float:
        """Return the share (0-1) of its days that have gone by at the end of ``as_of``."""
        gone = (min(as_of, self.end) - self.start).days + 1
        return max(0, gone) / self.days

    def to_date(self, as_of: date) -> Period:
        """Return the part up to ``as_of``; the whole if that is later, at least the first day."""
        return Period(self.start, max(self.start, min(self.end, as_of)))


def _month_start(year: int, month: int) -> date:
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def bucket(day: date, grain: str) -> Period:
    """Return the day, ISO week, month, quarter or year that holds ``day``."""
    if grain == "day":
        return Period(day, day)
    if grain == "week":
        monday = day - timedelta(days=day.weekday())
        return Period(monday, monday + timedelta(days=6))
    length = {"month": 1, "quarter": 3, "year": 12}[grain]
    first = (day.month - 1) // length * length + 1
    return Period(date(day.year, first, 1), _month_start(day.year, first + length) - _DAY)


def buckets(period: Period, grain: str) -> Iterator[Period]:
    """Yield every bucket that holds a day of ``period``, in order; the first and last may reach beyond it."""
    current = bucket(period.start, grain)
    while current.start <= period.end:
        yield current
        current = bucket(current.end + _DAY, grain)


def is_partial(whole: Period, as_of: date, start: date | None = None, end: date | None = None) -> bool:
    """Say whether a bucket is cut off, by the as-of date or by the asked period: then it must not be compared as whole."""
    return whole.end > as_of or (start is not None and whole.start < start) or (end is not None and whole.end > end)


def label(day: date, grain: str) -> str:
    """Return a bucket's name from any of its days: 2026-11-08, 2026-W45, 2026-11, 2026Q4, 2026."""
    if grain == "week":
        year, week, _ = day.isocalendar()
        return f"{year}-W{week:02d}"
    if grain == "quarter":
        return f"{day.year}Q{(day.month - 1) // 3 + 1}"
    return {"day": day.isoformat(), "month": f"{day.year}-{day.month:02d}", "year": str(day.year)}[grain]


def parse_label(name: str) -> tuple[Period, Grain] | None:
    """Return the bucket a label names, and its grain; None if it names none."""
    try:
        if found := re.fullmatch(r"(\d{4})-?W(\d{1,2})", name):
            return bucket(date.fromisocalendar(int(found[1]), int(found[2]), 1), "week"), "week"
        if found := re.fullmatch(r"(\d{4})-?Q([1-4])", name):
            return bucket(date(int(found[1]), int(found[2]) * 3, 1), "quarter"), "quarter"
        if found := re.fullmatch(r"(\d{4})-(\d{1,2})", name):
            return bucket(date(int(found[1]), int(found[2]), 1), "month"), "month"
        if re.fullmatch(r"\d{4}", name):
            return bucket(date(int(name), 1, 1), "year"), "year"
        return bucket(date.fromisoformat(name), "day"), "day"
    except ValueError:
        return None


NAMED = (
    "today",
    "this-week",
    "last-week",
    "this-month",
    "last-month",
    "this-quarter",
    "quarter-to-date",
    "last-quarter",
    "last-90-days",
    "this-year",
    "all",
)
"""The periods a filter bar offers. "this-…" is the whole bucket that holds D, future days included; "…-to-date" ends at D."""


def named(name: str, as_of: date) -> Period | None:
    """Return the days a named period means as of D; None for ``all``. ``KeyError`` if there is no such period."""
    if name == "all":
        return None
    if name in ("today", "last-90-days"):
        return Period(as_of - timedelta(days=0 if name == "today" else 89), as_of)
    if name == "quarter-to-date":
        return bucket(as_of, "quarter").to_date(as_of)
    which, _, grain = name.partition("-")
    if name not in NAMED:
        raise KeyError(name)
    this = bucket(as_of, grain)
    return this if which == "this" else bucket(this.start - _DAY, grain)


def _whole_buckets(period: Period) -> tuple[Grain, Period] | None:
    """The smallest bucket that begins with the period and holds it; a single day is only a day."""
    if period.days == 1:
        return None
    grains: tuple[Grain, ...] = ("week", "month", "quarter", "year")
    for grain in grains:
        whole = bucket(period.start, grain)
        if whole.start == period.start and period.end <= whole.end:
            return grain, whole
    return None


def previous(period: Period, as_of: date) -> Period:
    """Return the window to compare with: the same number of elapsed days, one bucket earlier.

    A week, month, quarter or year begun is compared with as many days of the one before (a whole one with the whole one before); any other window with
    the days just before it. Days after ``as_of`` have not elapsed and are not compared.
    """
    elapsed = period.to_date(as_of)
    found = _whole_buckets(period)
    if found is None:
        return Period(elapsed.start - timedelta(days=elapsed.days), elapsed.start - _DAY)
    grain, whole = found
    before = bucket(whole.start - _DAY, grain)
    if elapsed.end == whole.end:
        return before
    return Period(before.start, min(before.end, before.start + timedelta(days=elapsed.days - 1)))


def previous_period(filters: Filters, as_of: date) -> Filters | None:
    """Return the filters of the comparison window; None where no period is asked, since all time has nothing before it."""
    if filters.start is None:
        return None
    window = previous(Period(filters.start, filters.end or as_of), as_of)
    return replace(filters, start=window.start, end=window.end)
