"""Stage history: which evidence is believed, what is filled in, and how far a lost deal counts (PRODUCT §3)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

ENTRIES = "stage, entered_on, source"
REACH = "stage_order, stage, first_entered_on, inferred"


def lead(customer: str, stage: str, **more: Any) -> dict[str, Any]:
    return {"customer_id": customer, "stage": stage, "owner": "Li", **more}


def call(number: int, customer: str, on: str, after: str | None = None) -> dict[str, Any]:
    at = datetime.fromisoformat(f"2026-{on}T10:00")
    return {"followup_id": f"F{number}", "customer_id": customer, "followed_up_at": at, "stage_after": after}


def test_the_log_names_each_move_once_and_keeps_moves_back(story):
    log = [
        call(1, "A", "07-02", "prospect"),
        call(2, "A", "07-03", "prospect"),  # said again: no entry
        call(3, "A", "07-04"),  # says nothing of the stage
        call(4, "A", "07-06", "opportunity"),
        call(5, "A", "07-08", "prospect"),  # back
        call(6, "A", "07-10", "opportunity"),
    ]
    story.load("07-12", leads=[lead("A", "opportunity", first_contact_on="07-01")], followups=log)
    assert story.rows("07-12", "stage_entries", "entered_on, stage, source") == [
        ("07-01", "lead", "dates"),
        ("07-02", "prospect", "stage_after"),
        ("07-06", "opportunity", "stage_after"),
        ("07-08", "prospect", "stage_after"),
        ("07-10", "opportunity", "stage_after"),
    ]
    # the reach keeps the first time, and a move back takes nothing away
    assert story.rows("07-12", "stage_reach", REACH) == [
        (1, "lead", "07-01", False),
        (2, "prospect", "07-02", False),
        (3, "opportunity", "07-06", False),
    ]
    assert story.rows("07-12", "leads", "stage_entered_on, stage_entered_inferred") == [("07-10", False)]
    assert story.rows("07-08", "leads", "customer_id") == [("A",)]  # before the first import: reconstructed


def test_without_a_log_the_first_import_showing_a_stage_is_the_entry_at_least(story):
    story.load("07-05", leads=[lead("A", "prospect", first_contact_on="07-01")])
    story.load("07-12", leads=[lead("A", "prospect", first_contact_on="07-01")])
    story.load("07-19", leads=[lead("A", "opportunity", first_contact_on="07-01")])
    story.load("07-26", leads=[lead("A", "opportunity", first_contact_on="07-01")])
    assert story.rows("07-26", "stage_entries", "entered_on, stage, source") == [
        ("07-01", "lead", "dates"),
        ("07-05", "prospect", "import"),
        ("07-19", "opportunity", "import"),
    ]
    assert story.rows("07-26", "leads", "stage_entered_on, stage_entered_inferred") == [("07-19", True)]
    assert story.rows("07-18", "leads", "stage, stage_entered_on, stage_entered_inferred") == [
        ("prospect", "07-05", True)
    ]


def test_an_import_tells_no_move_that_the_log_told(story):
    story.load("07-05", leads=[lead("A", "prospect")])
    story.load("07-12", leads=[lead("A", "quote")], followups=[call(1, "A", "07-08", "quote")])
    assert story.rows("07-12", "stage_entries", "entered_on, stage, source") == [
        ("07-05", "prospect", "import"),
        ("07-08", "quote", "stage_after"),
    ]
    # the table lags behind the log: that is no move back
    story.load("07-19", leads=[lead("B", "lead", owner="Wu")], followups=[call(2, "B", "07-14", "prospect")])
    story.load("07-26", leads=[lead("B", "prospect", owner="Wu")])
    assert story.rows("07-26", "stage_entries", "entered_on, stage, source", "customer_id = 'B'") == [
        ("07-14", "prospect", "stage_after"),
    ]


def test_a_move_back_seen_only_by_imports_is_kept_and_undoes_nothing(story):
    for as_of, stage in (("07-05", "opportunity"), ("07-12", "prospect"), ("07-19", "opportunity")):
        story.load(as_of, leads=[lead("A", stage)])
    assert story.rows("07-19", "stage_entries", "entered_on, stage") == [
        ("07-05", "opportunity"),
        ("07-12", "prospect"),
        ("07-19", "opportunity"),
    ]
    assert story.rows("07-12", "leads", "stage, stage_order, reached_order") == [("prospect", 2, 3)]
    assert story.rows("07-12", "stage_reach", REACH) == [
        (1, "lead", "07-05", True),
        (2, "prospect", "07-05", True),  # logged after the stage beyond it: passed by then
        (3, "opportunity", "07-05", False),
    ]


def test_a_skipped_stage_counts_as_passed_when_the_next_one_was_entered(story):
    log = [call(1, "A", "07-03", "opportunity")]
    story.load("07-12", leads=[lead("A", "won", first_contact_on="07-01", won_on="07-10")], followups=log)
    assert story.rows("07-12", "stage_reach", REACH) == [
        (1, "lead", "07-01", False),
        (2, "prospect", "07-03", True),
        (3, "opportunity", "07-03", False),
        (4, "quote", "07-10", True),
        (5, "won", "07-10", False),
    ]


def test_a_submitted_proposal_is_an_entry_into_quote_unless_better_is_known(story):
    story.load(
        "07-12",
        leads=[
            lead("A", "quote", first_contact_on="07-01", proposal_submitted_on="07-07"),
            lead("B", "quote", first_contact_on="07-01", proposal_submitted_on="07-07"),
        ],
        followups=[call(1, "B", "07-09", "quote")],
    )
    assert story.rows("07-12", "stage_entries", "customer_id, entered_on, source", "stage = 'quote'") == [
        ("A", "07-07", "dates"),
        ("B", "07-09", "stage_after"),
    ]


def test_a_lost_deal_counts_up_to_where_it_was_lost(story):
    story.load("07-05", leads=[lead("seen", "quote"), lead("told", "lead"), lead("both", "quote")])
    story.load(
        "07-12",
        leads=[
            lead("seen", "lost"),
            lead("told", "lost", lost_from_stage="opportunity"),
            lead("both", "lost", lost_from_stage="prospect"),  # had been seen at quote: a move back undoes nothing
            lead("logged", "lost"),
            lead("unknown", "lost", first_contact_on="07-01", lost_on="07-10"),
        ],
        followups=[call(1, "logged", "07-08", "prospect")],
    )
    assert story.rows("07-12", "leads", "customer_id, reached_order, reached_unknown, stage_order") == [
        ("both", 4, False, None),
        ("logged", 2, False, None),
        ("seen", 4, False, None),
        ("told", 3, False, None),
        ("unknown", 1, True, None),
    ]
    # what is not dated is no later than the loss
    assert story.rows("07-12", "stage_reach", REACH, "customer_id = 'told'") == [
        (1, "lead", "07-05", False),
        (2, "prospect", "07-12", True),
        (3, "opportunity", "07-12", True),
    ]


def test_only_who_is_won_now_has_reached_won(story):
    story.load("07-05", leads=[lead("reopened", "won"), lead("cancelled", "won"), lead("kept", "won")])
    story.load("07-12", leads=[lead("reopened", "quote"), lead("cancelled", "lost"), lead("kept", "won")])
    assert story.rows("07-12", "leads", "customer_id, reached_order") == [
        ("cancelled", 4),
        ("kept", 5),
        ("reopened", 4),
    ]
    assert story.rows("07-12", "stage_reach", "customer_id", "stage = 'won'") == [("kept",)]


def test_stages_nobody_was_seen_in_are_not_observed(story):
    story.load("07-05", leads=[lead("A", "won", won_on="07-01"), lead("B", "lost", lost_from_stage="prospect")])
    assert story.rows("07-05", "stages", "stage_order, stage, observed, default_probability") == [
        (1, "lead", True, 0.05),
        (2, "prospect", True, 0.15),
        (3, "opportunity", False, 0.35),
        (4, "quote", False, 0.60),
        (5, "won", True, 1.0),
    ]


def test_a_log_of_customers_nobody_knows_observes_no_stage(story):
    story.load("07-05", leads=[lead("A", "prospect")], followups=[call(1, "unknown", "07-02", "quote")])
    assert story.rows("07-05", "stages", "stage", "observed") == [("lead",), ("prospect",)]
    story.load("07-12", leads=[lead("A", "prospect"), lead("unknown", "prospect")])
    assert story.rows("07-12", "stages", "stage", "observed") == [("lead",), ("prospect",), ("quote",)]


def test_the_chance_of_winning_is_observed_over_closed_deals_or_configured(story):
    closed = [lead(f"W{n}", "won", won_on="07-01") for n in range(12)]
    closed += [lead(f"L{n}", "lost", lost_on="07-01", lost_from_stage="opportunity") for n in range(24)]
    closed += [lead(f"U{n}", "lost", lost_on="07-01") for n in range(4)]  # unknown: only at lead
    story.load("07-05", leads=[*closed, lead("open", "quote")])
    assert story.rows("07-05", "stage_probability", "stage_order, n, won, observed, probability") == [
        (1, 40, 12, True, 0.3),
        (2, 36, 12, True, 12 / 36),
        (3, 36, 12, True, 12 / 36),
        (4, 12, 12, False, 0.60),  # twelve are too few
        (5, 12, 12, False, 1.0),
    ]


def test_lost_after_being_seen_at_lead_is_lost_from_a_known_stage(story):
    story.load("07-05", leads=[lead("A", "lead", first_contact_on="07-01")])
    story.load("07-12", leads=[lead("A", "lost", first_contact_on="07-01")])
    assert story.rows("07-12", "leads", "reached_order, reached_unknown") == [(1, False)]


def test_moves_of_one_moment_come_in_the_order_of_their_numbers(story):
    log = [call(99, "A", "07-02", "prospect"), call(100, "A", "07-02", "opportunity")]
    story.load("07-12", leads=[lead("A", "opportunity", first_contact_on="07-01")], followups=log)
    told = [(1, "lead"), (2, "prospect"), (3, "opportunity")]
    assert story.rows("07-12", "stage_entries", "place, stage") == told
    assert story.rows("07-05", "leads", "stage") == [("opportunity",)]  # rebuilt


def test_an_entry_says_whether_its_day_is_inferred(story):
    story.load("07-05", leads=[lead("A", "prospect", first_contact_on="07-01")])
    story.load(
        "07-12",
        leads=[lead("A", "won", first_contact_on="07-01", proposal_submitted_on="07-08", won_on="07-10")],
        followups=[call(1, "A", "07-07", "opportunity")],
    )
    assert story.rows("07-12", "stage_entries", "place, stage, entered_on, source, inferred") == [
        (1, "lead", "07-01", "dates", False),
        (2, "prospect", "07-05", "import", True),
        (3, "opportunity", "07-07", "stage_after", False),
        (4, "quote", "07-08", "dates", True),
        (5, "won", "07-10", "dates", False),
    ]


def test_a_table_that_lags_behind_the_closing_shows_no_move_back(story):
    story.load("07-05", leads=[lead("A", "prospect")])
    story.load("07-12", leads=[lead("A", "quote")])  # won two days before, as it turns out
    story.load("07-19", leads=[lead("A", "won", won_on="07-10")])
    assert story.rows("07-19", "stage_entries", "place, stage, entered_on") == [
        (1, "prospect", "07-05"),
        (2, "won", "07-10"),
    ]
    # it had been in quote all the same
    assert story.rows("07-19", "stage_reach", "first_entered_on, inferred", "stage = 'quote'") == [("07-10", True)]
    assert story.rows("07-19", "stages", "observed", "stage = 'quote'") == [(True,)]
    # a deal that was shown won, reopened and won again on another day did move back
    story.load("07-26", leads=[lead("A", "quote")])
    story.load("08-02", leads=[lead("A", "won", won_on="07-30")])
    assert story.rows("08-02", "stage_entries", "place, stage, entered_on", "place > 1") == [
        (2, "quote", "07-12"),
        (3, "won", "07-19"),
        (4, "quote", "07-26"),
        (5, "won", "07-30"),
    ]
    # with the former day it had only been set back by mistake: it was won all the while, as its row says
    story.load("08-09", leads=[lead("A", "won", won_on="07-10")])
    assert story.rows("08-09", "stage_entries", "place, stage, entered_on", "place > 1") == [(2, "won", "07-10")]


@pytest.mark.parametrize(
    ("row", "log", "closed"),
    [
        # its own date, earlier or later than what the log says, also where the log goes on
        ({"won_on": "07-10"}, [("07-08", "won")], ("07-10", "dates", False)),
        ({"won_on": "07-10"}, [("07-12", "won")], ("07-10", "dates", False)),
        ({"won_on": "07-10"}, [("07-12", "quote"), ("07-14", "won")], ("07-10", "dates", False)),
        ({"won_on": "07-10"}, [("07-12", "quote")], ("07-10", "dates", False)),
        # without one, where the log or the table first showed it
        ({}, [("07-12", "won")], ("07-12", "stage_after", False)),
        ({}, [("07-12", "won"), ("07-14", "quote")], ("07-12", "stage_after", False)),
        ({}, [("07-20", "won")], ("07-19", "import", True)),
        ({}, [("07-20", "quote"), ("07-22", "won")], ("07-22", "stage_after", False)),
        ({}, [("07-12", "quote")], ("07-19", "import", True)),
    ],
)
def test_a_closed_deal_was_closed_on_the_day_its_history_ends(story, row, log, closed):
    calls = [call(number, "A", on, stage) for number, (on, stage) in enumerate(log)]
    story.load("07-05", leads=[lead("A", "prospect")])
    story.load("07-19", leads=[lead("A", "won", **row)])
    story.load("08-02", leads=[lead("A", "won", **row)], followups=calls)
    on, source, inferred = closed
    history = story.rows("08-02", "stage_entries", "place, stage, entered_on, source, inferred")
    assert history[-1][1:] == ("won", on, source, inferred)
    assert story.rows("08-02", "leads", "won_on, won_on_inferred, stage_entered_on") == [(on, inferred, on)]
    assert story.rows("08-02", "stage_reach", "first_entered_on", "stage = 'won'") == [(on,)]


def test_a_first_contact_after_other_evidence_is_no_move_back(story):
    story.load(
        "07-12", leads=[lead("A", "prospect", first_contact_on="07-06")], followups=[call(1, "A", "07-03", "prospect")]
    )
    assert story.rows("07-12", "stage_entries", "stage, entered_on") == [("prospect", "07-03")]


def test_the_present_stage_began_with_the_last_entry_of_the_history(story):
    log = [call(1, "A", "07-02", "quote")]
    story.load("07-05", leads=[lead("A", "quote")], followups=log)
    story.load("07-12", leads=[lead("A", "prospect")])
    story.load("07-19", leads=[lead("A", "quote")])  # came back: not since the log's 2 July
    assert story.rows("07-19", "leads", "stage_entered_on, stage_entered_inferred") == [("07-19", True)]
    story.load("07-26", leads=[lead("B", "quote", owner="Wu", proposal_submitted_on="07-22")])
    assert story.rows("07-26", "leads", "stage_entered_on, stage_entered_inferred", "customer_id = 'B'") == [
        ("07-22", True)
    ]
