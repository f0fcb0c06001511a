"""A scope of one owner changes every metric and every list; norms stay the company's."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from known_state import KnownState, lead, target

from salesanalytics.access import Scope
from salesanalytics.metrics import METRICS, Filters, MetricQuery, ask
from salesanalytics.metrics.funnel import stage_funnel
from salesanalytics.metrics.rows import rows_behind
from salesanalytics.settings import DEFAULT_SETTINGS

D = date(2026, 11, 8)
Q4 = (date(2026, 10, 1), date(2026, 12, 31))
WANG = Scope(owners=frozenset({"Wang"}), pool=False)


def ago(days: int) -> date:
    return D - timedelta(days=days)


def _customers(owner: str | None, times: int, cycle: int) -> list[dict[str, object]]:
    """The same shape of business for each owner, in different sizes, so that no figure of one is that of all."""
    rows = []
    for i in range(times):
        own = {"owner": owner, "region": "N", "source": "web"}
        own |= {"origin_kind": "repurchase", "followup_count": 1} if owner == "Wang" else {"origin_kind": "referral"}
        name = f"{owner}{i}"
        met = ago(70 if i else 100)
        rows += [
            lead(
                f"{name}-won",
                "won",
                **own,
                first_contact_on=met,
                won_on=met + timedelta(days=cycle + i),
                actual_amount=1000 * cycle,
                entered={"opportunity": ago(60)},
                last_contact_on=ago(40),
            ),
            lead(
                f"{name}-est",
                "won",
                **own,
                first_contact_on=ago(5 + cycle % 5),
                won_on=ago(2),
                expected_amount=10 * cycle,
                entered={"opportunity": ago(3)},
                last_contact_on=ago(1),
            ),
            lead(f"{name}-new", **own, first_contact_on=ago(4), last_contact_on=ago(4), expected_amount=5 + i),
            lead(f"{name}-old", **own, first_contact_on=ago(50), last_contact_on=ago(20), expected_amount=900),
            lead(
                f"{name}-quiet",
                "quote",
                **own,
                first_contact_on=ago(80),
                last_contact_on=ago(35),
                expected_amount=800,
                entered={"opportunity": ago(76 if owner == "Wang" else 50)},
                proposal_due_on=ago(20),
                proposal_submitted_on=ago(21 if owner == "Wang" else 19),
            ),
            lead(
                f"{name}-stuck",
                "opportunity",
                **own,
                first_contact_on=ago(80),
                last_contact_on=ago(1),
                stage_entered_on=ago(20),
                expected_amount=700,
                expected_close_on=D,
                entered={"opportunity": ago(20)},
            ),
        ]
    lost = 1 if owner == "Wang" else 7
    rows += [
        lead(
            f"{owner}-lost{i}",
            "lost",
            owner=owner,
            reached="prospect" if i % 2 else "quote",
            first_contact_on=ago(66 if owner == "Wang" else 60),
            lost_on=ago(9),
            lost_reason="price",
            entered={"opportunity": ago(30)},
        )
        for i in range(lost)
    ]
    return rows


ROWS = _customers("Wang", 1, 12) + _customers("Li", 3, 25) + _customers(None, 1, 33) + [lead("Li-more", owner="Li")]


def _followup(row: dict[str, Any]) -> dict[str, object]:
    """Each customer is followed up once, by their owner: Wang a day after first contact and effectively, the others later and not."""
    days = 1 if row["owner"] == "Wang" else 3
    met = datetime.combine(row["first_contact_on"], time())
    return {
        "followup_id": f"F-{row['customer_id']}",
        "customer_id": row["customer_id"],
        "followed_up_by": row["owner"],
        "followed_up_at": met + timedelta(days=days),
        "recorded_at": met + timedelta(days=2 * days),
        "effective": days == 1,
        "file": "followups.xlsx",
        "row": int(row["row"]),
    }


STATE = KnownState(
    D,
    ROWS,
    followups=[_followup(row) for row in ROWS if row.get("first_contact_on")],
    norms={"won_mean_amount": 100.0, "won_median_amount": 100.0, "won_n": 9},
    targets=[
        target("2026Q4", *Q4, 1_000_000, target_customers=50, target_collected=900),
        target("2026Q4", *Q4, 90_000, owner="Wang", target_customers=9, target_collected=90),
    ],
    contracts=[
        {
            "contract_id": f"H{i}",
            "customer_id": row["customer_id"],
            "signed_on": ago(9),
            "contract_amount": 100,
            "due_on": ago(3),
            "due_amount": 110,
            "collected_on": ago(3),
            "collected_amount": 100 if row["owner"] == "Wang" else 10,
        }
        for i, row in enumerate(ROWS)
        if row["is_won"]
    ],
    funnel=[{"stage": "lead", "customers": 100, "target": 120}],
    channel_costs=[
        {
            "source": "web",
            "period": "2026",
            "period_start": date(2026, 1, 1),
            "period_end": date(2026, 12, 31),
            "cost": 730,
        }
    ],
)


@pytest.mark.parametrize("name", list(METRICS))
def test_a_scope_of_one_owner_changes_every_metric(name: str) -> None:
    everyone = ask(STATE.view(), MetricQuery((name,)), DEFAULT_SETTINGS).total
    mine = ask(STATE.view(WANG), MetricQuery((name,)), DEFAULT_SETTINGS).total
    assert everyone.values[name] is not None
    assert mine.values[name] != everyone.values[name]


@pytest.mark.parametrize("name", [name for name in METRICS if METRICS[name].source.lead_columns])
def test_a_scope_of_one_owner_changes_every_list_behind_a_number(name: str) -> None:
    everyone = rows_behind(STATE.view(), name, Filters(), DEFAULT_SETTINGS)
    mine = rows_behind(STATE.view(WANG), name, Filters(), DEFAULT_SETTINGS)
    visible = {row["customer_id"] for row in ROWS if row["owner"] == "Wang"}
    assert 0 < len(mine) < len(everyone)
    assert {row["customer_id"] for row in mine} <= visible


def test_a_scope_of_one_owner_changes_every_stage_of_the_funnel() -> None:
    everyone = stage_funnel(STATE.view(), DEFAULT_SETTINGS).stages
    mine = {stage.stage: stage for stage in stage_funnel(STATE.view(WANG), DEFAULT_SETTINGS).stages}
    for stage in everyone:
        assert mine[stage.stage].customers < stage.customers
    assert {s.group for s in stage_funnel(STATE.view(WANG), DEFAULT_SETTINGS, by="owner").stages} == {"Wang"}


def test_a_scope_shows_no_other_owner_in_any_cut() -> None:
    answer = ask(
        STATE.view(WANG), MetricQuery(("leads", "open_amount", "risk_customers"), ("owner",)), DEFAULT_SETTINGS
    )
    assert {row.dims["owner"] for row in answer.rows} == {"Wang"}


QUIET = Scope(owners=frozenset({"Quiet"}), pool=False)
NO_LOG = KnownState(
    D,
    [*_customers("Li", 2, 10), *_customers("Quiet", 2, 7)],
    followups=[_followup(row) for row in _customers("Li", 2, 10)],
)
OF_THE_LOG = sorted(
    name
    for name, metric in METRICS.items()
    if metric.source.name in ("followups", "responses", "open_weeks") or name == "followups_per_won"
)


@pytest.mark.parametrize("name", OF_THE_LOG)
def test_in_a_scope_where_nobody_records_follow_ups_what_needs_them_is_unknown_and_not_zero(name: str) -> None:
    mine = ask(NO_LOG.view(QUIET), MetricQuery((name,)), DEFAULT_SETTINGS).total
    theirs = ask(NO_LOG.view(), MetricQuery((name,)), DEFAULT_SETTINGS).total
    counts = METRICS[name].adds_up  # how many were recorded is known: none
    assert mine.values[name] == (0 if counts else None)
    assert theirs.values[name] is not None
    assert all(
        row.values[name] in (0, None)
        for row in ask(NO_LOG.view(QUIET), MetricQuery((name,), ("owner",)), DEFAULT_SETTINGS).rows
    )
