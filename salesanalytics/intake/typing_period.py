"""Periods: ``2026-07``, ``2026年7月``, ``2026Q3``, ``2026``, ``2026-W45`` and their variants, in one canonical spelling."""

from __future__ import annotations

import re
from datetime import date

import polars as pl

from salesanalytics.intake.typing_cells import Cells, Typed, by_spelling, folded, problems_at
from salesanalytics.intake.typing_dates import parse_moment
from salesanalytics.intake.typing_text import type_text

_MONTH = re.compile(r"^(\d{4})\s*(?:[-/.]|年)?\s*(\d{1,2})\s*月?份?$")
_MONTH_LAST = re.compile(r"^(\d{1,2})\s*[-/.]\s*(\d{4})$")
_NAMED_MONTH = re.compile(r"^([a-z]{3,9})\.?[\s,-]*(\d{4})$")
_QUARTER = re.compile(r"^(\d{4})\s*年?\s*[-/]?\s*(?:第?([1-4一二三四])季度?|q\s*([1-4]))$")
_QUARTER_FIRST = re.compile(r"^q([1-4])[\s,/-]*(\d{4})$")
_WEEK = re.compile(r"^(\d{4})\s*年?\s*[-/]?\s*(?:第(\d{1,2})周|wk?\s*(\d{1,2}))$")
_YEAR = re.compile(r"^(\d{4})\s*(?:年度?|财年)?$")
_HAN = {"一": 1, "二": 2, "三": 3, "四": 4}


def type_period(cells: Cells) -> Typed:
    """Periods in canonical spelling; a date stands for its month, since Excel turns ``2026-07`` into one."""
    text = type_text(cells).values
    values = by_spelling(text, parse_period, pl.String)
    return Typed(values, problems_at(cells, text.is_not_null() & values.is_null(), "unreadable-period"))


def parse_period(spelling: str) -> str | None:
    """Read one period, or None."""
    text = folded(spelling).strip().casefold()
    for pattern, read in _READERS:
        if match := pattern.match(text):
            return read(*match.groups())
    moment = parse_moment(text, None)
    return f"{moment:%Y-%m}" if moment else None


def _month(year: str, month: str) -> str | None:
    return f"{year}-{int(month):02d}" if _plausible(year) and 1 <= int(month) <= 12 else None


def _named(name: str, year: str) -> str | None:
    moment = parse_moment(f"1 {name} {year}", None)
    return f"{moment:%Y-%m}" if moment else None


def _quarter(year: str, word: str | None, digit: str | None) -> str | None:
    return f"{year}Q{_HAN.get(word or '') or word or digit}" if _plausible(year) else None


def _week(year: str, after: str | None, digits: str | None) -> str | None:
    week = int(after or digits or 0)
    try:
        date.fromisocalendar(int(year), week, 1)
    except ValueError:
        return None
    return f"{year}-W{week:02d}"


def _plausible(year: str) -> bool:
    return 1990 <= int(year) <= 2100


_READERS = (
    (_YEAR, lambda year: year if _plausible(year) else None),
    (_QUARTER, _quarter),
    (_QUARTER_FIRST, lambda quarter, year: _quarter(year, None, quarter)),
    (_WEEK, _week),
    (_MONTH, _month),
    (_MONTH_LAST, lambda month, year: _month(year, month)),
    (_NAMED_MONTH, _named),
)


def period_dates(period: str) -> tuple[date, date]:
    """Return the first and the last day of a canonical period."""
    year = int(period[:4])
    if "Q" in period:
        first = 3 * int(period[-1]) - 2
        return _from_month(year, first, first + 2)
    if "W" in period:
        week = int(period[-2:])
        return date.fromisocalendar(year, week, 1), date.fromisocalendar(year, week, 7)
    if len(period) == 4:
        return _from_month(year, 1, 12)
    return _from_month(year, int(period[5:]), int(period[5:]))


def _from_month(year: int, first: int, last: int) -> tuple[date, date]:
    after = date(year + last // 12, last % 12 + 1, 1)
    return date(year, first, 1), date.fromordinal(after.toordinal() - 1)
