"""Known wrong in the field, each a trap: every one of these once shipped in somebody's dashboard."""

from datetime import date, timedelta

import pytest
from known_state import KnownState, lead

from salesanalytics.metrics import Filters, MetricQuery, MetricRow, ask
from salesanalytics.metrics.funnel import stage_funnel
from salesanalytics.metrics.periods import Period, named, previous
from salesanalytics.settings import DEFAULT_SETTINGS

D = date(2026, 11, 8)


def ago(days: int) -> date:
    return D - timedelta(days=days)


def total(state: KnownState, *metrics: str) -> MetricRow:
    return ask(state.view(), MetricQuery(metrics), DEFAULT_SETTINGS).total


def test_fan_out_follow_ups_and_instalments_multiply_nothing() -> None:
    rows = [lead("1", "won", won_on=ago(1), actual_amount=100), lead("2", "quote", expected_amount=10)]
    names = ("leads", "sales_amount", "open_amount", "weighted_pipeline", "risk_amount", "closed_win_rate")
    bare = total(KnownState(D, rows), *names)
    busy = KnownState(
        D,
        rows,
        followups=[{"followup_id": str(i), "customer_id": "1"} for i in range(5)],
        contracts=[
            {"contract_id": "H", "customer_id": "1", "due_on": ago(i), "contract_amount": 100} for i in range(3)
        ],
    )
    assert total(busy, *names) == bare
    assert total(busy, "contracted").values["contracted"] == 100


def test_a_ratio_is_taken_from_sums_and_is_no_mean_of_ratios() -> None:
    # North wins 1 of 1, South 1 of 9: together 2 of 10 and not (100 % + 11 %) / 2
    rows = [lead("n", "won", region="N", won_on=ago(1)), lead("s", "won", region="S", won_on=ago(1))]
    rows += [lead(f"s{i}", "lost", region="S", reached="lead", lost_on=ago(1)) for i in range(8)]
    assert total(KnownState(D, rows), "closed_win_rate").values["closed_win_rate"] == 0.2


def test_re_entering_a_stage_counts_once() -> None:
    entries = [
        {"customer_id": "1", "stage": stage, "stage_order": order, "entered_on": ago(day), "source": "stage_after"}
        for stage, order, day in (("opportunity", 3, 30), ("prospect", 2, 20), ("opportunity", 3, 10))
    ]
    state = KnownState(
        D, [lead("1", "opportunity", first_contact_on=ago(40), entered={"opportunity": ago(30)})], stage_entries=entries
    )
    opportunity = next(s for s in stage_funnel(state.view(), DEFAULT_SETTINGS).stages if s.stage == "opportunity")
    assert opportunity.customers == 1
    assert total(state, "opportunity_win_rate").n["opportunity_win_rate"] == 1


def test_lost_deals_stay_in_the_denominator() -> None:
    rows = [lead("1", "won"), *(lead(f"l{i}", "lost", reached="opportunity") for i in range(3))]
    stages = stage_funnel(KnownState(D, rows).view(), DEFAULT_SETTINGS).stages
    assert [(stage.customers, stage.conversion) for stage in stages if stage.stage == "opportunity"] == [(4, 0.25)]
    assert total(KnownState(D, rows), "opportunity_win_rate").values["opportunity_win_rate"] == 0.25


def test_the_previous_window_is_not_a_day_shorter() -> None:
    last_90 = named("last-90-days", D)
    assert last_90 is not None
    before = previous(last_90, D)
    assert (last_90.days, before.days) == (90, 90)
    assert before.end + timedelta(days=1) == last_90.start
    assert previous(Period(date(2026, 11, 2), D), D) == Period(date(2026, 10, 26), date(2026, 11, 1))


def test_a_30_day_rate_leaves_out_leads_a_week_old() -> None:
    rows = [lead("old", "won", first_contact_on=ago(40), won_on=ago(30))]
    rows += [lead(f"young{i}", first_contact_on=ago(7)) for i in range(9)]
    found = total(KnownState(D, rows), "win_rate_30d")
    assert (found.values["win_rate_30d"], found.n["win_rate_30d"], found.left_out["win_rate_30d"]) == (1, 1, 9)


def test_what_is_lost_is_in_no_pipeline() -> None:
    rows = [lead("open", "quote", expected_amount=10), lead("lost", "lost", reached="quote", expected_amount=90)]
    assert total(KnownState(D, rows), "open_amount", "weighted_pipeline").values == {
        "open_amount": 10,
        "weighted_pipeline": pytest.approx(6),
    }


def test_a_stub_week_is_compared_with_as_many_days() -> None:
    # D on a Tuesday: two leads on Monday and Tuesday, against two of last week's nine
    tuesday = date(2026, 11, 3)
    rows = [lead(f"now{i}", first_contact_on=tuesday - timedelta(days=i)) for i in range(2)]
    rows += [lead(f"then{i}", first_contact_on=date(2026, 10, 26) + timedelta(days=i)) for i in range(7)]
    week = named("this-week", tuesday)
    assert week is not None
    before = previous(week, tuesday)
    view = KnownState(tuesday, rows).view()
    counts = [
        ask(view, MetricQuery(("leads",), (), Filters((), p.start, p.end)), DEFAULT_SETTINGS).total.values["leads"]
        for p in (week, before)
    ]
    assert counts == [2, 2]
