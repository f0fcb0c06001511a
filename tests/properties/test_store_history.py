"""Any sequence of loads and undoes leaves just what a reader of the imports, one after the other, would expect."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesanalytics.intake.types import Batch, ColumnMatch, FileReport, Issue, MatchedSheet, QuarantinedRow, RawSheet
from salesanalytics.store.newest import newest_rows_sql
from salesanalytics.store.workspace import Workspace, open_workspace
from salesanalytics.tables import LEADS

START = date(2026, 1, 5)
DATES = [START + timedelta(days=7 * week) for week in range(4)]
CUSTOMERS = ["01", "02", "03", "04", "05"]

people = st.sampled_from(
    [(None, None), (None, "Li"), (None, "Wu"), ("North", "Li"), ("North", "Wu"), ("South", "Wu"), ("South", None)]
)
Lead = tuple[str | None, str | None, float | None]
lead = st.builds(lambda who, amount: (*who, amount), people, st.sampled_from([None, 1.0, 0.1, 1234.56]))


@dataclass(frozen=True)
class Export:
    """One upload: the leads in it, those held back with an error, its date and mode."""

    leads: dict[str, Lead]
    held: frozenset[str]
    as_of: date
    mode: str


exports = st.builds(
    lambda leads, held, as_of, mode: Export(leads, frozenset(held) - set(leads), as_of, mode),
    st.dictionaries(st.sampled_from(CUSTOMERS), lead, min_size=1),
    st.sets(st.sampled_from(CUSTOMERS), max_size=2),
    st.sampled_from(DATES),
    st.sampled_from(["full", "full", "changes"]),
)
steps = st.lists(st.one_of(exports, st.integers(0, 9)), min_size=1, max_size=8)
"""An export is loaded; a number undoes that import, if there is such a one to undo."""

_digests = count()


def as_batch(export: Export) -> Batch:
    """The batch intake would make; each has a digest of its own, so that none is a repeat."""
    digest = f"{next(_digests):064x}"
    rows = [
        {
            "customer_id": customer,
            "stage": "lead",
            "team": team,
            "owner": owner,
            "expected_amount": amount,
            "_digest": digest,
            "_file": "leads.csv",
            "_sheet": "leads",
            "_row": place,
        }
        for place, (customer, (team, owner, amount)) in enumerate(export.leads.items(), start=2)
    ]
    texts = dict.fromkeys(("customer_id", "stage", "team", "owner", "_digest", "_file", "_sheet"), pl.String)
    frame = pl.DataFrame(rows, schema={**texts, "expected_amount": pl.Float64, "_row": pl.Int64})
    raw = RawSheet("leads.csv", digest, "leads", [], [1])
    sheet = MatchedSheet(raw, "leads", 0, (0, 0), (ColumnMatch("编号", 0, "customer_id", "map", 1.0),))
    held = tuple(
        QuarantinedRow("leads", "leads.csv", digest, "leads", 100 + place, {"编号": f" {customer} "}, ("bad-date",))
        for place, customer in enumerate(sorted(export.held))
    )
    issues = tuple(Issue("bad-date", "error", "leads.csv", "leads", row=row.row) for row in held)
    return Batch({"leads": frame}, held, issues, (FileReport("leads.csv", digest, sheets=(sheet,)),))


def expected_state(imports: dict[int, Export], undone: set[int], as_of: date) -> dict[str, tuple[Lead, int]]:
    """Read the imports one after the other, as a person would: customer → (newest row, its import), missing ones left out."""
    known: dict[str, tuple[Lead, int]] = {}
    gone: set[str] = set()
    for import_id, export in sorted(imports.items(), key=lambda item: (item[1].as_of, item[0])):
        if import_id in undone or export.as_of > as_of:
            continue
        if export.mode == "full":
            teams = {team for team, _, _ in export.leads.values() if team is not None}
            owners = {owner for team, owner, _ in export.leads.values() if owner is not None or team is None}
            for customer, ((team, owner, _), _) in known.items():
                spoken_of = team in teams if team is not None and teams else owner in owners
                if spoken_of and customer not in export.leads:
                    gone.add(customer)
        known |= {customer: (row, import_id) for customer, row in export.leads.items()}
        gone -= set(export.leads) | export.held
    return {customer: row for customer, row in known.items() if customer not in gone}


def actual_state(workspace: Workspace, as_of: date) -> dict[str, tuple[Lead, int]]:
    with workspace._reading() as cursor:
        rows = cursor.execute(
            f"SELECT customer_id, team, owner, expected_amount, import_id FROM ({newest_rows_sql(LEADS)})",
            {"as_of": as_of},
        ).fetchall()
    found = {
        customer: ((team, owner, None if amount is None else float(amount)), import_id)
        for customer, team, owner, amount, import_id in rows
    }
    assert len(found) == len(rows), "one row a customer"
    return found


def play(sequence: list[Export | int]) -> None:
    imports: dict[int, Export] = {}
    undone: set[int] = set()
    with open_workspace(None) as workspace:
        for step in sequence:
            if isinstance(step, int):
                if step in imports and step not in undone:
                    workspace.undo(step, "tester")
                    undone.add(step)
            else:
                before = expected_state(imports, undone, step.as_of)
                outcome = workspace.load(as_batch(step), step.as_of, step.mode, who="tester", accept_errors=True)
                imports[outcome.import_id] = step
                after = expected_state(imports, undone, step.as_of)
                said = outcome.tables["leads"]
                assert said.missing == len(set(before) - set(after))
                assert said.unchanged == sum(before.get(name, (None,))[0] == row for name, row in step.leads.items())
                assert said.new + said.updated + said.unchanged == len(step.leads)
                assert said.quarantined == len(step.held)
            for as_of in DATES:
                assert actual_state(workspace, as_of) == expected_state(imports, undone, as_of)


@given(steps)
@settings(max_examples=12)
def test_every_state_is_what_reading_the_imports_in_order_gives(sequence: list[Export | int]) -> None:
    play(sequence)


@pytest.mark.soak
@pytest.mark.skipif(os.environ.get("SALESANALYTICS_SOAK") != "1", reason="500 sequences; run by make soak")
@given(steps)
@settings(max_examples=500)
def test_five_hundred_sequences(sequence: list[Export | int]) -> None:
    play(sequence)


@given(st.lists(exports, max_size=3), exports, st.lists(exports, max_size=2))
@settings(max_examples=12)
def test_undoing_an_import_leaves_what_there_was_without_it(
    earlier: list[Export], one: Export, later: list[Export]
) -> None:
    with open_workspace(None) as workspace, open_workspace(None) as without:
        for export in earlier:
            for each in (workspace, without):
                each.load(as_batch(export), export.as_of, export.mode, who="tester", accept_errors=True)
        import_id = workspace.load(as_batch(one), one.as_of, one.mode, who="tester", accept_errors=True).import_id
        for export in later:
            for each in (workspace, without):
                each.load(as_batch(export), export.as_of, export.mode, who="tester", accept_errors=True)
        workspace.undo(import_id, "tester")
        for as_of in DATES:
            left = {name: row for name, (row, _) in actual_state(workspace, as_of).items()}
            assert left == {name: row for name, (row, _) in actual_state(without, as_of).items()}
