"""Behind every number of the funnel stand exactly the customers it counts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import get_args

import pytest
from known_state import KnownState, lead

from salesanalytics.errors import UserError
from salesanalytics.metrics.funnel import stage_funnel
from salesanalytics.metrics.funnel_rows import funnel_rows
from salesanalytics.metrics.funnel_sql import Mode, Part
from salesanalytics.metrics.types import Filters
from salesanalytics.settings import DEFAULT_SETTINGS

D = date(2026, 11, 8)


def ago(days: int) -> date:
    return D - timedelta(days=days)


STATE = KnownState(
    D,
    [
        lead("1", "won", first_contact_on=ago(40), entered={"prospect": ago(36), "opportunity": ago(30)}, won_on=ago(10)),
        lead("2", "prospect", reached="opportunity", first_contact_on=ago(40), entered={"prospect": ago(30), "opportunity": ago(20)}, expected_amount=20),
        lead("3", "lost", reached="opportunity", first_contact_on=ago(40), entered={"opportunity": ago(25)}, lost_on=ago(5), lost_reason="预算不足(占比40%)、需求不明确"),
        lead("4", "lost", reached="prospect", first_contact_on=ago(20), entered={"prospect": ago(18)}, lost_on=ago(8), lost_reason="预算不足", expected_amount=7),
        lead("5", "lost", first_contact_on=ago(20), lost_on=ago(2), expected_amount=5),
        lead("6", first_contact_on=ago(10), expected_amount=3),
    ],
)  # fmt: skip
PERIODS = [Filters(), Filters(start=ago(40), end=ago(20)), Filters(start=ago(15), end=D)]


@pytest.mark.parametrize("mode", get_args(Mode))
@pytest.mark.parametrize("filters", PERIODS)
def test_rows_are_as_many_as_the_number_says(mode: Mode, filters: Filters) -> None:
    view = STATE.view()
    for stage in stage_funnel(view, DEFAULT_SETTINGS, filters, mode).stages:
        counts = {
            "customers": stage.customers,
            "advanced": stage.advanced,
            "lost": stage.lost,
            "still": stage.still,
            "behind": stage.not_advanced,
        }
        assert set(counts) == set(get_args(Part))
        for part in get_args(Part):
            rows = funnel_rows(view, DEFAULT_SETTINGS, filters, mode, stage.stage, part)
            assert len({row["customer_id"] for row in rows}) == len(rows) == counts[part], (stage.stage, part)
            assert all(row["file"] and row["row"] for row in rows)
        known = [row["amount"] for row in funnel_rows(view, DEFAULT_SETTINGS, filters, mode, stage.stage, "behind")]
        assert sum(amount for amount in known if amount is not None) == (stage.behind_amount or 0)
        assert known.count(None) == stage.behind_without_amount


def test_a_reason_opens_those_who_name_it() -> None:
    view = STATE.view()
    for stage in stage_funnel(view, DEFAULT_SETTINGS).stages:
        for reason in stage.lost_reasons:
            rows = funnel_rows(view, DEFAULT_SETTINGS, Filters(), "cohort", stage.stage, "lost", reason.reason)
            assert len(rows) == reason.customers
    assert [
        row["customer_id"]
        for row in funnel_rows(view, DEFAULT_SETTINGS, Filters(), "cohort", "opportunity", "lost", "需求不明确")
    ] == ["3"]


def test_the_money_of_those_not_gone_on() -> None:
    stages = {stage.stage: stage for stage in stage_funnel(STATE.view(), DEFAULT_SETTINGS).stages}
    # lead: 5 and 6 (5 + 3); prospect: 4; opportunity: 2, and 3 without an amount
    assert {name: (one.behind_amount, one.behind_without_amount) for name, one in stages.items()} == {
        "lead": (8, 0), "prospect": (7, 0), "opportunity": (20, 1), "won": (None, 0),
    }  # fmt: skip


def test_a_cohort_is_cut_by_the_time_of_first_contact_other_modes_are_not() -> None:
    months = stage_funnel(STATE.view(), DEFAULT_SETTINGS, by="month", counts_only=True)
    assert [(name, months.of(name)[0].customers) for name in months.groups] == [("2026-09", 3), ("2026-10", 3)]
    assert stage_funnel(STATE.view(), DEFAULT_SETTINGS, by="quarter").groups == ("2026Q3", "2026Q4")
    for mode in ("flow", "snapshot"):
        with pytest.raises(UserError):
            stage_funnel(STATE.view(), DEFAULT_SETTINGS, mode=mode, by="month")
