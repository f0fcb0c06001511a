"""What is known as of a date: newest rows, missing customers, events up to D, and what is rebuilt before the first import."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest


def lead(customer: str, stage: str = "lead", **more: Any) -> dict[str, Any]:
    return {"customer_id": customer, "stage": stage, "owner": "Li", **more}


def call(number: int, customer: str, on: str, after: str | None = None) -> dict[str, Any]:
    at = datetime.fromisoformat(f"2026-{on}T23:30")
    return {"followup_id": f"F{number}", "customer_id": customer, "followed_up_at": at, "stage_after": after}


def test_the_newest_row_counts_and_on_one_date_the_later_upload(story):
    story.load("07-05", leads=[lead("A", expected_amount=1.0)])
    story.load("07-12", leads=[lead("A", expected_amount=2.0)])
    story.load("07-12", leads=[lead("A", expected_amount=3.0)])
    story.load("07-10", leads=[lead("A", expected_amount=4.0)])  # uploaded last, but older
    amounts = [story.rows(on, "leads", "expected_amount")[0][0] for on in ("07-05", "07-09", "07-10", "07-12")]
    assert amounts == [1.0, 1.0, 4.0, 3.0]


def test_a_missing_customer_leaves_every_relation_and_comes_back(story):
    everyone = [lead("A", "prospect"), lead("B", "quote")]
    story.load("07-05", leads=everyone, followups=[call(1, "B", "07-03", "quote"), call(2, "orphan", "07-03")])
    story.load("07-12", leads=everyone[:1])
    story.load("07-19", leads=everyone)
    for relation in ("leads", "stage_entries", "stage_reach"):
        found = [{row[0] for row in story.rows(on, relation, "customer_id")} for on in ("07-05", "07-12", "07-19")]
        assert found == [{"A", "B"}, {"A"}, {"A", "B"}], relation
    assert [len(story.rows(on, "followups", "followup_id")) for on in ("07-05", "07-12", "07-19")] == [2, 1, 2]


def test_an_undone_import_leaves_no_trace(story):
    story.load("07-05", leads=[lead("A", "prospect")])
    undone = story.load("07-12", leads=[lead("A", "won")])
    assert story.rows("07-12", "leads", "stage") == [("won",)]
    story.workspace.undo(undone, "test")
    assert story.rows("07-12", "leads", "stage") == [("prospect",)]
    assert story.rows("07-12", "stage_entries", "stage, entered_on") == [("prospect", "07-05")]
    assert story.rows("07-12", "state_info", "as_of, version, reconstructed, first_import_on, imports") == [
        ("07-12", 3, False, "07-05", 1)
    ]


def test_events_count_to_the_end_of_the_day(story):
    story.load("07-12", leads=[lead("A")], followups=[call(1, "A", "07-12"), call(2, "A", "07-13")])
    assert story.rows("07-12", "followups", "followup_id") == [("F1",)]


def test_collections_after_the_date_are_not_known_yet(story):
    paid = {"customer_id": "A", "signed_on": "07-01", "contract_amount": 100.0, "collected_amount": 50.0}
    story.load(
        "07-12",
        leads=[lead("A", "won")],
        contracts=[
            {**paid, "contract_id": "early", "collected_on": "07-10"},
            {**paid, "contract_id": "late", "collected_on": "07-14"},
            {**paid, "contract_id": "undated", "collected_on": None},
            {**paid, "contract_id": "unsigned", "signed_on": "07-13", "collected_on": None},
        ],
    )
    columns = "contract_id, collected_on, collected_amount"
    assert story.rows("07-12", "contracts", columns) == [
        ("early", "07-10", 50.0),
        ("late", None, None),
        ("undated", None, 50.0),
    ]
    assert story.rows("07-09", "contracts", columns) == [  # rebuilt: what has no date had not happened
        ("early", None, None),
        ("late", None, None),
        ("undated", None, None),
    ]


@pytest.mark.parametrize(
    ("period", "start", "end"),
    [
        ("2026-07", "07-01", "07-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2026Q3", "07-01", "09-30"),
        ("2026Q4", "10-01", "12-31"),
        ("2026", "01-01", "12-31"),
        ("2026-W45", "11-02", "11-08"),
        ("2026-W01", "2025-12-29", "01-04"),  # ISO: the week of the year's first Thursday
        ("2020-W53", "2020-12-28", "2021-01-03"),
    ],
)
def test_periods_include_both_ends(story, period, start, end):
    story.load("07-12", targets=[{"period": period, "target_amount": 1.0}])
    assert story.rows("07-12", "targets", "period_start, period_end") == [(start, end)]


def test_a_funnel_without_period_is_kept_one_an_as_of_date(story):
    for on, customers in (("07-05", 10), ("07-12", 12)):
        story.load(on, funnel=[{"stage": "lead", "customers": customers}])
    assert story.rows("07-12", "funnel", "as_of, customers, period_start") == [
        ("07-05", 10, None),
        ("07-12", 12, None),
    ]


def test_before_the_first_import_deals_are_reopened(story):
    story.load(
        "07-31",
        leads=[
            lead("not yet", first_contact_on="07-11"),
            lead("undated"),
            lead("called", "prospect"),
            lead("open", "quote", first_contact_on="07-01"),
            lead("was won", "won", first_contact_on="07-01", won_on="07-09", actual_amount=5.0),
            lead("won later", "won", first_contact_on="07-01", won_on="07-20", actual_amount=5.0),
            lead(
                "lost later",
                "lost",
                first_contact_on="07-01",
                lost_on="07-20",
                lost_from_stage="prospect",
                lost_reason="price",
            ),
            lead("moved", "won", first_contact_on="07-01", won_on="07-20"),
            lead("moves later", "quote", first_contact_on="07-01"),
            lead("undated win", "won", first_contact_on="07-01"),
        ],
        followups=[
            call(1, "called", "07-10"),
            call(2, "moved", "07-05", "opportunity"),
            call(3, "moved", "07-15", "quote"),
            call(4, "moves later", "07-15", "prospect"),
        ],
    )
    state = "customer_id, stage, won_on, lost_on, lost_reason, actual_amount, reached_order"
    assert story.rows("07-10", "leads", state) == [
        ("called", "prospect", None, None, None, None, 2),
        ("lost later", "prospect", None, None, None, None, 2),
        ("moved", "opportunity", None, None, None, None, 3),
        ("moves later", "lead", None, None, None, None, 1),
        ("open", "quote", None, None, None, None, 4),
        ("undated win", "lead", None, None, None, None, 1),
        ("was won", "won", "07-09", None, None, 5.0, 5),
        ("won later", "lead", None, None, None, None, 1),
    ]
    assert story.rows("07-10", "state_info", "reconstructed, imports, first_import_on") == [(True, 0, "07-31")]
    # the present stage of "open" is kept for want of better, and its entry is not known
    assert story.rows("07-10", "stage_reach", "stage, first_entered_on, inferred", "customer_id = 'open'") == [
        ("lead", "07-01", False),
        ("opportunity", None, True),
        ("prospect", None, True),
        ("quote", None, True),
    ]
    assert story.rows("07-31", "state_info", "reconstructed, imports") == [(False, 1)]


def test_targets_given_later_hold_for_their_periods_before(story):
    story.load(
        "07-31",
        targets=[{"period": "2026-06", "target_amount": 1.0}],
        channel_costs=[{"source": "fair", "period": p, "cost": 1.0} for p in ("2026-06", "2026-07")],
        funnel=[{"period": p, "stage": "lead", "customers": 1} for p in ("2026-05", "2026-06", None)],
    )
    assert story.rows("06-15", "targets", "period") == [("2026-06",)]
    assert story.rows("06-15", "channel_costs", "period") == [("2026-06",)]
    assert story.rows("06-15", "funnel", "period") == [("2026-05",)]


def test_an_empty_workspace_has_every_relation(story):
    assert story.rows("07-12", "leads", "count(*)") == [(0,)]
    assert story.rows("07-12", "norms", "won_mean_amount, won_n, open_amount_q3") == [(None, 0, None)]
    assert len(story.rows("07-12", "stages", "stage")) == 5
    assert story.rows("07-12", "state_info", "reconstructed, imports, first_import_on") == [(False, 0, None)]
