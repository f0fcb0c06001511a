"""The spellings a workspace holds, which new files are compared with: those of every import that was not undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from salesanalytics.intake.types import Batch
from salesanalytics.store.workspace import open_workspace


def test_spellings_of_imports_not_undone(folder: Path, batch_of: Callable[..., Batch]) -> None:
    def leads(customer: str, **values: str | None) -> list[dict[str, object]]:
        return [{"customer_id": customer, "stage": "lead", "owner": "Li", **values}]

    with open_workspace(folder) as workspace:
        assert set(workspace.known_values().values()) == {frozenset()}
        workspace.load(batch_of(leads=leads("1", region="华东", industry=None)), date(2026, 11, 2), who="Li")
        later = workspace.load(batch_of(leads=leads("2", region="華東", owner="Wu")), date(2026, 11, 9), who="Li")
        held = workspace.known_values()
        assert (held["region"], held["owner"], held["industry"]) == ({"华东", "華東"}, {"Li", "Wu"}, frozenset())
        workspace.undo(later.import_id, who="Li")
        assert workspace.known_values()["region"] == {"华东"}
