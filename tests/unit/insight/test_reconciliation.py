"""The uploaded funnel beside ours: PRODUCT §4's table agrees with itself, and each difference gets its name."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from known_state import KnownState, lead

from salesanalytics.access import Scope
from salesanalytics.insight.conversion_check import follows
from salesanalytics.insight.reached import customers_reached
from salesanalytics.insight.reconciliation import loss_shares, reconcile, reconciled
from salesanalytics.metrics.funnel import stage_funnel
from salesanalytics.metrics.types import Filters
from salesanalytics.settings import DEFAULT_SETTINGS

AS_OF = date(2026, 11, 8)


def line(stage: str, customers: int, target: int | None = None, **printed: Any) -> dict[str, Any]:
    origin = {"file": "crm.xlsx", "sheet": "漏斗", "row": 2}
    return {
        "stage": stage, "customers": customers, "target": target, "attainment_share": None, "loss_share": None, **printed, **origin,
    }  # fmt: skip


TABLE = [
    line("lead", 100, 120, attainment_share=0.83),
    line("prospect", 60, 70, attainment_share=0.86, loss_share=0.40),
    line("opportunity", 30, 40, attainment_share=0.75, loss_share=0.50),
    line("won", 15, 20, attainment_share=0.75, loss_share=0.50),
]
OURS = {"lead": 100, "prospect": 60, "opportunity": 30, "won": 15}


def test_the_worked_example_agrees_in_every_stage() -> None:
    found = reconciled(TABLE, OURS)
    assert [stage.differences for stage in found] == [(), (), (), ()]
    assert [stage.attained for stage in found] == [100 / 120, 60 / 70, 30 / 40, 15 / 20]
    assert [stage.loss for stage in found] == [None, 0.4, 0.5, 0.5]
    assert [stage.difference for stage in found] == [0, 0, 0, 0]


def test_loss_stands_on_the_stage_arrived_at() -> None:
    assert loss_shares([100, 60, 30, 15]) == [None, 0.4, 0.5, 0.5]
    assert loss_shares([0, 0]) == [None, None]


@pytest.mark.parametrize(
    ("printed", "true", "does"),
    [
        (0.83, 100 / 120, True),
        (0.86, 60 / 70, True),
        (0.84, 100 / 120, False),
        (0.833, 100 / 120, True),
        (0.835, 100 / 120, False),
        (0.4, 0.404, True),
        (0.4, 0.406, False),
    ],
)
def test_a_printed_share_follows_within_half_its_last_digit(printed: float, true: float, does: bool) -> None:
    assert follows(printed, true) is does


def test_counts_and_shares_that_differ_are_named() -> None:
    ours = {"lead": 103, "prospect": 60, "opportunity": 28}
    table = [*TABLE[:2], line("opportunity", 30, 40, attainment_share=0.80, loss_share=0.45), TABLE[3]]
    found = reconciled(table, ours)
    assert [stage.differences for stage in found] == [
        ("more",), (), ("fewer", "loss-share", "attainment"), ("not-observed",),
    ]  # fmt: skip
    assert [stage.difference for stage in found] == [3, 0, -2, None]
    assert found[2].computed_loss == pytest.approx(1 - 28 / 60)


def customers() -> list[dict[str, Any]]:
    return [
        lead("1", "won", first_contact_on=date(2026, 1, 5), won_on=date(2026, 3, 1), owner="A"),
        lead("2", "opportunity", first_contact_on=date(2026, 2, 5), owner="B"),
        lead("3", "lead", first_contact_on=date(2026, 2, 6), owner="B"),
        lead("4", "lead", first_contact_on=date(2025, 12, 31), owner="B"),
    ]


def uploaded(period: str, start: date, end: date, *counts: tuple[str, int]) -> list[dict[str, Any]]:
    span = {"period": period, "period_start": start, "period_end": end}
    return [{**line(stage, n), **span} for stage, n in counts]


def test_the_newest_period_is_compared_with_its_own_cohort() -> None:
    funnel = [
        *uploaded("2025", date(2025, 1, 1), date(2025, 12, 31), ("lead", 9)),
        *uploaded("2026", date(2026, 1, 1), date(2026, 12, 31), ("won", 1), ("lead", 3), ("opportunity", 4)),
    ]
    found = reconcile(KnownState(AS_OF, customers(), funnel=funnel).view(), DEFAULT_SETTINGS)
    assert found is not None
    assert (found.period, found.start) == ("2026", date(2026, 1, 1))
    # the customer of 2025 is not in it; stages in their order; the table's own stages only
    assert [(stage.stage, stage.uploaded, stage.computed) for stage in found.stages] == [
        ("lead", 3, 3), ("opportunity", 4, 2), ("won", 1, 1),
    ]  # fmt: skip
    assert found.agreeing == 2


def test_a_table_of_one_day_is_about_everyone_up_to_it() -> None:
    funnel = uploaded("2026-11-08", AS_OF, AS_OF, ("lead", 4), ("won", 1))
    found = reconcile(KnownState(AS_OF, customers(), funnel=funnel).view(), DEFAULT_SETTINGS)
    assert found is not None
    assert found.start is None
    assert found.agreeing == 2


def test_a_narrow_scope_sees_no_company_table_and_no_table_is_none() -> None:
    state = KnownState(AS_OF, customers(), funnel=uploaded("2026-11-08", AS_OF, AS_OF, ("lead", 4)))
    assert reconcile(state.view(Scope(owners=frozenset({"A"}))), DEFAULT_SETTINGS) is None
    assert reconcile(KnownState(AS_OF, customers()).view(), DEFAULT_SETTINGS) is None


def entered(stage: str, n: int, converted: int | None, share: float | None, dwell: float | None) -> dict[str, Any]:
    own = {"entered": n, "converted": converted, "conversion_share": share, "mean_dwell_days": dwell}
    period = {"period": "2026", "period_start": date(2026, 1, 1), "period_end": date(2026, 12, 31)}
    return {**line(stage, n), **own, **period}


def cohort() -> list[dict[str, Any]]:
    """Ten in: six on to prospect after 4 days each, three on to opportunity after 10 days each, two won after 20 and 30."""
    rows = []
    for place in range(10):
        furthest = "won" if place < 2 else "opportunity" if place < 3 else "prospect" if place < 6 else "lead"
        start = date(2026, 1, 5)
        days = {"prospect": date(2026, 1, 9), "opportunity": date(2026, 1, 19)}
        passed = {"won": days, "opportunity": days, "prospect": {"prospect": days["prospect"]}, "lead": {}}[furthest]
        won = {"won_on": date(2026, 2, 8 + 10 * place)} if furthest == "won" else {}
        rows.append(lead(f"c{place}", furthest, first_contact_on=start, entered=passed, **won))
    return rows


def test_an_uploaded_conversion_table_that_is_right_agrees_in_entered_converted_share_and_dwell() -> None:
    table = [
        entered("lead", 10, None, None, 4),
        entered("prospect", 6, 6, 0.6, 10),
        entered("opportunity", 3, 3, 0.5, 25),
        entered("won", 2, 2, 0.67, None),
    ]
    found = reconcile(KnownState(AS_OF, cohort(), conversion=table).view(), DEFAULT_SETTINGS, "conversion")
    assert found is not None
    assert [stage.differences for stage in found.stages] == [(), (), (), ()]
    of = [stage.conversion for stage in found.stages]
    assert [each and each.computed_converted for each in of] == [None, 6, 3, 2]
    assert [each and each.computed_share for each in of] == [None, 0.6, 0.5, pytest.approx(2 / 3)]
    # (20 + 30) / 2 days from opportunity to won; the one still there is in no mean
    assert [each and (each.computed_dwell, each.left) for each in of] == [(4, 6), (10, 3), (25, 2), (None, 0)]


def test_each_difference_of_a_conversion_table_is_named() -> None:
    table = [
        entered("lead", 10, None, None, 4.6),
        entered("prospect", 7, 5, 0.8, 10.04),
        entered("opportunity", 3, 4, None, 25.2),
        entered("won", 2, None, 0.6, None),
    ]
    found = reconcile(KnownState(AS_OF, cohort(), conversion=table).view(), DEFAULT_SETTINGS, "conversion")
    assert found is not None
    assert [stage.differences for stage in found.stages] == [
        ("dwell",),
        ("fewer", "converted-more", "conversion-share", "dwell"),
        ("converted-fewer", "dwell"),
        ("conversion-share",),
    ]
    assert found.agreeing == 0


@pytest.mark.parametrize("stage", ["lead", "prospect", "opportunity", "won"])
@pytest.mark.parametrize(("start", "end"), [(date(2026, 1, 1), date(2026, 12, 31)), (None, AS_OF)])
def test_the_customers_behind_a_computed_count_are_as_many_as_it_says(
    stage: str, start: date | None, end: date
) -> None:
    view = KnownState(AS_OF, [*cohort(), *customers()]).view()
    counted = {
        each.stage: each.customers for each in stage_funnel(view, DEFAULT_SETTINGS, Filters((), start, end)).stages
    }
    rows = customers_reached(view, stage, start, end)
    assert len(rows) == counted[stage]
    assert all(row["file"] and row["row"] for row in rows)
