"""Two people loading, previewing and undoing at once on one workspace: both land one after the other, each told their own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Barrier
from typing import Any

from salesanalytics.intake.types import Batch
from salesanalytics.store.types import ImportOutcome, ImportPreview
from salesanalytics.store.workspace import Workspace, open_workspace

DAY = date(2026, 11, 16)
ROUNDS = 10
MakeBatch = Callable[..., Batch]


def leads(team: str, customers: int, **values: Any) -> list[dict[str, Any]]:
    return [
        {"customer_id": f"{team}{n}", "stage": "lead", "team": team, "owner": f"{team}-rep", **values}
        for n in range(customers)
    ]


def at_once(*doings: Callable[[], Any]) -> list[Any]:
    """Start all of them at the same moment; return what each gave."""
    barrier = Barrier(len(doings))

    def do(doing: Callable[[], Any]) -> Any:
        barrier.wait()
        return doing()

    with ThreadPoolExecutor(len(doings)) as pool:
        return list(pool.map(do, doings))


def test_two_loads_at_once_both_land_and_each_is_told_its_own(folder: Path, batch_of: MakeBatch) -> None:
    with open_workspace(folder) as workspace:
        for number in range(ROUNDS):
            # each round both teams change every row; neither file speaks of the other team
            batches = {
                team: batch_of(leads=leads(team, size, expected_amount=number + 0.5))
                for team, size in (("N", 40), ("S", 30))
            }
            outcomes = at_once(*[_load(workspace, batches[team], team) for team in batches])
            _told_their_own(outcomes, number)
        records = workspace.imports()
        assert [record.import_id for record in records] == list(range(1, 2 * ROUNDS + 1))
        assert sorted(record.who for record in records) == ["N"] * ROUNDS + ["S"] * ROUNDS
        state = workspace.state(DAY)
        sums = state.fetch(
            f"SELECT team, count(*) AS n, sum(expected_amount) AS total FROM {state.relation('leads')} GROUP BY team ORDER BY team"
        )
        assert [(row["team"], row["n"], float(row["total"])) for row in sums] == [
            ("N", 40, 40 * 9.5),
            ("S", 30, 30 * 9.5),
        ]


def _load(workspace: Workspace, batch: Batch, who: str) -> Callable[[], ImportOutcome]:
    return lambda: workspace.load(batch, DAY, who=who)


def _told_their_own(outcomes: list[ImportOutcome], number: int) -> None:
    for outcome, size in zip(outcomes, (40, 30), strict=True):
        counts = outcome.tables["leads"]
        assert not outcome.repeated
        assert (counts.new, counts.updated, counts.missing) == ((size, 0, 0) if number == 0 else (0, size, 0))
    assert {outcome.import_id for outcome in outcomes} == {2 * number + 1, 2 * number + 2}


def test_the_same_file_by_two_at_once_lands_once_and_the_second_is_told(
    workspace: Workspace, batch_of: MakeBatch
) -> None:
    batch = batch_of(leads=leads("N", 20))
    outcomes = at_once(*[_load(workspace, batch, who) for who in ("Li", "Wu")])
    assert sorted(outcome.repeated for outcome in outcomes) == [False, True]
    assert len(workspace.imports()) == 1


def test_a_preview_beside_a_load_sees_all_of_it_or_nothing(folder: Path, batch_of: MakeBatch) -> None:
    with open_workspace(folder) as workspace:
        for number in range(ROUNDS):
            batch = batch_of(leads=leads(f"T{number}-", 25))
            preview, outcome = at_once(lambda b=batch: workspace.preview(b, DAY), _load(workspace, batch, "Li"))
            assert isinstance(preview, ImportPreview)
            counts = preview.tables["leads"]
            assert (counts.new, counts.unchanged) in ((25, 0), (0, 25))
            assert (preview.repeat_of is None) == (counts.new == 25)
            assert outcome.tables["leads"].new == 25


def test_an_undo_beside_a_load_leaves_just_the_load(folder: Path, batch_of: MakeBatch) -> None:
    with open_workspace(folder) as workspace:
        first = workspace.load(batch_of(leads=leads("N", 10)), DAY, who="Li").import_id
        at_once(lambda: workspace.undo(first, "Li"), _load(workspace, batch_of(leads=leads("S", 5)), "Wu"))
        assert workspace.known_customers() == {f"S{n}" for n in range(5)}
        assert [(record.import_id, record.undone_at is not None) for record in workspace.imports()] == [
            (1, True),
            (2, False),
        ]
