"""Buckets, part-periods, runs and earlier stretches, on days worked out by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from known_state import KnownState, lead

from salesanalytics.insight.maturity import cycle_days, mature_until
from salesanalytics.insight.series_asked import Stretch, alike, points_of, rows_of
from salesanalytics.insight.series_split import split
from salesanalytics.insight.time_series import Point, change, earlier, read, window
from salesanalytics.metrics.families import METRICS
from salesanalytics.metrics.periods import Period, label
from salesanalytics.metrics.run import ask
from salesanalytics.settings import DEFAULT_SETTINGS

SUNDAY, WEDNESDAY = date(2026, 11, 8), date(2026, 11, 11)


def test_the_last_buckets_end_with_the_period_or_the_as_of_date() -> None:
    weeks = window("week", None, None, WEDNESDAY)
    assert len(weeks) == 13
    assert weeks[-1] == Period(date(2026, 11, 9), date(2026, 11, 15))
    assert window("month", None, date(2026, 6, 10), WEDNESDAY)[-1].start == date(2026, 6, 1)


def test_a_longer_period_shows_all_its_buckets_up_to_a_limit() -> None:
    assert window("month", date(2025, 1, 15), None, WEDNESDAY)[0].start == date(2025, 1, 1)
    assert len(window("day", date(2020, 1, 1), None, WEDNESDAY)) == 92


def test_earlier_stretches_line_up_bucket_by_bucket() -> None:
    weeks = window("week", None, None, SUNDAY)
    before, year = earlier(weeks, "week", "previous"), earlier(weeks, "week", "year")
    assert len(before) == len(year) == len(weeks)
    assert (weeks[0].start - before[-1].end).days == 1
    assert year[-1].start == date(2025, 11, 3)
    assert year[-1].start.weekday() == 0
    quarters = earlier(window("quarter", None, None, SUNDAY), "quarter", "year")
    assert label(quarters[-1].start, "quarter") == "2025Q4"
    assert earlier(weeks, "week", "none") == ()


def at(day: int, value: float | None, *, days: int = 7, n: int = 50) -> Point:
    start = date(2026, 9, 7 + day) if day < 24 else date(2026, 10, day - 23)
    return Point(Period(start, date.fromordinal(start.toordinal() + 6)), days, value, n)


def test_a_part_period_never_takes_part_in_a_finding() -> None:
    found = read([at(0, 10), at(7, 12), at(14, 3, days=3)])
    assert found is not None
    assert (found.last.value, found.run) == (12, 1)


def test_a_run_breaks_at_a_turn_and_small_samples_are_not_compared() -> None:
    rising = read([at(0, 9), at(7, 5), at(14, 6), at(21, 7)])
    assert rising is not None
    assert (rising.run, rising.extreme) == (2, "")
    small = read([at(0, 0.9, n=3), at(7, 0.5)], least_sample=30)
    assert small is not None
    assert small.before is None
    assert read([at(0, 0.9, n=3)], least_sample=30) is None


def test_the_highest_shown_is_named() -> None:
    found = read([at(0, 1), at(7, 2), at(14, 1.5), at(21, 4)])
    assert found is not None
    assert found.extreme == "highest"


@pytest.mark.parametrize(
    ("metric", "now", "before", "expected"),
    [
        ("sales_amount", 120, 100, 0.2),
        ("sales_amount", 120, 0, None),
        ("closed_win_rate", 0.40, 0.45, -0.05),
        ("sales_cycle_median", 42, 45, -3),
        ("sales_amount", None, 3, None),
    ],
)
def test_changes_are_relative_for_amounts_and_differences_for_shares_and_days(
    metric: str, now: float | None, before: float | None, expected: float | None
) -> None:
    assert change(metric, now, before) == (None if expected is None else pytest.approx(expected))


def state() -> KnownState:
    wins = [("x", 100, 2), ("x", 50, 9), ("y", 30, 3), *((f"s{at}", 10 - at, 3) for at in range(6))]
    return KnownState(
        WEDNESDAY,
        [
            lead(
                str(place), "won", source=source, actual_amount=amount, won_on=date(2026, 11, day), first_contact_on=date(2026, 10, 1)
            )
            for place, (source, amount, day) in enumerate(wins)
        ],
    )  # fmt: skip


def test_points_are_what_ask_answers_and_the_running_week_is_partial() -> None:
    view, weeks = state().view(), window("week", None, None, WEDNESDAY)
    stretch = Stretch("week", weeks, (), WEDNESDAY, WEDNESDAY)
    rows, rebuilt = rows_of(lambda query: ask(view, query, DEFAULT_SETTINGS), ["sales_amount"], stretch)
    found = points_of(rows, METRICS["sales_amount"], stretch)
    assert not rebuilt
    assert [point.value for point in found[-2:]] == [100 + 30 + 45, 50]
    assert [point.partial for point in found[-2:]] == [False, True]
    assert found[-1].days == 3
    assert found[0].value == 0


def test_a_split_shows_five_and_the_rest_adds_up() -> None:
    view, weeks = state().view(), window("week", None, None, WEDNESDAY)
    stretch = Stretch("week", weeks, (), WEDNESDAY, WEDNESDAY)
    asked = split(lambda query: ask(view, query, DEFAULT_SETTINGS), [METRICS["sales_amount"]], stretch, "source")
    parts = asked["sales_amount"]
    assert [part.value for part in parts] == ["x", "y", "s0", "s1", "s2", ""]
    assert (parts[-1].rest, parts[-1].total) == (3, 7 + 6 + 5)
    assert sum(part.total or 0 for part in parts) == 100 + 50 + 30 + 45


def test_a_year_back_is_the_same_iso_week_and_a_week_53_meets_the_last_one() -> None:
    weeks = window("week", None, None, date(2027, 1, 10))  # 2026 has a week 53
    year = earlier(weeks, "week", "year")
    pairs = [(label(now.start, "week"), label(then.start, "week")) for now, then in zip(weeks, year, strict=True)]
    assert pairs[-3:] == [("2026-W52", "2025-W52"), ("2026-W53", "2025-W52"), ("2027-W01", "2026-W01")]
    assert all(one.start.weekday() == 0 and one.days == 7 for one in year)
    assert earlier((Period(date(2026, 11, 8), date(2026, 11, 8)),), "day", "year")[0].start == date(2025, 11, 9)


def test_earlier_buckets_are_cut_as_these_are() -> None:
    weeks = window("week", None, None, WEDNESDAY)[-3:]
    now = Stretch("week", weeks, (), WEDNESDAY, WEDNESDAY, weeks[0].start + timedelta(days=4))
    then = alike(now, earlier(weeks, "week", "year"))
    assert [(then.counted(one).days, now.counted(this).days) for one, this in zip(then.buckets, weeks, strict=True)] == [
        (3, 3), (7, 7), (3, 3)
    ]  # fmt: skip
    assert then.filters.end == date(2025, 11, 12)


def test_cohorts_too_young_to_judge_take_no_part() -> None:
    view = KnownState(
        SUNDAY,
        [
            lead(str(days), "won", first_contact_on=date(2026, 5, 1), won_on=date.fromordinal(date(2026, 5, 1).toordinal() + days))
            for days in (10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110)
        ],
    ).view()  # fmt: skip
    days = cycle_days(view)
    assert days == 90
    assert mature_until("lead_conversion", SUNDAY, days) == date(2026, 8, 10)
    assert mature_until("sales_amount", SUNDAY, days) is None
    assert cycle_days(KnownState(SUNDAY).view()) is None
    found = read([at(0, 0.5), at(7, 0.4), at(14, 0.1)], mature=date(2026, 9, 20))
    assert found is not None
    assert found.last.value == 0.4
