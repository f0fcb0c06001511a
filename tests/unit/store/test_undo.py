"""Undo, and who is missing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from salesanalytics.errors import UserError
from salesanalytics.intake.types import Batch, ColumnMatch, FileReport, MatchedSheet, QuarantinedRow, RawSheet
from salesanalytics.store.newest import newest_rows_sql
from salesanalytics.store.types import Mode
from salesanalytics.store.workspace import Workspace
from salesanalytics.tables import LEADS

WEEKS = [date(2026, 11, 2), date(2026, 11, 9), date(2026, 11, 16)]
MakeBatch = Callable[..., Batch]


def lead(customer: str, team: str | None = None, owner: str | None = "Li", **values: Any) -> dict[str, Any]:
    return {"customer_id": customer, "stage": "lead", "team": team, "owner": owner, **values}


def present(workspace: Workspace, as_of: date = WEEKS[-1]) -> str:
    with workspace._reading() as cursor:
        rows = cursor.execute(
            f"SELECT customer_id FROM ({newest_rows_sql(LEADS)}) ORDER BY 1", {"as_of": as_of}
        ).fetchall()
    return "".join(row[0] for row in rows)


def whole(workspace: Workspace, as_of: date = WEEKS[-1]) -> list[tuple[Any, ...]]:
    with workspace._reading() as cursor:
        sql = f"SELECT * FROM ({newest_rows_sql(LEADS, with_missing=True)}) ORDER BY customer_id"
        return cursor.execute(sql, {"as_of": as_of}).fetchall()


def test_only_customers_of_teams_in_the_file_go_missing(workspace: Workspace, batch_of: MakeBatch) -> None:
    workspace.load(
        batch_of(leads=[lead("a", "North"), lead("b", "North"), lead("c", "South"), lead("d")]), WEEKS[0], who="Li"
    )
    outcome = workspace.load(batch_of(leads=[lead("a", "North")]), WEEKS[1], who="Li")
    # d has no team, but Li's customers are in the file
    assert (present(workspace), outcome.tables["leads"].missing) == ("ac", 2)


def test_without_teams_the_owners_say_who_goes_missing(workspace: Workspace, batch_of: MakeBatch) -> None:
    rows = [lead("a"), lead("b"), lead("c", owner="Wu"), lead("d", owner=None)]
    workspace.load(batch_of(leads=rows), WEEKS[0], who="Li")
    workspace.load(batch_of(leads=[lead("a")]), WEEKS[1], who="Li")
    assert present(workspace) == "acd"


def test_the_pool_goes_missing_only_by_a_file_that_holds_some_of_it(workspace: Workspace, batch_of: MakeBatch) -> None:
    workspace.load(batch_of(leads=[lead("a"), lead("p", owner=None), lead("q", owner=None)]), WEEKS[0], who="Li")
    workspace.load(batch_of(leads=[lead("a")]), WEEKS[1], who="Li")
    assert present(workspace) == "apq"
    workspace.load(batch_of(leads=[lead("p", owner=None)]), WEEKS[2], who="Li")
    assert present(workspace) == "ap"


def test_the_pool_of_a_team_is_not_the_pool_of_all(workspace: Workspace, batch_of: MakeBatch) -> None:
    workspace.load(batch_of(leads=[lead("p", owner=None), lead("a", "North")]), WEEKS[0], who="Li")
    workspace.load(batch_of(leads=[lead("a", "North"), lead("n", "North", owner=None)]), WEEKS[1], who="Li")
    assert present(workspace) == "anp"


@pytest.mark.parametrize(("mode", "left"), [("full", "a"), ("changes", "ab")])
def test_changes_only_makes_nobody_missing(workspace: Workspace, batch_of: MakeBatch, mode: Mode, left: str) -> None:
    workspace.load(batch_of(leads=[lead("a"), lead("b")]), WEEKS[0], who="Li")
    workspace.load(batch_of(leads=[lead("a")]), WEEKS[1], mode, who="Li")
    assert present(workspace) == left


def test_a_customer_seen_again_is_back(workspace: Workspace, batch_of: MakeBatch) -> None:
    for week, names in zip(WEEKS, ("ab", "a", "ab"), strict=True):
        outcome = workspace.load(batch_of(leads=[lead(name) for name in names], file=f"{week}.xlsx"), week, who="Li")
    assert [present(workspace, week) for week in WEEKS] == ["ab", "a", "ab"]
    assert (outcome.tables["leads"].updated, outcome.tables["leads"].unchanged) == (1, 1)


def test_followups_alone_make_nobody_missing(workspace: Workspace, batch_of: MakeBatch) -> None:
    workspace.load(batch_of(leads=[lead("a")]), WEEKS[0], who="Li")
    workspace.load(batch_of(followups=[{"followup_id": "1", "customer_id": "a"}]), WEEKS[1], who="Li")
    assert present(workspace) == "a"


def test_a_customer_held_in_quarantine_was_in_the_file(workspace: Workspace, batch_of: MakeBatch) -> None:
    workspace.load(batch_of(leads=[lead("a"), lead("b"), lead("c")]), WEEKS[0], who="Li")
    held = QuarantinedRow("leads", "week.xlsx", "d", "leads", 3, {"Kundennr": "b"}, ("bad-date",))
    batch = batch_of(leads=[lead("a")], held=[held], digest="d")
    raw = RawSheet("week.xlsx", "d", "leads", [], [1])
    sheet = MatchedSheet(raw, "leads", 0, (0, 0), (ColumnMatch("Kundennr", 0, "customer_id", "map", 1.0),))
    batch = Batch(batch.tables, batch.quarantine, batch.issues, (FileReport("week.xlsx", "d", sheets=(sheet,)),))
    outcome = workspace.load(batch, WEEKS[1], who="Li", accept_errors=True)
    assert (present(workspace), outcome.tables["leads"].missing) == ("ab", 1)


@pytest.mark.parametrize("which", [0, 1, 2])
def test_undo_leaves_what_there_was_row_for_row(workspace: Workspace, batch_of: MakeBatch, which: int) -> None:
    weeks = [
        batch_of(leads=[lead("a"), lead("b")], file="1.xlsx"),
        batch_of(leads=[lead("a", stage="won"), lead("c")], file="2.xlsx"),
        batch_of(leads=[lead("b", stage="quote"), lead("c")], file="3.xlsx"),
    ]
    ids = [workspace.load(batch, week, who="Li").import_id for batch, week in zip(weeks, WEEKS, strict=True)]
    before = [whole(workspace, week) for week in WEEKS]
    workspace.undo(ids[which], "Wu")
    assert [whole(workspace, week) for week in WEEKS[:which]] == before[:which]
    assert whole(workspace, WEEKS[which]) != before[which]
    again = workspace.load(weeks[which], WEEKS[which], who="Li")
    assert not again.repeated
    columns = len(LEADS.names) + 2  # content, custom and content_id; the import's own number is new
    assert [[row[:columns] for row in whole(workspace, week)] for week in WEEKS] == [
        [row[:columns] for row in state] for state in before
    ]


def test_undoing_the_last_import_restores_everything(workspace: Workspace, batch_of: MakeBatch) -> None:
    held = [QuarantinedRow("leads", "week.xlsx", "d", "leads", 9, {}, ("bad-date",))]
    workspace.load(batch_of(leads=[lead("a"), lead("b")]), WEEKS[0], who="Li")
    before = (whole(workspace), workspace.as_of_dates(), workspace.quarantine(), workspace.known_customers())
    later = workspace.load(
        batch_of(leads=[lead("a", stage="won"), lead("z")], held=held), WEEKS[1], who="Li", accept_errors=True
    )
    assert (whole(workspace), workspace.as_of_dates(), workspace.quarantine(), workspace.known_customers()) != before
    workspace.undo(later.import_id, "Wu")
    assert (whole(workspace), workspace.as_of_dates(), workspace.quarantine(), workspace.known_customers()) == before


def test_an_undone_import_stays_on_record(workspace: Workspace, batch_of: MakeBatch) -> None:
    outcome = workspace.load(batch_of(leads=[lead("a")]), WEEKS[0], who="Li")
    version = workspace.version()
    workspace.undo(outcome.import_id, "Wu")
    (record,) = workspace.imports()
    assert (record.who, record.undone_by, record.files, record.tables) == ("Li", "Wu", ("week.xlsx",), outcome.tables)
    assert record.undone_at is not None
    assert record.undone_at >= record.loaded_at
    assert workspace.version() > version
    assert [entry.action for entry in workspace.audit_log()] == ["undone", "imported"]


def test_undo_twice_or_of_nothing_is_refused_in_a_sentence(workspace: Workspace, batch_of: MakeBatch) -> None:
    import_id = workspace.load(batch_of(leads=[lead("a")]), WEEKS[0], who="Li").import_id
    workspace.undo(import_id, "Li")
    version = workspace.version()
    with pytest.raises(UserError, match="import-already-undone") as twice:
        workspace.undo(import_id, "Li")
    with pytest.raises(UserError, match="import-unknown") as unknown:
        workspace.undo(99, "Li")
    assert str(import_id) in twice.value.message("en")
    assert "99" in unknown.value.message("zh")
    assert workspace.version() == version
