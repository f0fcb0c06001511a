"""Moving averages on figures worked out by hand: sums a bucket, pooled ratios, medians of the window's own rows, and where there is none."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from salesanalytics.insight.moving_average import asks_windows, can_average, moving_average
from salesanalytics.insight.time_series import Point
from salesanalytics.metrics.families import METRICS
from salesanalytics.metrics.periods import Period

MONDAY = date(2026, 9, 7)


def weeks(*figures: tuple[float | None, int, float | None], last_days: int = 7) -> list[Point]:
    points = []
    for at, (value, n, k) in enumerate(figures):
        start = MONDAY + timedelta(weeks=at)
        days = last_days if at == len(figures) - 1 else 7
        points.append(Point(Period(start, start + timedelta(days=6)), days, value, n, k))
    return points


def test_a_sum_is_averaged_a_bucket() -> None:
    points = weeks((10, 1, None), (20, 1, None), (60, 2, None), (0, 0, None))
    assert moving_average(points, METRICS["sales_amount"], 3) == (None, None, 30, pytest.approx(80 / 3))


def test_a_share_is_pooled_and_not_a_mean_of_ratios() -> None:
    points = weeks((1.0, 1, 1), (0.1, 100, 10))
    found = moving_average(points, METRICS["closed_win_rate"], 2)[1]
    assert found == pytest.approx(11 / 101)
    naive = (1.0 + 0.1) / 2
    assert found != pytest.approx(naive)
    assert naive > 5 * (found or 1)


def test_weeks_without_anybody_weigh_nothing() -> None:
    points = weeks((None, 0, None), (0.5, 10, 5))
    assert moving_average(points, METRICS["closed_win_rate"], 2)[1] == 0.5
    assert moving_average(weeks((None, 0, None), (None, 0, None)), METRICS["closed_win_rate"], 2)[1] is None


def test_a_median_is_asked_over_the_days_of_the_window() -> None:
    asked: list[Period] = []

    def over(days: Period) -> float:
        asked.append(days)
        return 9.0

    assert moving_average(weeks((1, 1, None), (5, 1, None), (7, 1, None)), METRICS["first_response"], 2, over) == (
        None,
        9,
        9,
    )
    assert asked[0] == Period(MONDAY, MONDAY + timedelta(days=13))


def test_part_periods_and_unrecorded_times_have_none() -> None:
    points = weeks((10, 1, None), (20, 1, None), (5, 1, None), last_days=3)
    assert moving_average(points, METRICS["sales_amount"], 2) == (None, 15, None)
    begin = MONDAY + timedelta(days=9)  # in the second week: the first one was not recorded
    assert moving_average(points, METRICS["sales_amount"], 2, None, begin) == (None, None, None)


def test_a_stock_is_averaged_as_it_stood_and_its_ratio_not_at_all() -> None:
    assert moving_average(weeks((10, 1, None), (20, 1, None)), METRICS["open_amount"], 2) == (None, 15)
    velocity = METRICS["sales_velocity"]
    assert not can_average(velocity)
    assert moving_average(weeks((10, 1, None), (20, 1, None)), velocity, 2, lambda days: 1.0) == (None, None)


def test_what_the_buckets_alone_do_not_tell_is_asked() -> None:
    asked = {name for name, metric in METRICS.items() if asks_windows(metric)}
    assert {"sales_cycle_median", "core_customers", "collection_rate", "target_attainment", "return_on_cost"} <= asked
    assert not asked & {"sales_amount", "closed_win_rate", "mean_deal", "open_amount"}
