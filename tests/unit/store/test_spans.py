"""Which imports saw which content: the spans say just what the rows say, and an unchanged export adds next to nothing to the file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from salesanalytics.intake.types import Batch, FileReport
from salesanalytics.store.connection import BLOCK_BYTES, DATABASE_NAME
from salesanalytics.store.ddl import OPEN, create_statements
from salesanalytics.store.migrations import STEPS
from salesanalytics.store.newest import LIVE_IMPORTS
from salesanalytics.store.spans import seen_sql, sightings_sql
from salesanalytics.store.state_build import RELATIONS
from salesanalytics.store.workspace import Workspace, open_workspace
from salesanalytics.tables import LEADS, TABLES
from tests.unit.store.conftest import frame_of

FIRST = date(2026, 1, 4)
TEAMS = ("North", "South")


def load(workspace: Workspace, name: str, on: date, mode: Any = "full", **tables: Sequence[dict[str, Any]]) -> int:
    frames = {table: frame_of(table, rows, f"{name}.xlsx", name) for table, rows in tables.items()}
    return workspace.load(Batch(frames, (), (), (FileReport(f"{name}.xlsx", name),)), on, mode, who="Li").import_id


def random_weeks(seed: int) -> Workspace:
    """Teams that upload apart and together, in any order of dates, full and changes only, with rows that come back; some imports undone."""
    chance, workspace = Random(seed), open_workspace(None)
    numbers = []
    for place in range(12):
        teams = chance.choice([TEAMS, TEAMS[:1], TEAMS[1:]])
        leads = [
            {"customer_id": f"{team}{number}", "team": team, "owner": "Li", "stage": chance.choice(["lead", "quote"])}
            for team in teams
            for number in range(6)
            if chance.random() < 0.8
        ]
        costs = [{"source": "web", "period": "2026-01", "cost": float(chance.randrange(2))}]
        funnel = [{"stage": "lead", "customers": chance.randrange(2)}]  # without a period: the import's date is its key
        on = FIRST + timedelta(weeks=chance.choice([place, place, chance.randrange(12)]))
        mode = chance.choice(["full", "full", "changes"])
        numbers.append(load(workspace, f"f{place}", on, mode, leads=leads, channel_costs=costs, funnel=funnel))
    for number in chance.sample(numbers, 3):
        workspace.undo(number, "Li")
    return workspace


@pytest.mark.parametrize("seed", range(4))
def test_spans_say_what_the_rows_say(seed: int) -> None:
    with random_weeks(seed) as workspace, workspace._reading() as cursor:
        for table in TABLES:
            for days in (3, 30, 90):
                as_of = {"as_of": FIRST + timedelta(days=days)}
                rows = f"SELECT r.content_id, l.import_id, l.as_of, l.rank FROM ws.main.{table.name}_rows r JOIN ({LIVE_IMPORTS}) l USING (import_id)"
                told = cursor.execute(rows, as_of).fetchall()
                assert sorted(cursor.execute(sightings_sql(table, LIVE_IMPORTS), as_of).fetchall()) == sorted(told)
                seen = f"SELECT content_id, min(first_rank), max(last_rank) FROM ({seen_sql(table, LIVE_IMPORTS)}) GROUP BY content_id"
                ends = f"SELECT content_id, min(rank), max(rank) FROM ({rows}) GROUP BY content_id"
                assert sorted(cursor.execute(seen, as_of).fetchall()) == sorted(cursor.execute(ends, as_of).fetchall())


def test_teams_that_upload_in_turn_continue_their_own_stream() -> None:
    with open_workspace(None) as workspace, workspace._reading() as cursor:
        for place in range(6):
            team = TEAMS[place % 2]
            rows = [{"customer_id": f"{team}{n}", "team": team, "owner": "Li", "stage": "lead"} for n in range(5)]
            load(workspace, f"f{place}", FIRST + timedelta(days=place), leads=rows)
        assert cursor.execute("SELECT stream, first, last FROM ws.main.leads_spans").fetchall() == [
            (stream, 1, OPEN) for stream in (1, 2) for _ in range(5)
        ]


@pytest.mark.parametrize("seed", [1, 2])
def test_a_workspace_of_before_gets_its_spans_from_its_rows(seed: int) -> None:
    """The states of every date are the same, and the next import goes on from there."""
    with random_weeks(seed) as workspace:
        dates = [FIRST + timedelta(days=days) for days in (5, 40, 90)]
        before = [states(workspace, on) for on in dates]
        with workspace._reading() as cursor:
            for table in TABLES:
                cursor.execute(f"DROP TABLE ws.main.{table.name}_spans")
            cursor.execute("DROP TABLE ws.main.import_streams")
            for statement in create_statements():
                cursor.execute(statement)
            STEPS[-1](cursor)
        workspace._states._states.clear()
        assert [states(workspace, on) for on in dates] == before
        rows = [{"customer_id": "North1", "team": "North", "owner": "Li", "stage": "won"}]
        load(workspace, "next", dates[-1], leads=rows)
        with workspace._reading() as cursor:
            told = cursor.execute("SELECT content_id, import_id FROM ws.main.leads_rows").fetchall()
            spans = cursor.execute(
                f"SELECT content_id, import_id FROM ({sightings_sql(LEADS, 'SELECT *, import_id AS rank FROM ws.main.imports')})"
            ).fetchall()
        assert sorted(told) == sorted(spans)


def states(workspace: Workspace, on: date) -> dict[str, list[str]]:
    state = workspace.state(on)
    return {name: sorted(map(repr, state.fetch(f"FROM {state.relation(name)}"))) for name in RELATIONS}


def test_unchanged_rows_add_next_to_nothing(folder: Path) -> None:
    """Ten weeks of 500 rows in which nothing happens: no content, no span, and a few bytes a row of where it stood."""
    rows = [
        {
            "customer_id": f"C{n:04d}",
            "customer_name": f"Customer {n} of the long names",
            "owner": f"P{n % 9}",
            "stage": "lead",
        }
        for n in range(500)
    ]
    sizes = []
    with open_workspace(folder) as workspace, workspace._reading() as cursor:
        for week in range(11):
            shuffled = Random(week).sample(rows, len(rows))  # a CRM lists the last touched first
            load(workspace, f"w{week}", FIRST + timedelta(weeks=week), leads=shuffled)
            cursor.execute("CHECKPOINT ws")
            sizes.append((folder / DATABASE_NAME).stat().st_size)
        counted = [
            cursor.execute(f"SELECT count(*) FROM ws.main.leads_{kind}").fetchall()[0][0]
            for kind in ("content", "spans", "rows")
        ]
        assert counted == [500, 500, 5500]
        place = cursor.execute(
            "SELECT file, row FROM ws.main.leads_rows JOIN ws.main.import_files USING (import_id, sheet_id) WHERE import_id = 4"
        )
        assert sorted(place.fetchall()) == [("w3.xlsx", row) for row in range(2, 502)], (
            "every import keeps every row's place"
        )
    # the first weeks also leave room that later ones fill
    assert sizes[-1] - sizes[2] <= BLOCK_BYTES, sizes
