"""Retention and dwell, stage by stage: table in, expected out."""

from datetime import date, timedelta

import pytest
from known_state import KnownState, lead

from salesanalytics.metrics import METRICS, Filters, MetricQuery, MetricResult, MetricRow, ask
from salesanalytics.metrics.funnel import stage_funnel
from salesanalytics.metrics.rows import rows_behind
from salesanalytics.metrics.wilson import bounds
from salesanalytics.settings import DEFAULT_SETTINGS

D = date(2026, 11, 8)


def ago(days: int) -> date:
    return D - timedelta(days=days)


STATE = KnownState(
    D,
    [
        # a lead for 10 days, an opportunity for 20, then won: being won is an end and no stay
        lead("1", "won", owner="Li", first_contact_on=ago(40), won_on=ago(10), entered={"opportunity": ago(30)}),
        # a lead for 20 days, then an opportunity until it was lost after 30
        lead(
            "2",
            "lost",
            owner="Li",
            reached="opportunity",
            first_contact_on=ago(60),
            lost_on=ago(10),
            entered={"opportunity": ago(40)},
        ),
        # a lead for 30 days, and an opportunity for 40 so far
        lead("3", "opportunity", owner="Wang", first_contact_on=ago(70), entered={"opportunity": ago(40)}),
        lead("4", owner="Wang", first_contact_on=ago(50)),  # a lead for 50 days so far
        lead("5", "lost", owner="Wang", reached="lead", first_contact_on=ago(25), lost_on=ago(20)),
        lead("6", "lost", owner="Wang", first_contact_on=ago(9), lost_on=ago(5)),  # from nobody knows where
        lead("7", owner="Wang"),  # undated
    ],
)


def asked(*metrics: str, by: tuple[str, ...] = (), state: KnownState = STATE, **filters: object) -> MetricResult:
    return ask(state.view(), MetricQuery(metrics, by, Filters(**filters)), DEFAULT_SETTINGS)


def row(*metrics: str, state: KnownState = STATE, **filters: object) -> MetricRow:
    return asked(*metrics, state=state, **filters).total


def by_stage(metric: str, state: KnownState = STATE, **filters: object) -> dict[str | None, MetricRow]:
    return {found.dims["stage"]: found for found in asked(metric, by=("stage",), state=state, **filters).rows}


def test_stage_retention_is_who_was_not_lost_from_the_stage_of_who_reached_it() -> None:
    found = by_stage("stage_retention")
    counted = {stage: (each.k["stage_retention"], each.n["stage_retention"]) for stage, each in found.items()}
    # 5 was lost as a lead; 6 counts there too, for want of knowing better
    assert counted == {"lead": (5, 7), "opportunity": (2, 3)}
    assert bounds(METRICS["stage_retention"], found["lead"]) == (5 / 7, 6 / 7)


def test_stage_retention_of_all_stages_is_a_ratio_of_sums() -> None:
    found = row("stage_retention")
    # the mean of 5 of 7 and 2 of 3 would be 0.69
    assert (found.k["stage_retention"], found.n["stage_retention"]) == (7, 10)
    assert found.values["stage_retention"] == 0.7


def test_stage_retention_of_a_period_is_of_those_who_entered_the_stage_in_it() -> None:
    found = by_stage("stage_retention", start=ago(50), end=ago(35))
    counted = {stage: (each.k["stage_retention"], each.n["stage_retention"]) for stage, each in found.items()}
    assert counted == {"lead": (2, 2), "opportunity": (1, 2)}


def test_stage_dwell_median_counts_who_is_still_there_for_as_long_as_they_have_been() -> None:
    found = by_stage("stage_dwell_median")
    # leads left after 4, 5, 10, 20, 30 days, one is there for 50: 5/6, 4/6, 3/6 - half at 10
    assert found["lead"].values["stage_dwell_median"] == 10
    assert (found["lead"].k["stage_dwell_median"], found["lead"].n["stage_dwell_median"]) == (5, 6)
    assert found["lead"].left_out["stage_dwell_median"] == 1
    # opportunities left after 20 and 30 days, one is there for 40: 2/3, 1/3 - half at 30; without it, it would read 20
    assert found["opportunity"].values["stage_dwell_median"] == 30
    assert (found["opportunity"].k["stage_dwell_median"], found["opportunity"].n["stage_dwell_median"]) == (2, 3)


def test_stage_dwell_median_of_a_stage_that_most_have_not_left_does_not_exist() -> None:
    rows = [lead("gone", "lost", reached="lead", first_contact_on=ago(9), lost_on=ago(8))]
    rows += [lead(f"here{i}", first_contact_on=ago(60)) for i in range(3)]
    found = row("stage_dwell_median", "stage_dwell_mean", state=KnownState(D, rows))
    # those who left took a day: that is all the mean can see
    assert found.values == {"stage_dwell_median": None, "stage_dwell_mean": 1}


def test_stage_dwell_mean_is_of_finished_stays_only() -> None:
    found = by_stage("stage_dwell_mean")
    means = {stage: (each.values["stage_dwell_mean"], each.n["stage_dwell_mean"]) for stage, each in found.items()}
    assert means == {"lead": (pytest.approx((10 + 20 + 30 + 5 + 4) / 5), 5), "opportunity": (25, 2)}


def test_dwell_is_that_of_the_funnel() -> None:
    medians, means = by_stage("stage_dwell_median"), by_stage("stage_dwell_mean")
    for stage in stage_funnel(STATE.view(), DEFAULT_SETTINGS).stages:
        if stage.stage in medians:
            assert medians[stage.stage].values["stage_dwell_median"] == stage.dwell.median
            assert means[stage.stage].values["stage_dwell_mean"] == pytest.approx(stage.dwell.mean)
            assert stage.dwell.left + stage.dwell.still == medians[stage.stage].n["stage_dwell_median"]


def test_a_stage_that_was_skipped_was_stayed_in_by_nobody() -> None:
    skipped = lead("1", "opportunity", first_contact_on=ago(30), entered={"opportunity": ago(10)})
    state = KnownState(D, [skipped, lead("2", "prospect", first_contact_on=ago(9), entered={"prospect": ago(4)})])
    found = by_stage("stage_dwell_median", state=state)["prospect"]
    assert (found.n["stage_dwell_median"], found.left_out["stage_dwell_median"]) == (1, 1)


def test_coming_back_to_a_stage_counts_its_stay_once() -> None:
    entries = [
        {"customer_id": "1", "stage": stage, "stage_order": order, "entered_on": ago(day), "source": "stage_after"}
        for stage, order, day in (("opportunity", 3, 30), ("prospect", 2, 20), ("opportunity", 3, 10))
    ]
    rows = [lead("1", "opportunity", first_contact_on=ago(40), entered={"opportunity": ago(30)})]
    state = KnownState(D, rows, stage_entries=entries)
    found = by_stage("stage_retention", state=state)["opportunity"]
    assert found.n["stage_retention"] == 1
    assert by_stage("stage_dwell_median", state=state)["opportunity"].n["stage_dwell_median"] == 1


def test_dwell_stands_beside_other_metrics_in_any_cut() -> None:
    answer = asked("leads", "stage_dwell_median", "open_amount", by=("owner",)).rows
    assert [(found.dims["owner"], *found.values.values()) for found in answer] == [
        ("Li", 2, 20, 0),
        ("Wang", 5, 30, None),
    ]
    by_month = asked("stage_dwell_median", by=("month",), where=(("stage", ("opportunity",)),)).rows
    assert {found.dims["month"]: found.values["stage_dwell_median"] for found in by_month} == {
        "2026-09": 30,
        "2026-10": 20,
    }


def test_the_rows_behind_the_dwell_of_a_stage_are_its_customers() -> None:
    only = Filters(where=(("stage", ("opportunity",)),))
    for metric, customers in (("stage_dwell_median", {"1", "2", "3"}), ("stage_dwell_mean", {"1", "2"})):
        rows = rows_behind(STATE.view(), metric, only, DEFAULT_SETTINGS)
        assert {found["customer_id"] for found in rows} == customers
        assert all(found["stage"] == "opportunity" and found["file"] and found["row"] for found in rows)
    lost = [found for found in rows_behind(STATE.view(), "stage_retention", only, DEFAULT_SETTINGS) if not found["hit"]]
    assert [found["customer_id"] for found in lost] == ["2"]
