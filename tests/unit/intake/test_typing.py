"""Every spelling of an amount, share, date and period that PRODUCT names, and what it means."""

from datetime import date, datetime

import pytest

from salesanalytics.intake.typing_cells import Cells
from salesanalytics.intake.typing_choices import type_boolean
from salesanalytics.intake.typing_dates import type_date, type_timestamp
from salesanalytics.intake.typing_numbers import type_count, type_money
from salesanalytics.intake.typing_period import parse_period, period_dates
from salesanalytics.intake.typing_share import type_share


@pytest.mark.parametrize(
    ("spelling", "amount"),
    [
        ("50,000", 50_000),
        ("￥5万", 50_000),
        ("5万元", 50_000),
        ("5.7万", 57_000),
        ("1.1万", 11_000),
        ("1.2亿", 120_000_000),
        ("USD 1,200", 1_200),
        ("¥1,234.56", 1_234.56),
        ("1.234,56", 1_234.56),
        ("1.234.567", 1_234_567),
        ("(300)", -300),
        ("（300）", -300),
        ("-12.5", -12.5),
        ("５０，０００", 50_000),
        ("5 000 000", 5_000_000),
        ("3k", 3_000),
        ("12,34,567", None),
        ("about five", None),
        ("5-10万", None),
        ("1e5", None),
    ],
)
def test_money(spelling, amount):
    typed = type_money(Cells([spelling]))
    assert typed.values.to_list() == [amount]
    assert [problem.kind for problem in typed.problems] == ([] if amount is not None else ["unreadable-amount"])


@pytest.mark.parametrize("nothing", ["--", "-", "—", "/", "N/A", "无", "", "  ", None, "　"])
def test_signs_for_nothing_are_nothing(nothing):
    typed = type_money(Cells([nothing, 5.0]))
    assert typed.values.to_list() == [None, 5.0]
    assert typed.problems == ()


def test_the_header_scales_plain_numbers_but_not_spelled_units():
    assert type_money(Cells([5.0, "7", "8万"], header="预计成交金额（万元）")).values.to_list() == [
        50_000,
        70_000,
        80_000,
    ]
    assert type_money(Cells([5.0], header="预计成交金额(元)")).values.to_list() == [5]


def test_the_column_decides_what_a_point_means():
    assert type_money(Cells(["1.234", "1.234,50"])).values.to_list() == [1234, 1234.5]
    assert type_money(Cells(["1.234", "1,234.50"])).values.to_list() == [1.234, 1234.5]
    undecided = type_money(Cells(["1.234", "5.678", "7"]))
    assert undecided.undecided is not None
    assert undecided.undecided.kind == "number-format-undecided"
    assert undecided.undecided.indices == (0, 1)
    assert undecided.values.to_list() == [None, None, 7]


def test_counts_are_whole():
    typed = type_count(Cells([100.0, "60", 2.5, "12个", "x"]))
    assert typed.values.to_list() == [100, 60, None, 12, None]
    assert [problem.index for problem in typed.problems] == [4, 2]


@pytest.mark.parametrize(
    ("cells", "shares"),
    [
        (["60%", 0.6, "0.6"], [0.6, 0.6, 0.6]),
        ([60.0, "33.3", None], [0.6, 0.333, None]),
        (["+10%", "-25%", "-"], [0.1, -0.25, None]),
        ([0.5, 1.2], [0.5, 1.2]),
        (["６０％"], [0.6]),
        (["百分之六"], [None]),
    ],
)
def test_shares(cells, shares):
    assert type_share(Cells(cells)).values.to_list() == pytest.approx(shares)


def test_a_header_with_percent_sign_means_percent():
    assert type_share(Cells([60.0, 0.5], header="转化率(%)")).values.to_list() == [0.6, 0.005]


MARCH_FIRST = date(2024, 3, 1)


@pytest.mark.parametrize(
    "cell",
    [
        45352.0,
        45352.75,
        20240301.0,
        MARCH_FIRST,
        datetime(2024, 3, 1, 9, 30),
        "2024/3/1",
        "2024-03-01",
        "2024年3月1日",
        "2024年03月01日 星期五",
        "20240301",
        "2024.3.1",
        "1 Mar, 2024",
        "01-Mar-24",
        "Mar 1, 2024",
        "March 1, 2024",
        "2024-03-01T09:30:00+08:00",
        "2024-03-01T09:30:00.123Z",
        "2024/3/1 9:30",
        "2024-3-1 下午3:05",
        "２０２４－０３－０１",
        "45352",
        "1/3/2024",
        " 2024/3/1 ",
    ],
)
def test_dates(cell):
    typed = type_date(Cells([cell]), "dmy")
    assert typed.values.to_list() == [MARCH_FIRST]
    assert typed.problems == ()


@pytest.mark.parametrize(
    "cell", ["2024-13-01", "2024-02-30", "yesterday", "3月1日", 5.0, 2024.0, "31/31/2024", "99999999"]
)
def test_unreadable_dates(cell):
    typed = type_date(Cells([cell]), "dmy")
    assert typed.values.to_list() == [None]
    assert [problem.kind for problem in typed.problems] == ["unreadable-date"]


def test_the_whole_column_decides_the_order():
    assert type_date(Cells(["1/2/2024", "1/31/2024"])).values.to_list() == [date(2024, 1, 2), date(2024, 1, 31)]
    assert type_date(Cells(["1/2/2024", "31/1/2024"])).values.to_list() == [date(2024, 2, 1), date(2024, 1, 31)]


def test_a_column_that_contradicts_itself_asks():
    typed = type_date(Cells(["1/31/2024", "31/1/2024", "1/2/2024"]))
    assert typed.values.to_list() == [date(2024, 1, 31), date(2024, 1, 31), None]
    assert typed.undecided is not None
    assert typed.undecided.indices == (2,)


def test_timestamps_keep_the_time_of_day():
    cells = ["2024-03-01 14:05:09", 45352.5, "2024年3月1日 下午2:05", "15 Apr, 2021 08:00"]
    assert type_timestamp(Cells(cells)).values.to_list() == [
        datetime(2024, 3, 1, 14, 5, 9),
        datetime(2024, 3, 1, 12),
        datetime(2024, 3, 1, 14, 5),
        datetime(2021, 4, 15, 8),
    ]


def test_yes_and_no():
    cells = ["是", "否", "Yes", "N", 1.0, 0.0, "✓", True, False, "maybe", None]
    typed = type_boolean(Cells(cells))
    assert typed.values.to_list() == [True, False, True, False, True, False, True, True, False, None, None]
    assert [problem.found for problem in typed.problems] == ["maybe"]


@pytest.mark.parametrize(
    ("spelling", "period"),
    [
        ("2026-07", "2026-07"),
        ("2026年7月", "2026-07"),
        ("2026/7", "2026-07"),
        ("202607", "2026-07"),
        ("Jul 2026", "2026-07"),
        ("2026-07-01", "2026-07"),
        ("2026Q3", "2026Q3"),
        ("2026-Q3", "2026Q3"),
        ("Q3 2026", "2026Q3"),
        ("2026年第三季度", "2026Q3"),
        ("2026年3季度", "2026Q3"),
        ("2026", "2026"),
        ("2026年", "2026"),
        ("2026-W45", "2026-W45"),
        ("2026年第45周", "2026-W45"),
        ("2026-13", None),
        ("2026-W60", None),
        ("soon", None),
    ],
)
def test_periods(spelling, period):
    assert parse_period(spelling) == period


def test_period_dates_include_both_ends():
    assert period_dates("2026-12") == (date(2026, 12, 1), date(2026, 12, 31))
    assert period_dates("2026Q3") == (date(2026, 7, 1), date(2026, 9, 30))
    assert period_dates("2026") == (date(2026, 1, 1), date(2026, 12, 31))
    assert period_dates("2026-W45") == (date(2026, 11, 2), date(2026, 11, 8))
