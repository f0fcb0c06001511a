from datetime import date, datetime
from decimal import Decimal

import pytest

from salesanalytics.i18n import format

MILLION_ZH = format.money_unit([4_884_000], "zh")


@pytest.mark.parametrize(
    ("value", "lang", "words"),
    [
        (4_884_000, "zh", "¥488.4万"),
        (120_000_000, "zh", "¥1.2亿"),
        (123_000, "zh", "¥12.3万"),
        (9_999, "zh", "¥9,999"),
        (0, "zh", "¥0"),
        (-3_186_000, "zh", "−¥318.6万"),
        (4_900_000, "en", "¥4.9M"),
        (965_000, "en", "¥965K"),
        (123_000, "en", "¥123K"),
        (1_200_000_000, "en", "¥1.2B"),
        (999_600, "en", "¥1.0M"),  # 1,000K is 1.0M
        (999, "en", "¥999"),
        (None, "zh", "—"),
        (float("nan"), "en", "—"),
    ],
)
def test_money(value, lang, words):
    assert format.money(value, lang) == words


def test_a_table_may_ask_for_the_unit_in_which_no_amount_vanishes():
    assert format.money_unit([2_026_000, 25_000], "en").letters == "M"
    assert format.money_unit([2_026_000, 25_000], "en", none_vanishes=True).letters == "K"
    assert format.money_unit([2_026_000, 0, None], "en", none_vanishes=True).letters == "M"
    assert format.money_unit([240_000_000, 25_000], "zh", none_vanishes=True).letters == "万"
    assert format.money_unit([240_000, 4], "zh", none_vanishes=True).letters == "万"  # never whole yuan beside millions


def test_one_unit_for_a_table_suits_its_largest_value():
    unit = format.money_unit([12_000, None, 120_000_000, -5], "zh")
    assert unit.letters == "亿"
    assert format.money(4_884_000, "zh", unit=MILLION_ZH) == "¥488.4万"
    assert format.money_plain(123_456_000, MILLION_ZH) == "12,345.6"
    assert format.money_plain(None, MILLION_ZH) == "—"
    assert format.unit_name(MILLION_ZH, "zh") == "万元"
    assert format.unit_name(format.money_unit([4e6], "en"), "en") == "¥M"


@pytest.mark.parametrize("zero", [0, 0.0, -0.0, Decimal(0), Decimal("0.00")])
def test_nothing_is_written_bare_in_any_unit_and_a_little_is_not(zero):
    for lang, largest in (("zh", 4e8), ("zh", 5e5), ("en", 4e9), ("en", 4e6), ("en", 5e3)):
        unit = format.money_unit([largest], lang)
        assert format.money(zero, lang, unit=unit) == "¥0"
        assert format.money(zero, lang, unit=unit, signed=True) == "¥0"
        assert format.money_plain(zero, unit) == "0"
    assert format.money_plain(300, MILLION_ZH) == "0.0"
    assert format.money_plain(-30_000, MILLION_ZH, signed=True) == "−3.0"
    assert format.money_plain(Decimal("30000.00"), MILLION_ZH, signed=True) == "+3.0"


def test_no_value_is_a_dash_and_never_zero():
    assert {format.number(None), format.share(None), format.money_exact(None), format.day(None)} == {"—"}
    assert {format.points(None, "zh"), format.days(None, "en"), format.percent_change(None)} == {"—"}


def test_minus_is_a_true_minus_and_rounding_to_zero_has_no_sign():
    assert format.number(-1234.5, 1) == "−1,234.5"
    assert format.number(-0.04, 1, signed=True) == "0.0"
    assert format.number(0.5) == "1"  # half away from zero, as people round
    assert format.number(3, signed=True) == "+3"


def test_changes_of_shares_are_points_and_of_amounts_percent():
    assert format.points(-0.018, "zh") == "−1.8 点"
    assert format.points(0.013, "en") == "+1.3 pts"
    assert format.percent_change(0.068) == "+6.8%"
    assert format.share(0.398) == "39.8%"
    assert format.share(1.2, 0) == "120%"


def test_days_are_whole_where_they_are_whole():
    assert format.days(42.0, "zh") == "42 天"
    assert format.days(42.5, "en") == "42.5 d"
    assert format.days(-3, "zh", signed=True) == "−3 天"


def test_dates():
    assert format.day(date(2026, 11, 8)) == "2026-11-08"
    assert format.week(date(2026, 1, 1)) == "W01"
    assert format.moment(datetime(2026, 11, 9, 8, 30)) == "11-09 08:30"


def test_exact_figures_keep_the_cents():
    assert format.money_exact(4_884_000.5) == "¥4,884,000.50"
    assert format.money_exact(-1) == "−¥1.00"
