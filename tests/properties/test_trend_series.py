"""Trends against pandas over the very rows: buckets of what adds up sum to the period, a split and its rest are the whole, and averages are pooled."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
from random_companies import COMPANIES, Company, Opened, opened

from salesanalytics.insight.moving_average import asks_windows, can_average, moving_average
from salesanalytics.insight.series_asked import Stretch, points_of, rows_of
from salesanalytics.insight.series_split import split
from salesanalytics.insight.split_averages import over_windows, with_averages
from salesanalytics.insight.time_series import window
from salesanalytics.metrics import METRICS, Filters, MetricQuery, MetricResult, ask
from salesanalytics.settings import DEFAULT_SETTINGS

FEWER = settings(max_examples=max(3, settings().max_examples // 5))
FLOWS = (
    "new_leads",
    "sales_amount",
    "lost_customers",
    "closed_win_rate",
    "mean_deal",
    "sales_cycle_median",
    "core_customers",
)
WIDTH = 3


def _desk(found: Opened) -> Any:
    known: dict[MetricQuery, MetricResult] = {}

    def asked(query: MetricQuery) -> MetricResult:
        if query not in known:
            known[query] = ask(found.view(), query, DEFAULT_SETTINGS, found.view_at)
        return known[query]

    return asked


def _stretch(found: Opened, grain: str, cut: int) -> Stretch:
    shown = window(grain, None, None, found.as_of)
    return Stretch(
        grain, shown, (), found.as_of - timedelta(days=cut), found.as_of, shown[0].start + timedelta(days=cut)
    )


def _closed(found: Opened) -> pd.DataFrame:
    rows = found.view().fetch(
        "SELECT source, is_won, is_lost, won_on, lost_on, first_contact_on, deal_amount FROM leads"
    )
    names = ["source", "is_won", "is_lost", "won_on", "lost_on", "first_contact_on", "deal_amount"]
    frame = pd.DataFrame(rows, columns=names)
    frame["on"] = pd.to_datetime(frame["won_on"].where(frame["is_won"].astype(bool), frame["lost_on"]))
    frame["deal_amount"] = frame["deal_amount"].astype(float)
    return frame[frame["is_won"].astype(bool) | frame["is_lost"].astype(bool)]


def _within(frame: pd.DataFrame, first: Any, last: Any) -> pd.DataFrame:
    return frame[(frame["on"] >= pd.Timestamp(first)) & (frame["on"] <= pd.Timestamp(last))]


@FEWER
@given(COMPANIES, st.sampled_from(("day", "week", "month", "quarter")), st.integers(0, 5))
def test_buckets_and_parts_sum_to_the_period(company: Company, grain: str, cut: int) -> None:
    with opened(company) as found:
        asked, stretch = _desk(found), _stretch(found, grain, 0 if grain == "day" else cut)
        closed = _closed(found)
        first, last = stretch.period.start, stretch.until
        rows, _ = rows_of(asked, FLOWS, stretch)
        parts = split(asked, [METRICS[name] for name in FLOWS], stretch, "source", most=2)
        won = _within(closed, first, last)
        won = won[won["is_won"].astype(bool)]
        points = points_of(rows, METRICS["sales_amount"], stretch)
        assert sum(point.value or 0 for point in points) == pytest.approx(won["deal_amount"].sum())
        for name in ("new_leads", "sales_amount", "lost_customers"):
            metric = METRICS[name]
            whole = points_of(rows, metric, stretch)
            total = asked(MetricQuery((name,), (), Filters((), first, last))).total
            assert sum(point.value or 0 for point in whole) == pytest.approx(total.values[name] or 0)
            for at, point in enumerate(whole):
                # a part without rows the metric could count has no value, which adds nothing
                assert sum(part.points[at].value or 0 for part in parts[name]) == pytest.approx(point.value or 0)


@FEWER
@given(COMPANIES, st.sampled_from(("week", "month")))
def test_the_rest_is_a_whole_of_its_own_rows(company: Company, grain: str) -> None:
    with opened(company) as found:
        asked, stretch = _desk(found), _stretch(found, grain, 0)
        closed = _closed(found)
        parts = split(asked, [METRICS[name] for name in FLOWS], stretch, "source", most=1)
        for part in parts["closed_win_rate"]:
            own = closed[closed["source"].fillna("").isin(part.values)]
            for point in part.points:
                mine = _within(own, point.counted.start, point.counted.end)
                assert point.n == len(mine)
                rate = mine["is_won"].astype(bool).mean() if len(mine) else None
                assert point.value == (None if rate is None else pytest.approx(rate))


@FEWER
@given(COMPANIES, st.sampled_from(("week", "month")))
def test_averages_are_what_the_window_as_a_whole_is(company: Company, grain: str) -> None:
    with opened(company) as found:
        asked, stretch = _desk(found), _stretch(found, grain, 0)
        stretch = Stretch(grain, stretch.buckets, (), stretch.until, stretch.as_of)
        metrics = [METRICS[name] for name in FLOWS]
        rows, _ = rows_of(asked, FLOWS, stretch)
        closed = _closed(found)
        for metric in metrics:
            points = points_of(rows, metric, stretch)
            over = over_windows(asked, metrics, stretch, WIDTH, metric)
            found_averages = moving_average(points, metric, WIDTH, over)
            for at, value in enumerate(found_averages):
                if at + 1 < WIDTH or points[at].partial:
                    assert value is None
                    continue
                first, last = points[at - WIDTH + 1].whole.start, points[at].whole.end
                told = asked(MetricQuery((metric.name,), (), Filters((), first, last))).total.values[metric.name]
                if metric.adds_up:
                    told = None if told is None else told / WIDTH
                if value is not None or not metric.adds_up:
                    assert value == (None if told is None else pytest.approx(told)), metric.name
                if metric.name == "closed_win_rate":
                    mine = _within(closed, first, last)
                    assert value == (pytest.approx(mine["is_won"].astype(bool).mean()) if len(mine) else None)


@FEWER
@given(COMPANIES)
def test_each_line_of_a_split_is_averaged_over_its_own_rows(company: Company) -> None:
    with opened(company) as found:
        asked, stretch = _desk(found), _stretch(found, "week", 0)
        stretch = Stretch("week", stretch.buckets, (), stretch.until, stretch.as_of)
        names = ("closed_win_rate", "sales_cycle_median")
        metrics = [METRICS[name] for name in names]
        parts = split(asked, metrics, stretch, "source", most=1)
        assert [asks_windows(metric) for metric in metrics] == [False, True]
        assert all(can_average(metric) for metric in metrics)
        for metric in metrics:
            told = with_averages(asked, metrics, stretch, "source", parts[metric.name], WIDTH, None, metric)
            for part in told:
                narrowed = stretch.narrowed("source", part.values)
                for average, point in zip(part.averages, part.points[WIDTH - 1 :], strict=True):
                    if point.partial:
                        assert average is None
                        continue
                    days = Filters(narrowed.where, point.whole.start - timedelta(weeks=WIDTH - 1), point.whole.end)
                    one = asked(MetricQuery((metric.name,), (), days)).total.values[metric.name]
                    assert average == (None if one is None else pytest.approx(one))
