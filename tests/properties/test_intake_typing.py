"""Whatever the date or amount, every spelling of it comes back as itself, or is asked about; never as another one."""

from datetime import date, datetime

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from salesanalytics.intake.typing_cells import NOTHING, Cells
from salesanalytics.intake.typing_dates import type_date, type_timestamp
from salesanalytics.intake.typing_numbers import one_way, parse_amount, reads_two_ways, type_money
from salesanalytics.intake.typing_text import type_text

DAYS = st.dates(date(1990, 1, 1), date(2099, 12, 31))
CERTAIN_SPELLINGS = (
    lambda day: day.isoformat(),
    lambda day: f"{day.year}/{day.month}/{day.day}",
    lambda day: f"{day.year}.{day.month}.{day.day}",
    lambda day: f"{day.year}年{day.month}月{day.day}日",
    lambda day: day.strftime("%Y%m%d"),
    lambda day: day.strftime("%d %b, %Y"),
    lambda day: day.strftime("%B %d, %Y"),
    lambda day: f"{day.isoformat()}T08:00:00Z",
    lambda day: float((day - date(1899, 12, 30)).days),
    lambda day: float(day.strftime("%Y%m%d")),
    lambda day: day,
    lambda day: datetime(day.year, day.month, day.day, 23, 59),
)


@given(st.lists(st.tuples(DAYS, st.sampled_from(CERTAIN_SPELLINGS)), min_size=1, max_size=20))
def test_certain_spellings_of_dates_come_back(spelled):
    typed = type_date(Cells([spell(day) for day, spell in spelled]))
    assert typed.values.to_list() == [day for day, _ in spelled]


def _dmy(day, sign):
    return f"{day.day}{sign}{day.month}{sign}{day.year}"


def _mdy(day, sign):
    return f"{day.month}{sign}{day.day}{sign}{day.year}"


@given(st.lists(DAYS, min_size=1, max_size=20), st.sampled_from([_dmy, _mdy]), st.sampled_from("/-."))
def test_day_and_month_are_never_swapped_silently(days, spell, sign):
    typed = type_date(Cells([spell(day, sign) for day in days]))
    asked = set(typed.undecided.indices) if typed.undecided else set()
    for index, day in enumerate(days):
        assert typed.values[index] == (None if index in asked else day)
    assert typed.problems == ()
    if any(day.day > 12 for day in days):
        assert not asked


@given(st.lists(DAYS, min_size=1, max_size=10))
def test_both_orders_agree_once_decided(days):
    assert type_date(Cells([_dmy(day, "/") for day in days]), "dmy").values.to_list() == days
    assert type_date(Cells([_mdy(day, "/") for day in days]), "mdy").values.to_list() == days


@given(st.datetimes(datetime(1990, 1, 1), datetime(2099, 12, 31)).map(lambda moment: moment.replace(microsecond=0)))
def test_timestamps_come_back(moment):
    spellings = [
        moment,
        moment.isoformat(),
        moment.strftime("%Y/%m/%d %H:%M:%S"),
        moment.strftime("%Y年%m月%d日 %H:%M:%S"),
    ]
    assert type_timestamp(Cells(spellings)).values.to_list() == [moment] * 4


CENTS = st.integers(-(10**13), 10**13)
AMOUNT_SPELLINGS = (
    lambda cents: cents / 100,
    lambda cents: f"{cents / 100:.2f}",
    lambda cents: f"{cents / 100:,.2f}",
    lambda cents: f"￥{cents / 100:,.2f}" if cents >= 0 else f"(￥{-cents / 100:,.2f})",
    lambda cents: f" {cents / 100:,.2f} 元",
    lambda cents: f"CNY {cents / 100:,.2f}",
)


@given(st.lists(st.tuples(CENTS, st.sampled_from(AMOUNT_SPELLINGS)), min_size=1, max_size=20))
def test_amounts_come_back(spelled):
    typed = type_money(Cells([spell(cents) for cents, spell in spelled]))
    assert typed.problems == ()
    assert typed.values.to_list() == [cents / 100 for cents, _ in spelled]


@given(st.lists(CENTS, min_size=1, max_size=20))
def test_european_amounts_come_back(amounts):
    swap = str.maketrans(",.", ".,")
    typed = type_money(Cells([f"{cents / 100:,.2f}".translate(swap) for cents in amounts]))
    assert typed.values.to_list() == [cents / 100 for cents in amounts]


EUROPEAN = str.maketrans(",.", ".,")


def _as_written(cents, grouped, places, translation):
    whole = cents % 100 == 0 and places == 0
    spelled = f"{cents / 100:{',' if grouped else ''}.{0 if whole else 2}f}"
    return spelled.translate(translation) if translation else spelled


@given(
    st.lists(st.tuples(CENTS, st.booleans(), st.integers(0, 1)), min_size=1, max_size=20),
    st.sampled_from([None, EUROPEAN]),
)
def test_decimal_and_group_signs_are_never_swapped_silently(amounts, translation):
    typed = type_money(Cells([_as_written(*each, translation) for each in amounts]))
    asked = set(typed.undecided.indices) if typed.undecided else set()
    for index, (cents, *_) in enumerate(amounts):
        assert typed.values[index] == (None if index in asked else cents / 100)
    assert typed.problems == ()


@given(st.lists(st.tuples(CENTS, st.booleans(), st.integers(0, 1)), min_size=1, max_size=10))
def test_both_decimal_signs_agree_once_decided(amounts):
    wanted = [cents / 100 for cents, *_ in amounts]
    assert type_money(Cells([_as_written(*each, None) for each in amounts]), ".").values.to_list() == wanted
    assert type_money(Cells([_as_written(*each, EUROPEAN) for each in amounts]), ",").values.to_list() == wanted


@given(st.from_regex(r"\A(¥|CNY )?[1-9][0-9]{0,2}[.,][0-9]{3}( 元|万)?\Z"), st.sampled_from(".,"))
def test_a_number_written_one_way_reads_as_it_was_answered(spelling, sign):
    assert parse_amount(one_way(spelling, sign), ".") == parse_amount(spelling, sign, settled=True)
    assert not reads_two_ways(one_way(spelling, sign))


@given(st.integers(0, 10**9), st.sampled_from(["万", "亿", "k"]))
def test_units_scale(hundredths, unit):
    factor = {"万": 10_000, "亿": 100_000_000, "k": 1_000}[unit]
    (amount,) = type_money(Cells([f"{hundredths / 100:.2f}{unit}"])).values.to_list()
    assert amount == hundredths * factor / 100


@given(st.sampled_from("=+-@"), st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=30))
def test_formula_like_text_is_unchanged(sign, rest):
    text = sign + rest
    values = type_text(Cells([text], NOTHING)).values.to_list()
    assert values == [None if text in NOTHING else text]


@settings(max_examples=200)
@given(
    st.lists(
        st.one_of(st.none(), st.booleans(), st.floats(), st.text(max_size=12), st.dates(), st.datetimes(), st.times()),
        max_size=12,
    )
)
def test_typing_never_fails_and_keeps_the_length(cells):
    for read in (type_date, type_timestamp, type_money):
        typed = read(Cells(cells))
        assert len(typed.values) == len(cells)
        assert typed.values.dtype in (pl.Date, pl.Datetime("us"), pl.Float64)
