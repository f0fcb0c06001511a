"""Undoing a middle import leaves exactly the state that never had it: every relation, row for row, of companies with logs, moves, owners and contracts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from salesanalytics.access.view import View
from salesanalytics.insight.customer_imports import import_history
from salesanalytics.insight.stage_history import stage_history
from salesanalytics.store.state_build import RELATIONS
from salesanalytics.store.workspace import Workspace, open_workspace
from tests.counts import SOAK, counted
from tests.oracle.loaded import load_uploads
from tests.oracle.uploads import random_uploads


def _everything(workspace: Workspace, as_of: Any, numbers: dict[int, int]) -> dict[str, Any]:
    """Every relation of the state, and what is told of each customer; imports by their order, not their number."""
    state = workspace.state(as_of)
    found: dict[str, Any] = {}
    for name in RELATIONS:
        rows = state.fetch(f"FROM {state.relation(name)}")
        for row in rows:
            row.pop("version", None)
            if "import_id" in row:
                row["import_id"] = numbers[row["import_id"]]
        found[name] = sorted(map(repr, rows))
    view = View(state)
    found["history"] = stage_history(view)
    customers = [row["customer_id"] for row in view.fetch("SELECT customer_id FROM leads ORDER BY ALL LIMIT 5")]
    found["imports"] = [
        [(event.imported_on, event.kind, event.row, event.changes) for event in import_history(view, customer).events]
        for customer in customers
    ]
    return found


@given(st.integers(0, 10_000), st.integers(3, 5), st.integers(1, 3), st.integers(0, 9))
@settings(max_examples=500 if SOAK else 3)
def test_undo_of_a_middle_import_leaves_the_history_that_never_had_it(
    seed: int, imports: int, middle: int, later: int
) -> None:
    uploads = random_uploads(seed, 12, imports)
    middle = min(middle, imports - 2)
    with open_workspace(None) as undone, open_workspace(None) as never:
        load_uploads(undone, uploads, list(range(imports)))
        kept = [place for place in range(imports) if place != middle]
        load_uploads(never, [uploads[place] for place in kept], kept)
        undone.undo(middle + 1, "test")
        for as_of in (uploads[middle].as_of, uploads[-1].as_of + timedelta(days=later)):
            same = {place + 1: place for place in range(imports)}
            expected = _everything(never, as_of, {n + 1: place for n, place in enumerate(kept)})
            assert _everything(undone, as_of, same) == expected
    counted("sequences of imports with a middle one undone")
