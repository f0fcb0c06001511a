"""Channels: what a source cost, prorated by days, and what its leads and customers cost. Table in, expected out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import count
from typing import Any

import pytest
from known_state import KnownState, lead

from salesanalytics.access import Scope
from salesanalytics.errors import UserError
from salesanalytics.metrics import Filters, MetricQuery, MetricRow, ask
from salesanalytics.metrics.rows import rows_behind
from salesanalytics.settings import DEFAULT_SETTINGS

D = date(2026, 11, 8)
OCTOBER = ("2026-10", date(2026, 10, 1), date(2026, 10, 31))
Q4 = ("2026Q4", date(2026, 10, 1), date(2026, 12, 31))
COSTS = ("channel_cost", "cost_per_lead", "cost_per_won", "return_on_cost")
_LINES = count(2)


def cost(source: str, period: tuple[str, date, date], amount: float) -> dict[str, Any]:
    where = {"file": "costs.xlsx", "sheet": "costs", "row": next(_LINES)}
    return {"source": source, "period": period[0], "period_start": period[1], "period_end": period[2], "cost": amount, **where}  # fmt: skip


def ask_total(state: KnownState, *metrics: str, **filters: Any) -> MetricRow:
    return ask(state.view(), MetricQuery(metrics, (), Filters(**filters)), DEFAULT_SETTINGS).total


def cut(state: KnownState, metric: str, by: str) -> dict[str | None, float | None]:
    rows = ask(state.view(), MetricQuery((metric,), (by,)), DEFAULT_SETTINGS).rows
    return {row.dims[by]: None if (value := row.values[metric]) is None else round(value, 6) for row in rows}


def company(costs: Sequence[dict[str, Any]]) -> KnownState:
    october = date(2026, 10, 5)
    return KnownState(
        D,
        [
            lead("1", source="ads", first_contact_on=october, team="East"),
            lead("2", "won", source="ads", first_contact_on=date(2026, 8, 1), won_on=october, actual_amount=6200),
            lead("3", source="ads", first_contact_on=october),
            lead("4", source="ads", first_contact_on=date(2026, 11, 3)),  # November is not booked yet
            lead("5", source="fair", first_contact_on=october),  # nobody said what the fair cost
            lead("6", source=None, first_contact_on=october),
        ],
        channel_costs=costs,
    )


def test_worked_example_3100_for_two_leads_and_6200_of_sales() -> None:
    found = ask_total(company([cost("ads", OCTOBER, 3100)]), *COSTS)
    assert found.values == {"channel_cost": 3100, "cost_per_lead": 1550, "cost_per_won": 3100, "return_on_cost": 2}
    assert (found.n["cost_per_lead"], found.n["cost_per_won"], found.n["return_on_cost"]) == (2, 1, 1)
    # 2 (before the booked month), 4, 5 and 6 cost nobody knows what: the naive 3,100 ÷ 6 flatters every channel
    assert found.left_out["cost_per_lead"] == 4


def test_a_cost_is_prorated_by_days_and_ends_at_the_as_of_date() -> None:
    state = company([cost("ads", Q4, 9200)])
    week = ask_total(state, "channel_cost", start=date(2026, 11, 2), end=D)
    assert week.values["channel_cost"] == pytest.approx(700)
    assert ask_total(state, "channel_cost").values["channel_cost"] == pytest.approx(3900)  # 39 of 92 days have gone
    assert ask_total(state, "cost_per_lead").values["cost_per_lead"] == pytest.approx(1300)  # and three leads came


def test_a_months_line_breaks_a_quarters_down_and_is_not_added_to_it() -> None:
    state = company([cost("ads", Q4, 9200), cost("ads", OCTOBER, 6200)])
    assert ask_total(state, "channel_cost").values["channel_cost"] == pytest.approx(6200 + 800)
    assert cut(state, "channel_cost", "month") == {"2026-10": 6200, "2026-11": 800}


def test_by_source_each_channel_has_its_own_and_no_cost_is_no_value() -> None:
    state = company([cost("ads", OCTOBER, 3100), cost("mail", OCTOBER, 50)])
    assert cut(state, "channel_cost", "source") == {"ads": 3100, "mail": 50}
    assert cut(state, "cost_per_lead", "source") == {"ads": 1550, "mail": None, "fair": None, None: None}
    assert cut(state, "return_on_cost", "source") == {"ads": 2, "mail": 0}
    assert ask_total(state, "channel_cost", where=(("source", ("mail",)),)).values["channel_cost"] == pytest.approx(50)
    assert ask_total(state, "cost_per_won").values["cost_per_won"] == pytest.approx(
        3150
    )  # money that brought nobody is spent too


def test_without_a_costs_table_there_is_no_value_and_no_zero() -> None:
    assert ask_total(company([]), *COSTS).values == dict.fromkeys(COSTS)
    assert ask_total(KnownState(D), *COSTS).values == dict.fromkeys(COSTS)


def test_a_cost_belongs_to_no_team_and_to_nobody_s_scope() -> None:
    state = company([cost("ads", OCTOBER, 3100)])
    assert ask_total(state, "channel_cost", where=(("team", ("East",)),)).values == {"channel_cost": None}
    with pytest.raises(UserError):
        cut(state, "channel_cost", "team")
    east = ask(state.view(Scope(teams=frozenset({"East"}))), MetricQuery(COSTS), DEFAULT_SETTINGS).total
    assert east.values == dict.fromkeys(COSTS)


def test_behind_a_cost_stands_its_line_and_behind_a_cost_per_lead_the_leads_too() -> None:
    state = company([cost("ads", Q4, 9200)])
    week = Filters(start=date(2026, 11, 2), end=D)
    lines = rows_behind(state.view(), "channel_cost", week, DEFAULT_SETTINGS)
    assert [(row["file"], round(row["amount"], 6)) for row in lines] == [("costs.xlsx", 700)]
    both = rows_behind(state.view(), "cost_per_lead", week, DEFAULT_SETTINGS)
    assert [(row["customer_id"], row["file"]) for row in both] == [(None, "costs.xlsx"), ("4", "leads.xlsx")]
    won = rows_behind(state.view(), "return_on_cost", Filters(), DEFAULT_SETTINGS)
    assert [(row["customer_id"], row["amount"]) for row in won] == [("2", 6200), (None, pytest.approx(3900))]


def test_the_days_of_a_whole_period_add_up_to_its_cost_to_the_cent() -> None:
    for amount in (1_234_567.89, 1_000, 99_999_999.99):
        found = ask_total(company([cost("ads", OCTOBER, amount)]), "channel_cost")
        assert round(found.values["channel_cost"] or 0, 2) == amount


def test_follow_ups_per_won_count_the_lost_effort_too() -> None:
    leads = [
        lead("1", "won", source="ads", followup_count=3, won_on=D),
        lead("2", "lost", source="ads", followup_count=5),
        lead("3", source="ads", followup_count=2),
    ]
    logged = KnownState(D, leads, followups=[{"followup_id": "F1", "customer_id": "1"}])
    assert ask_total(logged, "followups_per_won").values == {"followups_per_won": 10}
    assert ask_total(KnownState(D, leads), "followups_per_won").values == {"followups_per_won": None}
    lost = KnownState(D, leads[1:], followups=[{"followup_id": "F1", "customer_id": "2"}])
    assert ask_total(lost, "followups_per_won").values == {"followups_per_won": None}
