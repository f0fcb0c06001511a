"""The date an upload speaks of, as its file names tell it: 2026-11-08, 20261108, 2026年11月8日, 1108, 2026-W45, W45."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from salesanalytics.intake.typing_cells import folded

_FULL = re.compile(r"(?<!\d)(20\d{2})[-_./年 ](1[0-2]|0?[1-9])[-_./月 ]([12]\d|3[01]|0?[1-9])(?!\d)")
_COMPACT = re.compile(r"(?<!\d)(20\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_WEEK = re.compile(
    r"(?:(?<!\d)(20\d{2})[-_ ]?年?[-_ ]?)?(?:(?<![a-z])w|wk|week|第)[-_ ]?(\d{1,2})(?!\d)周?", re.IGNORECASE
)
_MONTH_DAY = re.compile(r"(?<!\d)(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)|(?<!\d)(\d{1,2})月(\d{1,2})日")


def as_of_from_names(names: Iterable[str], today: date) -> date | None:
    """Return the newest date the file names tell, or None. A name without year means the latest such day up to ``today``.

    A week stands for its last day (Sunday).
    """
    found = [day for name in names if (day := as_of_from_name(name, today))]
    return max(found) if found else None


def as_of_from_name(name: str, today: date) -> date | None:
    """Return the date one file name tells, or None."""
    stem = folded(name.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0])
    if full := days_in(stem):
        return full[0]
    if match := _WEEK.search(stem):
        return _week(match.group(1), int(match.group(2)), today)
    if match := _MONTH_DAY.search(stem):
        month, day_of_month = (int(part) for part in match.groups() if part)
        this_year = _day(today.year, month, day_of_month)
        return this_year if this_year and this_year <= today else _day(today.year - 1, month, day_of_month)
    return None


def days_in(words: str) -> list[date]:
    """Return the days written in full in ``words``, those without separators first."""
    written = folded(words)
    found = (match.groups() for pattern in (_COMPACT, _FULL) for match in pattern.finditer(written))
    return [day for parts in found if (day := _day(*(int(part) for part in parts)))]


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _week(year: str | None, week: int, today: date) -> date | None:
    for candidate in [int(year)] if year else [today.year, today.year - 1]:
        try:
            sunday = date.fromisocalendar(candidate, week, 7)
        except ValueError:
            continue
        if year or date.fromisocalendar(candidate, week, 1) <= today:
            return sunday
    return None
