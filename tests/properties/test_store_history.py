"""Any sequence of imports, corrections and undos leaves just what a reader of the imports, one after the other, would expect."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from salesanalytics.intake.types import (
    Batch,
    ColumnMatch,
    Correction,
    FileReport,
    Issue,
    MatchedSheet,
    QuarantinedRow,
    RawSheet,
)
from salesanalytics.store.newest import newest_rows_sql
from salesanalytics.store.state_build import RELATIONS
from salesanalytics.store.workspace import Workspace, open_workspace
from salesanalytics.tables import LEADS
from tests.counts import SOAK, counted

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


@dataclass(frozen=True)
class Fix:
    """The file of an earlier import uploaded once more, one of its rows corrected; None leaves the row out."""

    which: int
    customer: str
    becomes: Lead | None

    def applied(self, export: Export) -> Export:
        """The export as it is with the correction laid over it. A row the file never had cannot be corrected."""
        if self.customer not in export.leads and self.customer not in export.held:
            return export
        left = {name: row for name, row in export.leads.items() if name != self.customer or self.becomes is not None}
        if self.becomes is not None:
            left[self.customer] = self.becomes
        return replace(export, leads=left, held=export.held - {self.customer})

    def record(self, digest: str) -> Correction:
        """The record the workspace keeps of it."""
        amount = None if self.becomes is None else str(self.becomes[2])
        column, action = (None, "drop") if self.becomes is None else ("金额", "set")
        at = datetime(2026, 11, 1, 9, 30, tzinfo=UTC)
        return Correction(
            digest, "leads", row_of(self.customer), column, "?", amount, action, "tester", at, "bad-amount"
        )


fixes = st.builds(Fix, st.integers(1, 4), st.sampled_from(CUSTOMERS), st.one_of(st.none(), lead, lead))
steps = st.lists(st.one_of(exports, fixes, st.integers(1, 6)), min_size=1, max_size=9)
"""An export is loaded; a number undoes that import, if there is such a one to undo."""

_digests = count()


def fresh_digest() -> str:
    """A digest no other file has, so that none is a repeat."""
    return f"{next(_digests):064x}"


def row_of(customer: str) -> int:
    """The row a customer has in every file."""
    return 2 + CUSTOMERS.index(customer)


def as_batch(export: Export, digest: str | None = None) -> Batch:
    """The batch intake would make."""
    digest = digest or fresh_digest()
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
            "_row": row_of(customer),
        }
        for customer, (team, owner, amount) in export.leads.items()
    ]
    texts = dict.fromkeys(("customer_id", "stage", "team", "owner", "_digest", "_file", "_sheet"), pl.String)
    frame = pl.DataFrame(rows, schema={**texts, "expected_amount": pl.Float64, "_row": pl.Int64})
    raw = RawSheet("leads.csv", digest, "leads", [], [1])
    sheet = MatchedSheet(raw, "leads", 0, (0, 0), (ColumnMatch("编号", 0, "customer_id", "map", 1.0),))
    held = tuple(
        QuarantinedRow(
            "leads", "leads.csv", digest, "leads", row_of(customer), {"编号": f" {customer} "}, ("bad-date",)
        )
        for customer in sorted(export.held)
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


def everything(workspace: Workspace) -> dict[str, Any]:
    """All that anybody can see of the data, row for row: what came when, who is missing, what is held back, every relation of the state."""
    seen: dict[str, Any] = {
        "dates": workspace.as_of_dates(),
        "customers": workspace.known_customers(),
        "held": workspace.quarantine(),
    }
    with workspace._reading() as cursor:
        for as_of in DATES:
            sql = f"SELECT * FROM ({newest_rows_sql(LEADS, with_missing=True)}) ORDER BY customer_id"
            seen[f"rows on {as_of}"] = cursor.execute(sql, {"as_of": as_of}).fetchall()
    state = workspace.state(DATES[-1])
    for name in RELATIONS:
        found = state.fetch(f"SELECT * FROM {state.relation(name)}")
        seen[name] = sorted(repr({**row, "version": None} if name == "state_info" else row) for row in found)
    return seen


@dataclass
class Story:
    """A workspace, and beside it what a reader of its history knows."""

    workspace: Workspace
    imports: dict[int, Export] = field(default_factory=dict)
    digests: dict[int, str] = field(default_factory=dict)
    corrections: dict[int, list[Correction]] = field(default_factory=dict)
    undone: set[int] = field(default_factory=set)
    seen: dict[frozenset[int], dict[str, Any]] = field(default_factory=dict)
    """the imports that count → everything, when first it was those"""

    def live(self) -> frozenset[int]:
        return frozenset(self.imports.keys() - self.undone)

    def undo(self, import_id: int) -> None:
        if import_id in self.live():
            self.workspace.undo(import_id, "tester")
            self.undone.add(import_id)

    def correct(self, fix: Fix) -> None:
        if fix.which not in self.imports:
            return
        digest = self.digests[fix.which]
        corrected = fix.applied(self.imports[fix.which])
        if corrected.leads or corrected.held:
            self.load(corrected, digest, [fix.record(digest)])

    def load(self, export: Export, digest: str, corrections: list[Correction]) -> None:
        before = expected_state(self.imports, self.undone, export.as_of)
        same = [each for each in self.live() if self.digests[each] == digest and self.imports[each] == export]
        if same and self.would_change(export, before):
            same = []  # a later import of the date stands over it: loading it again puts its rows back
        outcome = self.workspace.load(
            as_batch(export, digest),
            export.as_of,
            export.mode,
            who="tester",
            accept_errors=True,
            corrections=corrections,
        )
        assert outcome.repeated == bool(same)
        if same:
            assert outcome.import_id in same
            return
        self.imports[outcome.import_id] = export
        self.digests[outcome.import_id] = digest
        self.corrections[outcome.import_id] = corrections
        after = expected_state(self.imports, self.undone, export.as_of)
        said = outcome.tables["leads"]
        assert said.missing == len(set(before) - set(after))
        assert said.unchanged == sum(before.get(name, (None,))[0] == row for name, row in export.leads.items())
        assert said.new + said.updated + said.unchanged == len(export.leads)
        assert said.quarantined == len(export.held)

    def would_change(self, export: Export, before: Mapping[str, tuple[Any, ...]]) -> bool:
        """Whether loading this now would change a row, or make a customer missing."""
        after = expected_state({**self.imports, len(self.imports) + 1: export}, self.undone, export.as_of)
        changed = any(before.get(name, (None,))[0] != row for name, row in export.leads.items())
        return changed or set(before) != set(after)

    def check(self) -> None:
        """What is there is what the reader expects; and whenever the same imports count, it is the same to the last row."""
        for as_of in DATES:
            assert actual_state(self.workspace, as_of) == expected_state(self.imports, self.undone, as_of)
        now = everything(self.workspace)
        assert self.seen.setdefault(self.live(), now) == now
        for import_id, made_with in self.corrections.items():
            assert self.workspace.corrections(import_id) == made_with


def play(sequence: list[Export | Fix | int]) -> None:
    """Follow a sequence, looking after each step; then undo everything, in the order of upload's reverse."""
    with open_workspace(None) as workspace:
        story = Story(workspace)
        story.check()
        for step in [*sequence, *reversed(range(1, len(sequence) + 1))]:
            if isinstance(step, int):
                if step not in story.live():
                    continue
                story.undo(step)
            elif isinstance(step, Fix):
                story.correct(step)
            else:
                story.load(step, fresh_digest(), [])
            story.check()


@given(steps)
@settings(max_examples=500 if SOAK else 15)
def test_every_state_is_what_reading_the_imports_in_order_gives(sequence: list[Export | Fix | int]) -> None:
    play(sequence)
    counted("sequences of imports, corrections and undos retold")


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
