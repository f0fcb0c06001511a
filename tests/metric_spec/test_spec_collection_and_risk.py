"""Collection and risk: table in, expected out."""

from datetime import date, timedelta

from known_state import KnownState, lead

from salesanalytics.metrics import Filters, MetricQuery, MetricRow, ask
from salesanalytics.settings import DEFAULT_SETTINGS

D = date(2026, 11, 8)


def ago(days: int) -> date:
    return D - timedelta(days=days)


def instalment(contract: str, customer: str, signed: date, amount: float, **columns: object) -> dict[str, object]:
    return {"contract_id": contract, "customer_id": customer, "signed_on": signed, "contract_amount": amount, **columns}


CONTRACTS = KnownState(
    D,
    [lead("01", "won", owner="Li", won_owner="Wang"), lead("02", "won", owner="Li")],
    contracts=[
        # two instalments: the contract's amount counts once
        instalment("H1", "01", ago(60), 1000, due_on=ago(30), collected_on=ago(30), collected_amount=400),
        instalment("H1", "01", ago(60), 1000, due_on=ago(1), collected_on=ago(2), collected_amount=500),
        instalment("H2", "02", ago(10), 200, due_on=ago(5)),
        # money dated after D has not come in yet
        instalment("H3", "99", ago(60), 300, due_on=ago(5), collected_on=D + timedelta(days=1), collected_amount=300),
    ],
)
RISKS = KnownState(
    D,
    [
        lead("3d", owner="Li", first_contact_on=ago(3), expected_amount=1),  # 3 days: not yet more than 3
        lead("4d", owner="Li", first_contact_on=ago(9), last_contact_on=ago(4), expected_amount=2),
        lead("7d", owner="Li", last_contact_on=ago(7), expected_amount=4),  # still the rep's
        lead("8d", owner="Li", last_contact_on=ago(8), expected_amount=8),  # the manager's
        lead("pool", last_contact_on=ago(4), expected_amount=16),  # nobody's: the manager's at once
        lead("29d", owner="Li", last_contact_on=ago(29), expected_amount=32),
        lead(
            "30d", owner="Li", last_contact_on=ago(30), expected_amount=64, tier="churn-risk"
        ),  # only the highest rung speaks
        lead(
            "won", "won", owner="Li", last_contact_on=ago(30), actual_amount=128
        ),  # silent, but not open: no amount at risk
        lead("churn", "quote", owner="Li", last_contact_on=ago(5), expected_amount=None, tier="churn-risk"),
        lead("15d", "opportunity", owner="Li", last_contact_on=D, stage_entered_on=ago(15), expected_amount=256),
        lead("16d", "opportunity", owner="Li", last_contact_on=D, stage_entered_on=ago(16), expected_amount=80),
        lead("lost", "lost", last_contact_on=ago(99)),
    ],
    norms={"won_mean_amount": 100.0, "won_median_amount": 40.0, "won_n": 9},
)


def row(state: KnownState, *metrics: str, **filters: object) -> MetricRow:
    return ask(state.view(), MetricQuery(metrics, (), Filters(**filters)), DEFAULT_SETTINGS).total


def test_a_contract_counts_once_however_many_instalments() -> None:
    found = row(CONTRACTS, "contracted", "collected", "collection_rate")
    assert found.values == {"contracted": 1500, "collected": 900, "collection_rate": 0.6}
    assert found.n["collection_rate"] == 3


def test_collection_rate_of_a_period_is_of_the_contracts_signed_in_it() -> None:
    assert row(CONTRACTS, "collection_rate", start=ago(10), end=D).values["collection_rate"] == 0
    assert row(CONTRACTS, "collected", start=ago(10), end=D).values["collected"] == 500


def test_contracts_belong_to_the_winner_and_orphans_to_nobody() -> None:
    answer = ask(CONTRACTS.view(), MetricQuery(("contracted",), ("owner",)), DEFAULT_SETTINGS)
    assert {found.dims["owner"]: found.values["contracted"] for found in answer.rows} == {
        "Li": 200,
        "Wang": 1000,
        None: 300,
    }


def test_each_customer_stands_on_one_rung_of_the_ladder() -> None:
    counts = row(RISKS, "flagged_lead_untouched", "flagged_lead_untouched_manager", "flagged_silent").values
    assert counts == {"flagged_lead_untouched": 2, "flagged_lead_untouched_manager": 3, "flagged_silent": 2}


def test_stuck_is_more_than_15_days_and_low_is_under_80_percent_of_the_mean() -> None:
    counts = row(RISKS, "flagged_stage_stuck", "flagged_low_amount").values
    # 80 is exactly 20 % under the mean of 100: not more than 20 % under; no amount is not low
    assert counts == {"flagged_stage_stuck": 1, "flagged_low_amount": 7}


def test_risk_is_open_deals_with_a_manager_level_flag_or_at_churn_risk() -> None:
    found = row(RISKS, "risk_customers", "risk_amount")
    assert found.values == {"risk_customers": 5, "risk_amount": 8 + 16 + 32 + 64}
    assert found.left_out["risk_amount"] == 1
