"""The days a written period means."""

from __future__ import annotations

import calendar
from datetime import date, timedelta


def days_of(period: str) -> tuple[date, date]:
    """Return first and last day of 2026, 2026Q3, 2026-07, 2026-W45 or a day."""
    year = int(period[:4])
    rest = period[4:].strip("-")
    if not rest:
        return date(year, 1, 1), date(year, 12, 31)
    if rest.startswith("Q"):
        last = int(rest[1]) * 3
        return date(year, last - 2, 1), date(year, last, calendar.monthrange(year, last)[1])
    if rest.startswith("W"):
        monday = date.fromisocalendar(year, int(rest[1:]), 1)
        return monday, monday + timedelta(days=6)
    if len(rest) == 2:
        return date(year, int(rest), 1), date(year, int(rest), calendar.monthrange(year, int(rest))[1])
    day = date.fromisoformat(period)
    return day, day
