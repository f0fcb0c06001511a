"""Dates and timestamps in every customary spelling. Where day and month could be swapped, the whole column decides, or nobody does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Literal

import polars as pl

from salesanalytics.intake.types import Cell, DateOrder
from salesanalytics.intake.typing_cells import Cells, Typed, Undecided, by_spelling, folded, problems_at

Evidence = Literal["dmy", "mdy"]
_EPOCH = datetime(
    1899, 12, 30
)  # Excel's 1900 system; what is shown as a date in a 1904 workbook has already been turned into one
_FROM_1904 = 1462  # days between the two systems
_SERIALS = (10_000, 80_000)  # 1927 to 2119: smaller or larger numbers are not dates anybody meant
_TIME = r"(?:\s*(上午|下午|晚上|am|pm)?\s*(\d{1,2})[:时点](\d{1,2})(?:[:分](\d{1,2})(?:[.,](\d{1,6})\d*)?)?[分秒]?\s*(am|pm)?)?"
_ZONE = r"\s*(?:z|utc|gmt|[+-]\d{2}:?\d{2})?$"
_YEAR_FIRST = re.compile(
    r"^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?(?:\s*(?:周|星期|礼拜)[一二三四五六日天])?t?"
    + _TIME
    + _ZONE
)
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})(?:\s*t?(\d{2}):?(\d{2})(?::?(\d{2}))?)?" + _ZONE)
_YEAR_LAST = re.compile(r"^(\d{1,2})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2})t?,?" + _TIME + _ZONE)
_NAMED_DAY_FIRST = re.compile(
    r"^(?:[a-z]{3,9},?\s+)?(\d{1,2})(?:st|nd|rd|th)?[\s,.-]*([a-z]{3,9})\.?[\s,-]*(\d{4}|\d{2}),?" + _TIME + _ZONE
)
_NAMED_MONTH_FIRST = re.compile(
    r"^(?:[a-z]{3,9},?\s+)?([a-z]{3,9})\.?[\s-]*(\d{1,2})(?:st|nd|rd|th)?[\s,-]+(\d{4}),?" + _TIME + _ZONE
)
_SHORT_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONG_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october")
_MONTHS = {
    name: number
    for names in (_SHORT_MONTHS, (*_LONG_MONTHS, "november", "december"))
    for number, name in enumerate(names, start=1)
} | {"sept": 9}


def type_date(cells: Cells, order: DateOrder | None = None) -> Typed:
    """Dates; a time of day is cut off. ``order``: what is known of this column (from a map, a correction or its neighbours)."""
    typed = type_timestamp(cells, order)
    return Typed(typed.values.cast(pl.Date), typed.problems, typed.undecided)


def type_timestamp(cells: Cells, order: DateOrder | None = None) -> Typed:
    """Timestamps, microseconds, without zone: the clock as it was written."""
    parts = [pl.Series([None], dtype=pl.Datetime("us")).new_from_index(0, len(cells))]
    undecided = None
    waiting: tuple[int, ...] = ()
    if cells.has_moment:
        parts.append(cells.moment)
    if cells.has_number:
        parts.append(by_number(cells.number))
    if cells.has_text:
        known = order if order in ("dmy", "mdy") else own_order(cells)
        parts.append(by_spelling(cells.text, lambda spelling: parse_moment(spelling, known), pl.Datetime("us")))
        if known is None:
            undecided = _undecided(cells)
            waiting = undecided.indices if undecided else ()
    values = parts[-1] if len(parts) == 2 else _coalesce(parts)
    bad = cells.filled & values.is_null()
    if waiting:
        bad = bad & ~pl.Series(range(len(cells))).is_in(list(waiting))
    return Typed(values, problems_at(cells, bad, "unreadable-date"), undecided)


def _coalesce(parts: list[pl.Series]) -> pl.Series:
    return pl.DataFrame({str(i): each for i, each in enumerate(parts)}).select(pl.coalesce(pl.all())).to_series()


def order_evidence(spellings: Iterable[str]) -> frozenset[Evidence]:
    """Return what a column's own spellings prove: a first number above 12 is a day, a second one too."""
    found: set[Evidence] = set()
    for spelling in spellings:
        match = _YEAR_LAST.match(folded(spelling).casefold())
        if match and int(match.group(1)) > 12 >= int(match.group(3)):
            found.add("dmy")
        elif match and int(match.group(3)) > 12 >= int(match.group(1)):
            found.add("mdy")
    return frozenset(found)


def own_order(cells: Cells) -> Evidence | None:
    """Return the order a column proves by itself, or None: nothing proves it, or its cells contradict each other."""
    if not cells.has_text:
        return None
    evidence = order_evidence(cells.text.drop_nulls().unique().to_list())
    return next(iter(evidence)) if len(evidence) == 1 else None


def _undecided(cells: Cells) -> Undecided | None:
    """Return the cells that read two ways; the unambiguous ones of such a column are not among them."""
    waits = by_spelling(cells.text, lambda spelling: _reads_two_ways(spelling) or None, pl.Boolean)
    indices = waits.fill_null(value=False).arg_true().to_list()
    if not indices:
        return None
    found = str(cells.text[indices[0]])
    readings = [(order, parse_moment(found, order)) for order in ("dmy", "mdy")]
    expected = " | ".join(str(moment.date()) for _, moment in readings if moment)
    suggestion = " | ".join(f"{order}: {moment.date()}" for order, moment in readings if moment)
    return Undecided("date-order-undecided", found, expected, suggestion, tuple(indices))


def _reads_two_ways(spelling: str) -> bool:
    day_first, month_first = parse_moment(spelling, "dmy"), parse_moment(spelling, "mdy")
    return day_first is not None and month_first is not None and day_first != month_first


def by_number(number: pl.Series) -> pl.Series:
    """Read numbers: Excel serials (a fraction is the time of day), and 20240301 written as a number."""
    frame = pl.DataFrame({"n": number})
    serial = pl.when(pl.col("n").is_between(*_SERIALS)).then(pl.col("n"))
    # Rounded to the second: a serial's fraction carries the noise of a double.
    moment = pl.lit(_EPOCH, dtype=pl.Datetime("us")) + pl.duration(seconds=(serial * 86_400).round(0).cast(pl.Int64))
    compact = pl.when(pl.col("n").is_between(19_000_101, 21_001_231)).then(pl.col("n").cast(pl.Int64).cast(pl.String))
    return frame.select(
        pl.coalesce(moment, compact.str.to_datetime("%Y%m%d", strict=False, time_unit="us"))
    ).to_series()


def serials_from_1904(values: Sequence[Cell]) -> list[Cell]:
    """Turn the plain serials of a workbook that counts from 1904 into those of the 1900 system; anything else stays."""
    first, last = (limit - _FROM_1904 for limit in _SERIALS)
    return [v + _FROM_1904 if type(v) in (int, float) and first <= v <= last else v for v in values]  # type: ignore[operator]


def parse_moment(spelling: str, order: DateOrder | None) -> datetime | None:
    """Read one spelling, or None. Day-month-year numbers need ``order``, unless only one reading is a date."""
    text = folded(spelling).strip().casefold()
    if match := _YEAR_FIRST.match(text):
        year, month, day = (int(part) for part in match.groups()[:3])
        return _moment(year, month, day, match.groups()[3:])
    if match := _COMPACT.match(text):
        year, month, day, *clock = (int(part or 0) for part in match.groups())
        return _moment(year, month, day, (None, *map(str, clock), None, None))
    if match := _YEAR_LAST.match(text):
        first, second, year = int(match.group(1)), int(match.group(3)), _full_year(match.group(4))
        return _by_order(first, second, year, match.groups()[4:], order)
    if match := _NAMED_DAY_FIRST.match(text):
        return _moment(
            _full_year(match.group(3)), _MONTHS.get(match.group(2), 0), int(match.group(1)), match.groups()[3:]
        )
    if match := _NAMED_MONTH_FIRST.match(text):
        return _moment(
            _full_year(match.group(3)), _MONTHS.get(match.group(1), 0), int(match.group(2)), match.groups()[3:]
        )
    if re.fullmatch(r"\d{5}(\.\d+)?", text) and _SERIALS[0] <= float(text) <= _SERIALS[1]:
        return _EPOCH + timedelta(seconds=round(float(text) * 86_400))
    return None


def _by_order(
    first: int, second: int, year: int, clock: tuple[str | None, ...], order: DateOrder | None
) -> datetime | None:
    if order == "dmy":
        return _moment(year, second, first, clock)
    if order == "mdy":
        return _moment(year, first, second, clock)
    day_first, month_first = _moment(year, second, first, clock), _moment(year, first, second, clock)
    if day_first and month_first and day_first != month_first:
        return None
    return day_first or month_first


def _full_year(digits: str) -> int:
    year = int(digits)
    return year if len(digits) == 4 else (2000 + year if year < 70 else 1900 + year)


def _moment(year: int, month: int, day: int, clock: tuple[str | None, ...]) -> datetime | None:
    before, hour, minute, second, fraction, after = clock
    half = before or after
    hours = int(hour or 0)
    if half in ("下午", "晚上", "pm") and hours < 12:
        hours += 12
    elif half in ("上午", "am") and hours == 12:
        hours = 0
    try:
        return datetime(
            year, month, day, hours, int(minute or 0), int(second or 0), int((fraction or "0").ljust(6, "0"))
        )
    except ValueError:
        return None


def to_date(spelling: str) -> date | None:
    """Read a date that has to be unambiguous by itself."""
    moment = parse_moment(spelling, None)
    return moment.date() if moment else None
