"""Every number of the Trends page is the answer to the question it opens: of points, of the past, of a split's parts and its rest, of stocks then."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
import streamlit as st

from salesanalytics.charts.tokens import LIGHT
from salesanalytics.metrics.types import MetricQuery
from salesanalytics.settings import DEFAULT_SETTINGS
from salesanalytics.ui.csv_file import csv_bytes
from salesanalytics.ui.data import Desk
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.periods import Period
from salesanalytics.ui.trends.answers import trends_of
from salesanalytics.ui.trends.chosen import Chosen, splits_of
from salesanalytics.ui.trends.download import csv_headers, csv_rows
from salesanalytics.ui.trends.metric_picker import families
from salesanalytics.ui.trends.opened import ACTUAL, PAST, found_number, number_id, question_behind
from salesanalytics.ui.trends.opened_derived import ATTAINED, AVERAGE, TARGET, derived
from salesanalytics.ui.view_state import ViewState

SHOWN = ("sales_amount", "closed_win_rate", "sales_cycle_median", "target_attainment", "open_amount")


def chosen_of(desk, names, grain, **choices):
    metrics = tuple(desk.metric(name) for name in names)
    return Chosen(metrics, grain, **{"bars": False, "split": None, "compare": "none", **choices})


def numbers(trend, place):
    series = [(ACTUAL, trend.points), (PAST, trend.past)] + [
        (str(at), part.points) for at, part in enumerate(trend.parts)
    ]
    # both ends, where buckets are cut, and some between them
    return [
        number_id(place, name, at)
        for name, points in series
        for at in range(len(points))
        if at in (0, len(points) - 1) or at % 5 == 2
    ]


@pytest.mark.parametrize(
    ("grain", "choices"),
    [
        ("week", {"compare": "previous"}),
        ("month", {"compare": "year"}),
        ("quarter", {"split": "owner", "most": 3}),
        ("month", {"split": "team", "most": 1}),
    ],
)
@pytest.mark.parametrize("cut", [False, True])
def test_a_number_is_what_its_question_answers(desk, grain, choices, cut):
    state = ViewState()
    if cut:  # days somebody chose: both ends lie within a bucket
        state = ViewState(None, Period.CUSTOM, desk.as_of - timedelta(days=100), desk.as_of - timedelta(days=2))
    frame = Frame("zh", "light", LIGHT, state, desk)
    names = SHOWN if "split" not in choices else SHOWN[:4]
    chosen = chosen_of(desk, names, grain, **choices)
    trends = trends_of(frame, chosen)
    opened = 0
    for place, trend in enumerate(trends):
        for number in numbers(trend, place):
            found = found_number(trends, number)
            assert found is not None
            if found[2].value is None:
                continue
            at, filters = question_behind(frame, chosen, *found)
            row = at.ask(MetricQuery((trend.metric.name,), (), filters)).total
            assert (row.values[trend.metric.name] or 0.0) == pytest.approx(found[2].value), (number, trend.metric.name)
            opened += 1
    assert opened > 10
    assert found_number(trends, "9/a/0") is found_number(trends, "nothing") is found_number(trends, "0/a/999") is None


def given(rows, side=None):
    return sum(row["numerator"] or 0.0 for row in rows if side is None or row["side"] == side)


@pytest.mark.parametrize("grain", ["week", "month"])
def test_targets_and_what_was_attained_are_what_their_rows_give(desk, grain):
    frame = Frame("zh", "light", LIGHT, ViewState(), desk)
    chosen = chosen_of(desk, ("sales_amount",), grain)
    trends = trends_of(frame, chosen)
    opened = 0
    for at, aim in list(enumerate(trends[0].target))[-1::-5]:
        target = derived(frame, chosen, trends, number_id(0, TARGET, at))
        if aim:
            row = target.desk.ask(MetricQuery((target.metric,), (), target.filters)).total
            assert row.values[target.metric] == pytest.approx(aim)
        attained = derived(frame, chosen, trends, number_id(0, ATTAINED, at))
        if aim and trends[0].points[at].value is not None:
            below = [row for row in attained.rows if row["side"] == "below"]
            assert all(row["file"] and row["sheet"] and row["row"] for row in below)
            assert given(attained.rows, "above") / given(attained.rows, "below") == pytest.approx(attained.value)
            assert attained.value == pytest.approx(trends[0].points[at].value / aim)
            opened += 1
    assert opened >= 2


def test_a_target_no_table_gives_says_where_it_comes_from(desk):
    frame = Frame("en", "light", LIGHT, ViewState(), desk)
    chosen = chosen_of(desk, ("proposals_on_time",), "month")
    trends = trends_of(frame, chosen)
    found = derived(frame, chosen, trends, number_id(0, TARGET, 0))
    assert found.rows is None  # a setting has no rows: an empty list would say that nobody matches
    assert "delivered with, 95.0%" in found.formula
    assert found.section == "analysis"
    assert found.value == trends[0].target[0] == 0.95


@pytest.mark.parametrize("choices", [{}, {"split": "team", "most": 1}])
def test_an_average_opens_over_the_days_of_its_window(desk, choices):
    frame = Frame("zh", "light", LIGHT, ViewState(), desk)
    names = (
        "new_leads",
        "sales_amount",
        "closed_win_rate",
        "sales_cycle_median",
        *(() if choices else ("open_amount", "target_amount")),
    )
    chosen = chosen_of(desk, names, "week", window=4, **choices)
    trends = trends_of(frame, chosen)
    opened = 0
    for place, trend in enumerate(trends):
        lines = [(str(part), one.averages) for part, one in enumerate(trend.parts)] or [("", trend.averages)]
        for part, values in lines:
            at = max((at for at, value in enumerate(values) if value is not None), default=None)
            if at is None:
                continue
            found = derived(frame, chosen, trends, number_id(place, f"{AVERAGE}{part}", at))
            if found.metric:
                value = found.desk.ask(MetricQuery((found.metric,), (), found.filters)).total.values[found.metric]
            else:
                value = given(found.rows) / 4
            assert value == pytest.approx(values[at]), trend.metric.name
            assert (found.filters.end - found.filters.start).days == 27
            opened += 1
    assert opened >= len(names)
    assert derived(frame, chosen, trends, "0/m/999") is derived(frame, chosen, trends, "9/t/0") is None


def test_several_metrics_are_one_question_a_kind(desk, monkeypatch):
    st.cache_data.clear()
    frame = Frame("zh", "light", LIGHT, ViewState(), desk)
    asked = []
    ask = Desk.ask
    monkeypatch.setattr(Desk, "ask", lambda self, query: asked.append(query) or ask(self, query))
    flows = ("sales_amount", "closed_win_rate", "new_leads", "first_response", "collected")
    trends_of(frame, chosen_of(desk, flows, "week", compare="year"))
    assert len(asked) <= 2  # these weeks, and those of last year
    assert asked[0].metrics == (*flows, "target_amount", "target_collected")


def test_a_part_week_meets_as_many_days_of_the_past(desk):
    wednesday = desk.as_of - timedelta(days=(desk.as_of.weekday() - 2) % 7)
    state = ViewState(None, Period.CUSTOM, wednesday - timedelta(days=40), wednesday)
    frame = Frame("zh", "light", LIGHT, state, desk)
    trend = trends_of(frame, chosen_of(desk, ("new_leads",), "week", compare="previous"))[0]
    assert trend.points[-1].days == 3
    assert trend.points[-1].partial
    assert [point.days for point in trend.past] == [point.days for point in trend.points]


def test_a_share_is_averaged_over_its_rows_and_downloaded_with_n(desk):
    frame = Frame("en", "light", LIGHT, ViewState(), desk)
    chosen = chosen_of(desk, ("closed_win_rate", "new_leads"), "week", window=4)
    trends = trends_of(frame, chosen)
    rate = trends[0]
    last = max(at for at, value in enumerate(rate.averages) if value is not None)
    inside = rate.points[last - 3 : last + 1]
    pooled = sum(point.k or 0 for point in inside) / sum(point.n for point in inside)
    assert rate.averages[last] == pytest.approx(pooled)
    content = csv_bytes(csv_rows(chosen, trends), csv_headers(chosen, trends, "en")).decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(content)))
    assert len(lines) == len(rate.points)
    assert float(lines[last]["Closed win rate · 4-week average"]) == pytest.approx(pooled)
    assert int(lines[last]["Closed win rate · n"]) == rate.points[last].n
    assert float(lines[last]["New leads"]) == trends[1].points[last].value


def test_splits_are_those_all_metrics_have(desk):
    metrics = {
        name: desk.metric(name) for name in ("sales_amount", "target_attainment", "effective_share", "channel_cost")
    }
    whole = splits_of((metrics["sales_amount"],), DEFAULT_SETTINGS, ("custom:产品线",))
    assert {"team", "owner", "industry", "custom:产品线"} <= set(whole)
    assert splits_of((metrics["sales_amount"], metrics["target_attainment"]), DEFAULT_SETTINGS) == (
        "team",
        "owner",
        "region",
    )
    assert "method" in splits_of((metrics["effective_share"],), DEFAULT_SETTINGS)
    assert splits_of((metrics["channel_cost"],), DEFAULT_SETTINGS, ("custom:产品线",)) == ("source",)


def test_metrics_are_offered_by_family_in_their_order(desk):
    offered = {name: desk.metric(name) for name in ("pace", "sales_amount", "target_amount", "won_customers")}
    assert families(offered) == {"targets": ["pace", "target_amount"], "results": ["sales_amount", "won_customers"]}
