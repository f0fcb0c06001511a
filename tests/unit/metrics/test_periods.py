"""Named periods, buckets and the comparison window."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesanalytics.metrics.periods import (
    Period,
    bucket,
    buckets,
    is_partial,
    label,
    named,
    parse_label,
    previous,
    previous_period,
)
from salesanalytics.metrics.types import Filters

D = date(2026, 11, 4)  # Wednesday of ISO week 45


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [
        ("today", D, D),
        ("this-week", date(2026, 11, 2), date(2026, 11, 8)),
        ("last-week", date(2026, 10, 26), date(2026, 11, 1)),
        ("this-month", date(2026, 11, 1), date(2026, 11, 30)),
        ("last-month", date(2026, 10, 1), date(2026, 10, 31)),
        ("this-quarter", date(2026, 10, 1), date(2026, 12, 31)),
        ("quarter-to-date", date(2026, 10, 1), D),
        ("last-quarter", date(2026, 7, 1), date(2026, 9, 30)),
        ("last-90-days", date(2026, 8, 7), D),
        ("this-year", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_named_periods(name: str, start: date, end: date) -> None:
    assert named(name, D) == Period(start, end)


def test_all_time_is_no_period_and_other_names_are_refused() -> None:
    assert named("all", D) is None
    with pytest.raises(KeyError):
        named("this-decade", D)


@pytest.mark.parametrize(
    ("period", "start", "end"),
    [
        # Monday to Wednesday against Monday to Wednesday
        (Period(date(2026, 11, 2), date(2026, 11, 8)), date(2026, 10, 26), date(2026, 10, 28)),
        # 35 days of the quarter so far against the first 35 of the one before
        (Period(date(2026, 10, 1), date(2026, 12, 31)), date(2026, 7, 1), date(2026, 8, 4)),
        # whole months against each other, though their lengths differ
        (Period(date(2026, 3, 1), date(2026, 3, 31)), date(2026, 2, 1), date(2026, 2, 28)),
        # any other window: the days just before, as many of them
        (Period(date(2026, 10, 5), date(2026, 11, 3)), date(2026, 9, 5), date(2026, 10, 4)),
        (Period(D, D), date(2026, 11, 3), date(2026, 11, 3)),
        # a Monday alone is a day and not the beginning of a week
        (Period(date(2026, 11, 2), date(2026, 11, 2)), date(2026, 11, 1), date(2026, 11, 1)),
    ],
)
def test_comparison_is_like_for_like(period: Period, start: date, end: date) -> None:
    assert previous(period, D) == Period(start, end)


DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))


@given(DAYS, st.integers(0, 400), st.integers(0, 400))
def test_the_window_before_is_never_a_day_shorter_and_never_overlaps(start: date, length: int, gone: int) -> None:
    period, as_of = Period(start, start + timedelta(days=length)), start + timedelta(days=gone)
    before, elapsed = previous(period, as_of), period.to_date(as_of)
    assert before.end < elapsed.start
    whole_buckets = any(bucket(start, grain).start == start for grain in ("month", "quarter", "year"))
    if not whole_buckets:  # months differ in length; weeks and free windows do not
        assert before.days == elapsed.days


@given(DAYS, st.sampled_from(["day", "week", "month", "quarter", "year"]))
def test_labels_round_trip(day: date, grain: str) -> None:
    found = parse_label(label(day, grain))
    assert found == (bucket(day, grain), grain)


@given(DAYS, st.integers(0, 500), st.sampled_from(["day", "week", "month", "quarter"]))
def test_buckets_cover_a_period_without_gaps(start: date, length: int, grain: str) -> None:
    period = Period(start, start + timedelta(days=length))
    found = list(buckets(period, grain))
    assert found[0].start <= period.start
    assert found[-1].end >= period.end
    assert all(after.start == one.end + timedelta(days=1) for one, after in itertools.pairwise(found))


def test_weeks_are_iso() -> None:
    assert label(date(2026, 1, 1), "week") == "2026-W01"
    assert label(date(2027, 1, 1), "week") == "2026-W53"
    assert parse_label("2026-W54") is None


def test_part_periods_are_known_as_such() -> None:
    week = bucket(D, "week")
    assert is_partial(week, D)
    assert not is_partial(week, date(2026, 11, 8))
    assert is_partial(week, date(2026, 12, 1), start=date(2026, 11, 3))


def test_elapsed_share() -> None:
    quarter = Period(date(2026, 10, 1), date(2026, 12, 31))
    assert quarter.elapsed_share(date(2026, 11, 8)) == 39 / 92
    assert quarter.elapsed_share(date(2026, 9, 1)) == 0
    assert quarter.elapsed_share(date(2027, 9, 1)) == 1


def test_filters_move_to_the_window_before_and_keep_the_rest() -> None:
    filters = Filters((("team", ("East",)),), date(2026, 10, 1), None)
    moved = previous_period(filters, D)
    assert moved == Filters((("team", ("East",)),), date(2026, 7, 1), date(2026, 8, 4))
    assert previous_period(Filters(), D) is None
