"""Sales, deals, pipeline and cycle: table in, expected out."""

from datetime import date

import pytest
from known_state import KnownState, lead

from salesanalytics.metrics import Filters, MetricQuery, MetricRow, ask
from salesanalytics.metrics.rows import rows_behind
from salesanalytics.settings import DEFAULT_SETTINGS

D = date(2026, 11, 8)
STATE = KnownState(
    D,
    [
        # handed over from Wang to Li after Wang had won it: the sale stays Wang's
        lead(
            "01",
            "won",
            owner="Li",
            won_owner="Wang",
            first_contact_on=date(2026, 9, 1),
            won_on=date(2026, 10, 1),
            actual_amount=100_000,
        ),
        # no actual amount: the expected one stands in, as estimated
        lead(
            "02",
            "won",
            owner="Li",
            first_contact_on=date(2026, 9, 11),
            won_on=date(2026, 10, 31),
            expected_amount=50_000.50,
        ),
        # won on the first of the next month: not October's
        lead(
            "03",
            "won",
            owner="Wang",
            first_contact_on=date(2026, 10, 2),
            won_on=date(2026, 11, 1),
            actual_amount=30_000,
        ),
        # won without any amount: a customer, but no zero
        lead("04", "won", owner="Zhao", first_contact_on=None, won_on=date(2026, 10, 15)),
        lead("05", "opportunity", owner="Wang", expected_amount=200_000),
        lead("06", "quote", owner="Li", expected_amount=100_000),
        lead("07", "lead", owner="Li"),  # open without an amount: left out and counted
        lead("08", "lost", reached="quote", expected_amount=999_999, lost_on=date(2026, 10, 9)),
    ],
    probability={"opportunity": 0.25, "quote": 0.5},
)
OCTOBER = {"start": date(2026, 10, 1), "end": date(2026, 10, 31)}


def row(*metrics: str, **filters: object) -> MetricRow:
    return ask(STATE.view(), MetricQuery(metrics, (), Filters(**filters)), DEFAULT_SETTINGS).total


def by_owner(metric: str) -> dict[str | None, float | None]:
    answer = ask(STATE.view(), MetricQuery((metric,), ("owner",)), DEFAULT_SETTINGS)
    return {found.dims["owner"]: found.values[metric] for found in answer.rows}


def test_sales_are_won_amounts_by_won_date_both_ends_included() -> None:
    found = row("sales_amount", "sales_estimated_amount", "won_customers", **OCTOBER)
    assert found.values == {"sales_amount": 150_000.50, "sales_estimated_amount": 50_000.50, "won_customers": 3}
    assert found.n["sales_amount"] == 2
    assert found.left_out == {"sales_amount": 1, "sales_estimated_amount": 1}


def test_sales_belong_to_who_won_the_deal() -> None:
    assert by_owner("sales_amount") == {"Wang": 130_000, "Li": 50_000.50, "Zhao": None}
    assert by_owner("won_customers") == {"Wang": 2, "Li": 1, "Zhao": 1}
    assert row("sales_amount", where=(("owner", ("Wang",)),)).values["sales_amount"] == 130_000


def test_no_sale_in_a_period_is_zero() -> None:
    assert row("sales_amount", start=date(2026, 12, 1), end=date(2026, 12, 31)).values["sales_amount"] == 0


def test_mean_deal_divides_by_the_deals_that_have_an_amount() -> None:
    found = row("mean_deal")
    assert found.values["mean_deal"] == pytest.approx(180_000.50 / 3)
    assert (found.n["mean_deal"], found.left_out["mean_deal"]) == (3, 1)


def test_open_amount_leaves_out_deals_without_an_amount_and_ignores_the_period() -> None:
    for period in ({}, OCTOBER):
        found = row("open_amount", **period)
        assert (found.values["open_amount"], found.n["open_amount"], found.left_out["open_amount"]) == (300_000, 2, 1)


def test_open_deals_none_of_which_has_an_amount_have_no_amount() -> None:
    state = KnownState(D, [lead("1")])
    found = ask(state.view(), MetricQuery(("open_amount", "weighted_pipeline")), DEFAULT_SETTINGS).total
    assert found.values == {"open_amount": None, "weighted_pipeline": None}


def test_weighted_pipeline_is_expected_times_the_chance_of_its_stage() -> None:
    assert row("weighted_pipeline").values["weighted_pipeline"] == 200_000 * 0.25 + 100_000 * 0.5


def test_sales_cycle_counts_days_from_first_contact_to_won() -> None:
    found = row("sales_cycle_mean", "sales_cycle_median")
    # 30, 50 and 30 days; 04 has no first contact
    assert found.values == {"sales_cycle_mean": pytest.approx(110 / 3), "sales_cycle_median": 30}
    assert (found.n["sales_cycle_mean"], found.left_out["sales_cycle_mean"]) == (3, 1)


def test_rows_behind_sales_name_file_sheet_and_row() -> None:
    rows = rows_behind(STATE.view(), "sales_amount", Filters(**OCTOBER), DEFAULT_SETTINGS)
    assert [(found["customer_id"], found["owner"], found["amount"], found["counted"]) for found in rows] == [
        ("01", "Wang", 100_000, True),
        ("02", "Li", 50_000.50, True),
        ("04", "Zhao", None, False),
    ]
    assert all(found["file"] == "leads.xlsx" and found["sheet"] == "leads" and found["row"] for found in rows)
