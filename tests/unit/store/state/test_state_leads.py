"""What the state says of each customer: when and for whom a deal closed, for how much, the last contact, and the tier."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from salesanalytics.settings import Settings, TierRules

CLOSING = "customer_id, won_on, won_on_inferred, lost_on, lost_on_inferred"


def lead(customer: str, stage: str, **more: Any) -> dict[str, Any]:
    return {"customer_id": customer, "stage": stage, "owner": "Li", **more}


def call(number: int, customer: str, on: str, after: str | None = None) -> dict[str, Any]:
    at = datetime.fromisoformat(f"2026-{on}T10:00")
    return {"followup_id": f"F{number}", "customer_id": customer, "followed_up_at": at, "stage_after": after}


def test_when_a_deal_closed(story):
    before = [lead(each, "quote") for each in ("own", "closed", "logged", "shown", "future")]
    story.load("07-05", leads=[*before, lead("reopened", "won")])
    after = [
        lead("own", "won", won_on="07-03"),
        lead("closed", "lost", closed_on="07-06"),  # many exports have one closing date
        lead("logged", "won"),
        lead("shown", "lost"),
        lead("future", "won", won_on="07-20"),  # dated after the export: not believed
    ]
    story.load("07-12", leads=[*after, lead("reopened", "quote")], followups=[call(1, "logged", "07-08", "won")])
    assert story.rows("07-12", "leads", CLOSING) == [
        ("closed", None, False, "07-06", False),
        ("future", "07-12", True, None, False),
        ("logged", "07-08", False, None, False),
        ("own", "07-03", False, None, False),
        ("reopened", None, False, None, False),
        ("shown", None, False, "07-12", True),
    ]
    story.load("07-19", leads=[*after, lead("reopened", "won")])
    assert story.rows("07-19", "leads", "customer_id, won_on", "is_won") == [
        ("future", "07-12"),  # the first import showing it, still
        ("logged", "07-08"),
        ("own", "07-03"),
        ("reopened", "07-19"),  # won again
    ]
    assert story.rows("07-25", "leads", "won_on, won_on_inferred", "customer_id = 'future'") == [("07-20", False)]


def test_a_deal_is_worth_what_was_paid_else_what_was_expected(story):
    story.load(
        "07-05",
        leads=[
            lead("both", "won", expected_amount=100.0, actual_amount=90.5),
            lead("expected", "won", expected_amount=100.0),
            lead("neither", "won"),
            lead("open", "quote", expected_amount=100.0, actual_amount=1.0),
        ],
    )
    assert story.rows("07-05", "leads", "customer_id, deal_amount, deal_amount_estimated") == [
        ("both", 90.5, False),
        ("expected", 100.0, True),
        ("neither", None, False),
        ("open", None, False),
    ]
    assert story.rows("07-05", "norms", "won_mean_amount, won_median_amount, won_n") == [(95.25, 95.25, 2)]


def test_a_sale_belongs_to_who_owned_it_when_it_was_won(story):
    story.load("07-05", leads=[lead("A", "quote", team="North")])
    story.load("07-12", leads=[lead("A", "won", owner="Wu", team="North") | {"owner": "Wu"}])
    story.load("07-19", leads=[lead("A", "won", team="South") | {"owner": "Chen"}, lead("B", "won", team="South")])
    owners = "customer_id, owner, team, won_owner, won_team"
    assert story.rows("07-19", "leads", owners) == [
        ("A", "Chen", "South", "Wu", "North"),
        ("B", "Li", "South", "Li", "South"),
    ]
    assert story.rows("07-05", "leads", owners) == [("A", "Li", "North", None, None)]


def test_the_last_contact_is_the_later_of_table_and_log_else_the_first(story):
    story.load(
        "07-12",
        leads=[
            lead("table", "lead", first_contact_on="07-01", last_followup_on="07-09"),
            lead("log", "lead", first_contact_on="07-01", last_followup_on="07-02"),
            lead("first", "lead", first_contact_on="07-01"),
            lead("future", "lead", first_contact_on="07-01", last_followup_on="07-30"),
            lead("never", "lead"),
        ],
        followups=[
            call(1, "table", "07-03"),
            call(2, "log", "07-04"),
            call(3, "log", "07-05"),
            call(4, "log", "07-13"),
        ],
    )
    assert story.rows("07-12", "leads", "customer_id, last_contact_on, followup_count") == [
        ("first", "07-01", 0),
        ("future", "07-01", 0),
        ("log", "07-05", 2),  # the call of the 13th lies after D
        ("never", None, 0),
        ("table", "07-09", 1),
    ]


def test_tiers_take_the_first_rule_that_matches(story):
    silent = [call(10 + n, "rhythm", on) for n, on in enumerate(("07-01", "07-04", "07-07", "07-10"))]  # every 3 days
    few = [call(20 + n, "few", on) for n, on in enumerate(("07-04", "07-07", "07-10"))]
    story.load(
        "07-17",
        leads=[
            lead("lost", "lost", last_followup_on="05-01"),
            lead("30 days", "won", last_followup_on="06-17"),
            lead("29 days", "won", last_followup_on="06-18"),
            lead("rhythm", "prospect"),  # silent for 7 days, more than twice 3
            lead("few", "prospect"),  # three follow-ups are too few to know a rhythm
            lead("big", "opportunity", expected_amount=400.0, last_followup_on="07-16"),
            lead("grade A", "lead", grade="A", expected_amount=400.0, last_followup_on="07-16"),
            lead("early", "prospect", expected_amount=400.0, grade="B", last_followup_on="07-16"),
            lead("small", "quote", expected_amount=100.0, last_followup_on="07-16"),
            lead("unpriced", "quote", last_followup_on="07-16"),
            lead("untouched", "lead"),
        ],
        followups=[*silent, *few],
    )
    assert story.rows("07-17", "norms", "open_amount_q3") == [(400.0,)]
    assert dict(story.rows("07-17", "leads", "customer_id, tier")) == {
        "lost": None,
        "30 days": "churn-risk",
        "29 days": "stable",
        "rhythm": "churn-risk",
        "few": "nurture",
        "big": "high-value",
        "grade A": "high-value",
        "early": "nurture",
        "small": "nurture",
        "unpriced": "nurture",
        "untouched": "nurture",
    }
    # on the sixth day of silence the rhythm is not yet broken
    assert story.rows("07-16", "leads", "tier", "customer_id = 'rhythm'") == [("nurture",)]


def test_two_calls_on_one_day_are_one_occasion(story):
    hours = [{**call(n, "A", "07-10"), "followed_up_at": datetime(2026, 7, 10, 9 + n)} for n in range(4)]
    story.load("07-12", leads=[lead("A", "prospect")], followups=hours)
    assert story.rows("07-12", "leads", "followup_count, tier") == [(4, "nurture")]


def test_tier_rules_are_settings(story_with):
    strict = story_with(Settings(tiers=TierRules(silent_gap_multiple=1.0, silent_gap_min_followups=2)))
    strict.load("07-12", leads=[lead("A", "lead")], followups=[call(1, "A", "07-04"), call(2, "A", "07-07")])
    assert strict.rows("07-12", "leads", "tier") == [("churn-risk",)]


def test_every_row_says_where_it_came_from(story):
    story.load("07-05", leads=[lead("A", "lead"), lead("B", "lead")])
    second = story.load("07-12", leads=[lead("B", "prospect")], mode="changes")
    assert story.rows("07-12", "leads", "customer_id, import_id, file, sheet, row") == [
        ("A", 1, "import-1.xlsx", "leads", 2),
        ("B", second, "import-2.xlsx", "leads", 2),
    ]
