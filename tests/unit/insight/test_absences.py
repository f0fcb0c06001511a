"""Rows that vanish and come back: the missing and reappeared bars name when each was last seen and when again."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from salesanalytics.access.view import View
from salesanalytics.insight.changes.absences import missing_rows, reappeared_rows
from salesanalytics.insight.changes.bridge import changes
from salesanalytics.insight.flag_changes import flag_changes
from salesanalytics.insight.flags import ACTING
from salesanalytics.metrics.types import Filters
from salesanalytics.ui.changes.absence_panels import seen_words

HEAD = "customer_id,customer_name,industry,source,first_contact_on,stage,owner,expected_amount,team,last_followup_on\n"
DAYS = ["2026-11-01", "2026-11-08", "2026-11-15", "2026-11-22"]


def rows(*names: str, stage: str = "opportunity", contact: str = "2026-10-30") -> str:
    return HEAD + "".join(
        f"{name},{name},A,web,2026-10-01,{stage},Li,{100 * (at + 1)},East,{contact}\n" for at, name in enumerate(names)
    )


@pytest.fixture
def workspace(loaded):
    files = [rows("A", "B", "C"), rows("A", "C"), rows("A"), rows("A", "B")]
    return loaded({day: {"leads.csv": body} for day, body in zip(DAYS, files, strict=True)})


def test_missing_rows_name_their_last_import(workspace) -> None:
    start, end = (View(workspace.state(date.fromisoformat(day))) for day in (DAYS[0], DAYS[2]))
    found = missing_rows(changes(start, end).whole, end)
    told = {one.move.customer_id: (one.last_seen_on, one.back_on, one.move.before) for one in found}
    assert told == {
        "B": (date(2026, 11, 1), None, Decimal(200)),
        "C": (date(2026, 11, 8), None, Decimal(300)),  # what the start held
    }
    assert not reappeared_rows(changes(start, end).whole, start, end)


def test_reappeared_rows_name_both_imports(workspace) -> None:
    start, end = (View(workspace.state(date.fromisoformat(day))) for day in (DAYS[1], DAYS[3]))
    bridge = changes(start, end).whole
    found = reappeared_rows(bridge, start, end)
    assert [(one.move.customer_id, one.last_seen_on, one.back_on) for one in found] == [
        ("B", date(2026, 11, 1), date(2026, 11, 22))
    ]
    assert [one.move.customer_id for one in missing_rows(bridge, end)] == ["C"]


def test_alerts_new_and_gone(loaded) -> None:
    """A is contacted in between; B falls silent; C was silent at both dates."""
    before = HEAD + "".join(
        f"{name},{name},A,web,2026-08-01,opportunity,Li,500,East,{contact}\n"
        for name, contact in (("A", "2026-09-20"), ("B", "2026-10-20"), ("C", "2026-08-20"))
    )
    after = before.replace("2026-09-20", "2026-11-20")
    workspace = loaded({DAYS[0]: {"leads.csv": before}, DAYS[3]: {"leads.csv": after}})
    then, now = (View(workspace.state(date.fromisoformat(day))) for day in (DAYS[0], DAYS[3]))
    settings = workspace.settings()
    found = flag_changes(now, then, settings, Filters(), "silent")
    assert [flag.customer_id for flag in found.new] == ["B"]
    assert [flag.customer_id for flag in found.gone] == ["A"]
    assert found.stages == {"A": "opportunity"}
    everything = flag_changes(now, then, settings, Filters())
    assert {(flag.customer_id, flag.kind) for flag in found.new} <= {
        (flag.customer_id, flag.kind) for flag in everything.new
    }
    assert "C" not in {flag.customer_id for flag in flag_changes(now, then, settings, Filters(), ACTING).new}


def test_a_correction_of_the_same_day_names_the_file_that_still_held_the_row(loaded) -> None:
    """B is taken out by a correction of the newest day, C was gone by the export of that day already, and both come back a week later."""
    loaded({DAYS[0]: {"leads.csv": rows("A", "B", "C")}, DAYS[1]: {"first.csv": rows("A", "B")}})
    workspace = loaded({DAYS[1]: {"corrected.csv": rows("A")}})
    start, end = (View(workspace.state(date.fromisoformat(day))) for day in DAYS[:2])
    found = {one.move.customer_id: one for one in missing_rows(changes(start, end).whole, end)}
    assert (found["B"].last_seen_on, found["B"].last_seen_in) == (date(2026, 11, 8), "first.csv")
    assert (found["C"].last_seen_on, found["C"].last_seen_in) == (date(2026, 11, 1), None)
    assert seen_words(found["B"], "zh") == "2026-11-08（first.csv）"
    assert seen_words(found["C"], "en") == "2026-11-01"
    workspace = loaded({DAYS[2]: {"leads.csv": rows("A", "B", "C")}})
    after = View(workspace.state(date.fromisoformat(DAYS[2])))
    back = {one.move.customer_id: one for one in reappeared_rows(changes(end, after).whole, end, after)}
    assert (back["B"].last_seen_in, back["B"].back_on) == ("first.csv", date(2026, 11, 15))
    assert back["C"].last_seen_in is None
