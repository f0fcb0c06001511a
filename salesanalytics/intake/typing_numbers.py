"""Amounts, counts, numbers and shares in the spellings people use, with the decimal sign decided once for a column."""

from __future__ import annotations

import re
from decimal import Decimal

import polars as pl

from salesanalytics.intake.types import DecimalSign, KnownSign
from salesanalytics.intake.typing_cells import Cells, Typed, Undecided, by_spelling, folded, problems_at

_PLAIN = r"^[+-]?[0-9]+(\.[0-9]{1,2}|\.[0-9]{4,})?$"
_UNITS = {
    "": 1.0,
    "千": 1e3,
    "k": 1e3,
    "万": 1e4,
    "萬": 1e4,
    "w": 1e4,
    "十万": 1e5,
    "百万": 1e6,
    "m": 1e6,
    "千万": 1e7,
    "亿": 1e8,
    "億": 1e8,
    "b": 1e9,
}
_CURRENCY = re.compile(r"人民币|cny|rmb|usd|eur|hkd|gbp|jpy|us\$|hk\$|[¥$€£]|元整|元|圆|块|整$", re.IGNORECASE)
_AMOUNT = re.compile(r"^([+-]?)([\d.,' ]*\d)(千万|百万|十万|千|万|萬|亿|億|[kwmb])?$", re.IGNORECASE)
_HEADER_UNIT = re.compile(r"[(\[（【](?:[^)\]）】]*?)(千万|百万|千|万|萬|亿|億)元?[^)\]）】]*[)\]）】]")


def type_money(cells: Cells, known: KnownSign | None = None) -> Typed:
    """Amounts in currency units: ``50,000`` ``￥5万`` ``1.2亿`` ``USD 1,200`` ``1.234,56`` ``(300)``. A unit in the header (万元) scales plain numbers.

    ``known``: the column's decimal sign where the user or the file's other columns have told it. Amounts have no three decimals: ``1,234`` alone is grouped.
    """
    return _typed(cells, "unreadable-amount", _header_scale(cells.header), known, commas_group=True)


def type_number(cells: Cells, known: KnownSign | None = None) -> Typed:
    """Numbers such as days; ``5天`` is 5."""
    return _typed(cells, "unreadable-number", 1.0, known)


def type_count(cells: Cells, known: KnownSign | None = None) -> Typed:
    """Whole numbers; a fraction cannot be a count, so that a point before three digits groups thousands as a comma does."""
    if known in (None, "ask") and cells.has_text:
        doubtful = [spelling for spelling in cells.text.drop_nulls().unique() if reads_two_ways(spelling)]
        known = "," if doubtful and all("." in spelling for spelling in doubtful) else None
    typed = _typed(cells, "unreadable-number", 1.0, known, commas_group=True)
    broken = (typed.values != typed.values.round(0)).fill_null(value=False)
    values = typed.values.set(broken, None).cast(pl.Int64)
    return Typed(values, (*typed.problems, *problems_at(cells, broken, "unreadable-number")), typed.undecided)


def _header_scale(header: str) -> float:
    found = _HEADER_UNIT.search(header)
    return _UNITS[found.group(1)] if found else 1.0


def _typed(cells: Cells, kind: str, scale: float, known: KnownSign | None, *, commas_group: bool = False) -> Typed:
    values = (
        _scaled(cells.number, scale)
        if cells.has_number
        else pl.Series([None], dtype=pl.Float64).new_from_index(0, len(cells))
    )
    undecided = None
    unread = (
        pl.Series([isinstance(v, bool) for v in cells.values], dtype=pl.Boolean)
        if bool in set(map(type, cells.values))
        else None
    )
    if cells.has_text:
        text = cells.text
        plain = text.set(~text.str.contains(_PLAIN).fill_null(value=False), None).cast(pl.Float64)
        odd = text.set(plain.is_not_null(), None)
        told: DecimalSign | None = None if known == "ask" else known
        decimal = told or _own_sign(odd, text, plain, commas_group=commas_group and known is None)
        settled = told is not None
        parsed = by_spelling(odd, lambda spelling: parse_amount(spelling, decimal, scale, settled=settled), pl.Float64)
        doubtful = [] if settled else _doubtful(odd, decimal)
        if doubtful:
            undecided = _undecided(cells, doubtful)
        values = _coalesce(values, _scaled(plain, scale), parsed)
        bad = text.is_not_null() & values.is_null()
        unread = bad if unread is None else unread | bad
    if cells.has_moment:
        moments = cells.moment.is_not_null()
        unread = moments if unread is None else unread | moments
    if unread is None:
        return Typed(_finite(values))
    if undecided:
        waiting = pl.Series(range(len(cells))).is_in(list(undecided.indices))
        unread = unread & ~waiting
    return Typed(_finite(values), problems_at(cells, unread, kind), undecided)


def _own_sign(odd: pl.Series, text: pl.Series, plain: pl.Series, *, commas_group: bool) -> DecimalSign | None:
    spellings = odd.drop_nulls().unique().to_list()
    return decimal_sign(spellings, has_points=_points(text, plain), commas_group=commas_group)


def _scaled(numbers: pl.Series, scale: float) -> pl.Series:
    return numbers if scale == 1 else (numbers * scale).round(2)


def _points(text: pl.Series, plain: pl.Series) -> bool:
    return bool((plain.is_not_null() & text.str.contains(".", literal=True)).any())


def _finite(values: pl.Series) -> pl.Series:
    return values.set(~values.is_finite().fill_null(value=True), None)


def _coalesce(*series: pl.Series) -> pl.Series:
    return pl.DataFrame({str(i): each for i, each in enumerate(series)}).select(pl.coalesce(pl.all())).to_series()


_GROUPED_POINT = re.compile(r"^[+-]?\d{1,3}\.\d{3}$")
_GROUPED_COMMA = re.compile(r"^[+-]?\d{1,3},\d{3}$")
_EUROPEAN = re.compile(r"\d\.\d{3},\d|\d\.\d{3}\.\d{3}|^[+-]?\d+,\d{1,2}$|^[+-]?\d+,\d{4,}$")
_ENGLISH = re.compile(r"\d,\d{3}\.\d|\d,\d{3},\d{3}|^[+-]?\d+\.\d{1,2}$|^[+-]?\d+\.\d{4,}$")


def _digits(spelling: str) -> str:
    text = _CURRENCY.sub("", folded(spelling)).strip().strip("()").strip()
    return re.sub(r"(千万|百万|十万|千|万|萬|亿|億|[kwmb天日个位家次])$", "", text, flags=re.IGNORECASE).replace(
        " ", ""
    )


def decimal_evidence(cells: Cells) -> frozenset[DecimalSign]:
    """Return what a column's own texts prove about its decimal sign: nothing, one sign, or both (it contradicts itself)."""
    if not cells.has_text:
        return frozenset()
    text = cells.text
    plain = text.set(~text.str.contains(_PLAIN).fill_null(value=False), None)
    odd = text.set(plain.is_not_null(), None).drop_nulls().unique().to_list()
    return _proved([_digits(spelling) for spelling in odd], has_points=_points(text, plain))


def reads_two_ways(spelling: str) -> bool:
    """Say whether a number's comma or point could be a decimal sign as well as group thousands: ``1,234``, ``1.234``."""
    digits = _digits(spelling)
    return bool(_GROUPED_POINT.match(digits) or _GROUPED_COMMA.match(digits))


def one_way(spelling: str, sign: DecimalSign) -> str:
    """Return a spelling that reads two ways as it reads with ``sign`` before decimals: without the group sign, or with a fourth decimal."""

    def written(found: re.Match[str]) -> str:
        whole, mark, rest = found.groups()
        return f"{whole}.{rest}0" if mark == sign else whole + rest

    return re.sub(r"(\d{1,3})([.,])(\d{3})(?!\d)", written, folded(spelling), count=1)


def _proved(digits: list[str], *, has_points: bool) -> frozenset[DecimalSign]:
    found: set[DecimalSign] = set()
    if any(_EUROPEAN.search(each) for each in digits):
        found.add(",")
    if has_points or any(_ENGLISH.search(each) for each in digits):
        found.add(".")
    return frozenset(found)


def decimal_sign(spellings: list[str], *, has_points: bool = False, commas_group: bool = True) -> DecimalSign | None:
    """Decide from all spellings of a column which sign is the decimal one; None if they do not tell or contradict each other.

    ``commas_group``: where nothing else tells, a comma before three digits groups thousands (amounts and counts have no three decimals).
    """
    digits = [_digits(spelling) for spelling in spellings]
    proved = _proved(digits, has_points=has_points)
    if proved:
        return next(iter(proved)) if len(proved) == 1 else None
    commas = any(_GROUPED_COMMA.match(each) for each in digits)
    points = any(_GROUPED_POINT.match(each) for each in digits)
    return None if points or (commas and not commas_group) else "."


def _doubtful(odd: pl.Series, decimal: DecimalSign | None) -> list[int]:
    """Places whose spelling reads two ways under the column's decision."""
    if decimal == ".":
        return []

    def waits(spelling: str) -> bool | None:
        return bool(_GROUPED_COMMA.match(_digits(spelling))) if decimal == "," else reads_two_ways(spelling)

    return by_spelling(odd, waits, pl.Boolean).fill_null(value=False).arg_true().to_list()


def _undecided(cells: Cells, indices: list[int]) -> Undecided:
    found = cells.shown(indices[0]) or ""
    whole, _, rest = _digits(found).replace(",", ".").partition(".")
    readings = f"{whole}{rest} | {whole}.{rest}"
    return Undecided("number-format-undecided", found, readings, readings, tuple(indices))


def parse_amount(
    spelling: str, decimal: DecimalSign | None, scale: float = 1.0, *, settled: bool = False
) -> float | None:
    """Read one amount, or None. ``decimal`` is the column's decimal sign; without one only spellings that read one way are taken.

    ``settled``: somebody has told the sign, so that ``1,234`` under a decimal comma is 1.234 and no longer odd.
    """
    text = folded(spelling).strip()
    negative = text.startswith("(") and text.endswith(")")
    text = _CURRENCY.sub("", text.strip("()") if negative else text)
    text = (
        re.sub(r"(天|日|个|位|家|次|days?)$", "", text.strip(), flags=re.IGNORECASE).replace(" ", "").replace("−", "-")
    )
    found = _AMOUNT.match(text)
    if not found:
        return None
    sign, digits, unit = found.groups()
    number = _number(digits.replace("'", ""), decimal, settled=settled)
    if number is None:
        return None
    amount = float(
        number * Decimal(_UNITS[unit.lower()] if unit else scale)
    )  # 1.1 万 is 11,000, not 11,000.000000000002
    return -amount if negative or sign == "-" else amount


def _number(digits: str, decimal: DecimalSign | None, *, settled: bool) -> Decimal | None:
    if _GROUPED_POINT.match(digits) or _GROUPED_COMMA.match(digits):
        if decimal is None or (decimal == "," and "," in digits and not settled):
            return None
        return Decimal(digits.replace(",", ".")) if decimal in digits else Decimal(re.sub(r"[.,]", "", digits))
    sign = "," if _EUROPEAN.search(digits) else "."
    group = "." if sign == "," else ","
    whole, _, rest = digits.partition(sign)
    if (
        group in rest
        or sign in rest
        or (group in whole and not re.fullmatch(rf"\d{{1,3}}(\{group}\d{{3}})+|\d{{1,4}}(\{group}\d{{4}})+", whole))
    ):
        return None
    whole = whole.replace(group, "")
    return Decimal(f"{whole or '0'}.{rest or '0'}") if (whole or rest) else None
