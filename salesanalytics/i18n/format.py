"""Numbers, money, shares and dates as people write them (DESIGN.md, "Numbers"). No value is ``—``; minus is ``−``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from itertools import pairwise

from babel.numbers import get_currency_symbol

from salesanalytics.i18n.catalogue import Lang, text

DASH = "—"
MINUS = "\N{MINUS SIGN}"

Number = float | int | Decimal


def _fixed(value: Number, decimals: int) -> Decimal:
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    return exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def number(value: Number | None, decimals: int = 0, *, signed: bool = False) -> str:
    """Return ``value`` with thousands commas and a true minus; ``—`` for None. ``signed`` puts + before gains (0 has no sign)."""
    if value is None or value != value:
        return DASH
    rounded = _fixed(value, decimals)
    sign = MINUS if rounded < 0 else "+" if signed and rounded > 0 else ""
    return f"{sign}{abs(rounded):,.{decimals}f}"


@dataclass(frozen=True)
class MoneyUnit:
    """One unit for a whole chart or table: its size in currency units, its letters, and its decimals."""

    size: int
    letters: str
    decimals: int


ONE = MoneyUnit(1, "", 0)
_ZH = (MoneyUnit(10**8, "亿", 1), MoneyUnit(10**4, "万", 1), ONE)
_EN = (MoneyUnit(10**9, "B", 1), MoneyUnit(10**6, "M", 1), MoneyUnit(10**3, "K", 0), ONE)


def money_unit(values: Iterable[Number | None], lang: Lang, *, none_vanishes: bool = False) -> MoneyUnit:
    """Return the one unit in which all of ``values`` are shown together: the one that suits the largest.

    ``none_vanishes``: the next smaller one (亿 to 万, B to M, M to K) where an amount would otherwise be written as 0.0.
    """
    known = [abs(float(value)) for value in values if value is not None and value == value]
    largest = max(known, default=0.0)
    units = _ZH if lang == "zh" else _EN
    for unit, smaller in pairwise(units):
        if largest >= unit.size and _fixed(largest / unit.size, unit.decimals) >= 1:
            vanishes = any(value and not _fixed(value / unit.size, unit.decimals) for value in known)
            return smaller if none_vanishes and vanishes and smaller is not ONE else unit
    return ONE


@cache  # Babel looks the locale up anew each time: an eighth of a page's time
def currency_symbol(currency: str = "CNY") -> str:
    """Return the sign before an amount: ``¥`` for CNY in both languages, else Babel's narrow symbol."""
    return str(get_currency_symbol(currency, locale="zh_CN" if currency == "CNY" else "en"))


def money(
    value: Number | None, lang: Lang, *, unit: MoneyUnit | None = None, currency: str = "CNY", signed: bool = False
) -> str:
    """Return an amount like ``¥488.4万`` or ``¥4.9M``. ``unit``: the table's common unit; None picks one for this value. Nothing is ``¥0`` in any unit."""
    if value is None or value != value:
        return DASH
    unit = (unit or money_unit([value], lang)) if value else ONE
    # 999,960 would round up to 1,000K, which is 1.0M: choose the unit after rounding.
    if abs(_fixed(float(value) / unit.size, unit.decimals)) >= 1000 and unit.letters == "K":
        unit = _EN[1]
    figure = number(Decimal(repr(float(value))) / unit.size, unit.decimals, signed=signed)
    sign, digits = (figure[0], figure[1:]) if figure[0] in f"+{MINUS}" else ("", figure)
    return f"{sign}{currency_symbol(currency)}{digits}{unit.letters}"


def money_plain(value: Number | None, unit: MoneyUnit, *, signed: bool = False) -> str:
    """Return an amount's digits alone, for a column whose header names the unit. Nothing at all is ``0``; ``0.0`` is something, too small for the unit."""
    if value is None or value != value:
        return DASH
    return number(Decimal(repr(float(value))) / unit.size, unit.decimals if value else 0, signed=signed)


def money_exact(value: Number | None, currency: str = "CNY") -> str:
    """Return the exact figure, for hovers: ``¥4,884,000.00``."""
    if value is None or value != value:
        return DASH
    figure = number(value, 2)
    sign, digits = (MINUS, figure[1:]) if figure.startswith(MINUS) else ("", figure)
    return f"{sign}{currency_symbol(currency)}{digits}"


def unit_name(unit: MoneyUnit, lang: Lang, currency: str = "CNY") -> str:
    """Return the unit as a chart's subtitle names it: ``万元`` or ``¥M``."""
    if lang == "zh" and currency == "CNY":
        return f"{unit.letters}元"
    return f"{currency_symbol(currency)}{unit.letters}"


def share(value: Number | None, decimals: int = 1) -> str:
    """Return a 0-1 share as a percentage: ``39.8%``."""
    return DASH if value is None or value != value else f"{number(float(value) * 100, decimals)}%"


def percent_change(value: Number | None, decimals: int = 1) -> str:
    """Return a relative change (0.068) of an amount: ``+6.8%``."""
    return DASH if value is None or value != value else f"{number(float(value) * 100, decimals, signed=True)}%"


def points(value: Number | None, lang: Lang, decimals: int = 1) -> str:
    """Return a difference of two shares in points: ``−1.8 点``, ``−1.8 pts``."""
    if value is None or value != value:
        return DASH
    return text("ui.points", lang, value=number(float(value) * 100, decimals, signed=True))


def days(value: Number | None, lang: Lang, *, signed: bool = False) -> str:
    """Return days, whole where they are whole, else with one decimal: ``42 天``, ``42 d``."""
    if value is None or value != value:
        return DASH
    decimals = 0 if _fixed(value, 1) == _fixed(value, 1).to_integral_value() else 1
    return text("ui.days", lang, value=number(value, decimals, signed=signed))


def day(value: date | None) -> str:
    """Return a date as ``2026-11-08`` in both languages."""
    return DASH if value is None else value.strftime("%Y-%m-%d")


def month_day(value: date | None) -> str:
    """Return a date of a known year as ``11-08``."""
    return DASH if value is None else value.strftime("%m-%d")


def moment(value: datetime | None) -> str:
    """Return a time as ``11-09 08:30``."""
    return DASH if value is None else value.strftime("%m-%d %H:%M")


def week(value: date) -> str:
    """Return the ISO week's short name, ``W45``."""
    return f"W{value.isocalendar().week:02d}"
