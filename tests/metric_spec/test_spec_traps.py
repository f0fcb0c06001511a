"""Known wrong in the field, each a trap. Every test also computes the naive figure somebody once shipped, and shows that ours is another."""

from datetime import date, timedelta
from statistics import fmean
from typing import Any

import pytest
from known_state import KnownState, lead

from salesanalytics.insight.headline import headlines
from salesanalytics.metrics import METRICS, Filters, MetricQuery, MetricRow, ask
from salesanalytics.metrics.funnel import stage_funnel
from salesanalytics.metrics.periods import Period, named, previous
from salesanalytics.settings import DEFAULT_SETTINGS

D = date(2026, 11, 8)


def ago(days: int) -> date:
    return D - timedelta(days=days)


def total(state: KnownState, *metrics: str, **filters: Any) -> MetricRow:
    return ask(state.view(), MetricQuery(metrics, (), Filters(**filters)), DEFAULT_SETTINGS).total


def stage(state: KnownState, name: str) -> Any:
    return next(found for found in stage_funnel(state.view(), DEFAULT_SETTINGS).stages if found.stage == name)


def test_fan_out_follow_ups_and_instalments_multiply_nothing() -> None:
    rows = [lead("1", "won", won_on=ago(1), actual_amount=100), lead("2", "quote", expected_amount=10)]
    calls = [{"followup_id": str(i), "customer_id": "1" if i < 5 else "2"} for i in range(8)]
    paid = [
        {"contract_id": "H", "customer_id": "1", "due_on": ago(i), "signed_on": ago(9), "contract_amount": 100}
        for i in range(3)
    ]
    busy = KnownState(D, rows, followups=calls, contracts=paid)
    # leads joined with their log, contracts with their instalments
    joined = [row for row in rows for call in calls if call["customer_id"] == row["customer_id"]]
    naive = {
        "leads": len(joined),
        "sales_amount": sum(row["deal_amount"] for row in joined if row["is_won"]),
        "open_amount": sum(row["expected_amount"] for row in joined if row["is_open"]),
        "contracted": sum(row["contract_amount"] for row in paid),
    }
    found = total(busy, *naive).values
    assert found == {"leads": 2, "sales_amount": 100, "open_amount": 10, "contracted": 100}
    assert naive == {"leads": 8, "sales_amount": 500, "open_amount": 30, "contracted": 300}
    # whatever does not speak of the log or of contracts is untouched by them
    silent = ("weighted_pipeline", "risk_amount", "closed_win_rate", "lead_conversion", "mean_deal", "sales_cycle_mean")
    assert total(busy, *silent) == total(KnownState(D, rows), *silent)


@pytest.mark.parametrize(
    ("metric", "shares"),
    [("closed_win_rate", (0.2, 0.5555555555555556)), ("opportunity_win_rate", (0.2, 0.5555555555555556))],
)
def test_a_ratio_is_taken_from_sums_and_is_no_mean_of_ratios(metric: str, shares: tuple[float, float]) -> None:
    # North wins 1 of 1, South 1 of 9: together 2 of 10 and not (100 % + 11 %) / 2
    rows = [lead("n", "won", region="N", won_on=ago(1)), lead("s", "won", region="S", won_on=ago(1))]
    rows += [lead(f"s{i}", "lost", region="S", reached="opportunity", lost_on=ago(1)) for i in range(8)]
    state = KnownState(D, rows)
    parts = ask(state.view(), MetricQuery((metric,), ("region",)), DEFAULT_SETTINGS).rows
    naive = fmean(part.values[metric] or 0 for part in parts)
    assert (total(state, metric).values[metric], naive) == pytest.approx(shares)


def test_a_mean_is_no_mean_of_means() -> None:
    rows = [lead("a", "won", owner="Li", won_on=ago(1), actual_amount=900, first_contact_on=ago(91))]
    rows += [
        lead(f"b{i}", "won", owner="Wang", won_on=ago(1), actual_amount=100, first_contact_on=ago(11)) for i in range(3)
    ]
    state = KnownState(D, rows)
    names = ("mean_deal", "sales_cycle_mean")
    parts = ask(state.view(), MetricQuery(names, ("owner",)), DEFAULT_SETTINGS).rows
    naive = {name: fmean(part.values[name] or 0 for part in parts) for name in names}
    assert naive == {"mean_deal": 500, "sales_cycle_mean": 50}
    assert total(state, *names).values == {"mean_deal": 300, "sales_cycle_mean": 30}


def test_re_entering_a_stage_counts_once() -> None:
    entries = [
        {"customer_id": "1", "stage": stage, "stage_order": order, "entered_on": ago(day), "source": "stage_after"}
        for stage, order, day in (("opportunity", 3, 30), ("prospect", 2, 20), ("opportunity", 3, 10))
    ]
    rows = [lead("1", "opportunity", first_contact_on=ago(40), entered={"prospect": ago(35), "opportunity": ago(30)})]
    rows += [lead("2", "won", first_contact_on=ago(40), entered={"opportunity": ago(30)}, won_on=ago(3))]
    state = KnownState(D, rows, stage_entries=entries)
    naive = sum(entry["stage"] == "opportunity" for entry in entries) + 1  # rows of the log, not customers
    assert (stage(state, "opportunity").customers, naive) == (2, 3)
    found = total(state, "opportunity_win_rate", "stage_conversion_flow", start=ago(31), end=D)
    assert found.n["opportunity_win_rate"] == 2
    assert (found.values["opportunity_win_rate"], 1 / naive) == (1 / 2, 1 / 3)
    assert (
        total(state, "opportunity_win_rate", start=ago(11), end=D).n["opportunity_win_rate"] == 0
    )  # the first entry counts


def test_lost_deals_stay_in_the_denominator() -> None:
    rows = [
        lead("1", "won"),
        *(lead(f"l{i}", "lost", reached="opportunity") for i in range(3)),
        lead("2", "opportunity"),
    ]
    state = KnownState(D, rows)
    alive = [row for row in rows if not row["is_lost"]]
    naive = sum(row["is_won"] for row in alive) / len(alive)
    found = stage(state, "opportunity")
    assert (found.customers, found.conversion, naive) == (5, 0.2, 0.5)
    names = ("opportunity_win_rate", "lead_conversion", "stage_conversion")
    assert total(state, *names).values["opportunity_win_rate"] == 0.2
    by_stage = ask(state.view(), MetricQuery(("stage_conversion",), ("stage",)), DEFAULT_SETTINGS).rows
    assert {row.dims["stage"]: row.values["stage_conversion"] for row in by_stage}["opportunity"] == 0.2


def test_the_previous_window_is_not_a_day_shorter() -> None:
    last_90 = named("last-90-days", D)
    assert last_90 is not None
    naive = Period(last_90.start - (last_90.end - last_90.start), last_90.start - timedelta(days=1))
    before = previous(last_90, D)
    assert (last_90.days, before.days, naive.days) == (90, 90, 89)
    assert before.end + timedelta(days=1) == last_90.start
    assert previous(Period(date(2026, 11, 2), D), D) == Period(date(2026, 10, 26), date(2026, 11, 1))
    # one lead a day: nothing grew, though the shorter window says so
    view = KnownState(D, [lead(f"{i:03}", first_contact_on=ago(i)) for i in range(200)]).view()

    def leads(window: Period) -> float | None:
        filters = Filters((), window.start, window.end)
        return ask(view, MetricQuery(("leads",), (), filters), DEFAULT_SETTINGS).total.values["leads"]

    assert [leads(window) for window in (last_90, before, naive)] == [90, 90, 89]


def test_the_overviews_comparison_is_with_as_many_days() -> None:
    # one lead a day for sixty days; D is a Wednesday, so three days of the week against three
    wednesday = date(2026, 11, 4)
    rows = [lead(f"{i:02}", first_contact_on=wednesday - timedelta(days=i)) for i in range(60)]
    view = KnownState(wednesday, rows).view()
    week = next(
        found for found in headlines(view, DEFAULT_SETTINGS, (), lambda day: view, ()) if found.metric == "new_leads"
    )
    naive = 3 / 7 - 1  # a stub week against a whole one
    assert (week.value, week.previous, week.difference) == (3, 3, 0)
    assert naive == pytest.approx(-0.571, abs=1e-3)


def test_a_30_day_rate_leaves_out_leads_a_week_old() -> None:
    rows = [lead("old", "won", first_contact_on=ago(40), won_on=ago(30))]
    rows += [lead(f"young{i}", first_contact_on=ago(7)) for i in range(9)]
    naive = sum(row["is_won"] for row in rows) / len(rows)
    found = total(KnownState(D, rows), "win_rate_30d")
    assert (found.values["win_rate_30d"], naive) == (1, 0.1)
    assert (found.n["win_rate_30d"], found.left_out["win_rate_30d"]) == (1, 9)


def test_what_is_lost_is_in_no_pipeline_and_no_forecast() -> None:
    rows = [
        lead("open", "quote", expected_amount=10, expected_close_on=ago(-3)),
        lead("lost", "lost", reached="quote", expected_amount=90, expected_close_on=ago(-3), lost_on=ago(2)),
        lead("won", "won", expected_amount=50, expected_close_on=ago(-3), won_on=ago(2)),
    ]
    chance = {"quote": 0.6, "lost": 0.6, "won": 1.0}
    naive = {
        "open_amount": sum(row["expected_amount"] for row in rows if not row["is_won"]),
        "weighted_pipeline": sum(row["expected_amount"] * chance[row["stage"]] for row in rows if not row["is_won"]),
    }
    names = ("open_amount", "weighted_pipeline", "open_due_amount")
    assert total(KnownState(D, rows), *names).values == {
        "open_amount": 10,
        "weighted_pipeline": pytest.approx(6),
        "open_due_amount": 10,
    }
    assert naive == {"open_amount": 100, "weighted_pipeline": pytest.approx(60)}


def test_a_stub_week_is_compared_with_as_many_days() -> None:
    # D on a Tuesday: two leads on Monday and Tuesday, against two of last week's seven
    tuesday = date(2026, 11, 3)
    rows = [lead(f"now{i}", first_contact_on=tuesday - timedelta(days=i)) for i in range(2)]
    rows += [lead(f"then{i}", first_contact_on=date(2026, 10, 26) + timedelta(days=i)) for i in range(7)]
    week, last = named("this-week", tuesday), named("last-week", tuesday)
    assert week is not None
    assert last is not None
    view = KnownState(tuesday, rows).view()
    counts = [
        ask(view, MetricQuery(("leads",), (), Filters((), p.start, p.end)), DEFAULT_SETTINGS).total.values["leads"]
        for p in (week, previous(week, tuesday), last)
    ]
    assert counts == [2, 2, 7]  # the whole last week is what somebody once read as −71 %


def test_no_metric_adds_log_rows_to_customers() -> None:
    """Whatever the log holds, a count of customers is at most the customers there are."""
    rows = [lead(str(i), "lead", first_contact_on=ago(9)) for i in range(2)]
    calls = [
        {"followup_id": f"{i}", "customer_id": f"{i % 2}", "followed_up_at": f"{ago(3)} 09:00", "stage_after": "lead"}
        for i in range(9)
    ]
    state = KnownState(D, rows, followups=calls)
    counts = [name for name, metric in METRICS.items() if metric.unit == "count" and name != "followups"]
    found = total(state, *counts).values
    assert {name: value for name, value in found.items() if (value or 0) > 2} == {}
    assert total(state, "followups").values["followups"] == 9
