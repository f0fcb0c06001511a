"""Which date a comparison means, and how a change is told."""

from datetime import date

import pytest

from salesanalytics.insight.compared import a_month_before, change, compared_on
from salesanalytics.metrics.types import Unit

D = date(2026, 11, 8)
IMPORTS = [date(2026, 10, 4), date(2026, 10, 25), date(2026, 11, 1), D]


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("last", date(2026, 11, 1)),
        ("week", date(2026, 11, 1)),
        ("month", date(2026, 10, 4)),  # what was looked at on 10-08
        ("2026-10-26", date(2026, 10, 26)),
        ("2026-11-08", None),
        ("2027-01-01", None),
        ("", None),
        ("yesterday", None),
    ],
)
def test_the_date_meant(asked, meant):
    assert compared_on(asked, D, IMPORTS) == meant


def test_before_the_first_import_a_week_and_a_month_are_days():
    assert compared_on("last", D, [D]) is None
    assert compared_on("week", D, [D]) == date(2026, 11, 1)
    assert compared_on("month", D, [D]) == date(2026, 10, 8)


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2026, 3, 31), date(2026, 2, 28)),
        (date(2024, 3, 30), date(2024, 2, 29)),
        (date(2026, 1, 15), date(2025, 12, 15)),
    ],
)
def test_a_month_before(day, before):
    assert a_month_before(day) == before


def test_changes_of_amounts_are_relative_and_of_shares_absolute():
    assert change(Unit.MONEY, 150.0, 100.0) == 0.5
    assert change(Unit.SHARE, 0.31, 0.30) == pytest.approx(0.01)
    assert change(Unit.DAYS, 40.0, 42.0) == -2.0
    assert change(Unit.COUNT, 3.0, 0.0) is None  # nothing to take a share of
    assert change(Unit.COUNT, 0.0, 0.0) == 0.0
    assert change(Unit.SHARE, None, 0.3) is None
