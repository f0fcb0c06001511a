"""Rewriting a workspace's file: smaller, the same to the last row, and whole however it is interrupted."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from salesanalytics.errors import UserError
from salesanalytics.intake.types import Batch, FileReport
from salesanalytics.store import compact as compacting
from salesanalytics.store.compact import compact, connect_compacted, is_worth_compacting
from salesanalytics.store.connection import BLOCK_BYTES, DATABASE_NAME, REWRITTEN, connect
from salesanalytics.store.state_build import RELATIONS
from salesanalytics.store.workspace import Workspace, open_workspace
from tests.unit.store.conftest import frame_of

FIRST = date(2026, 1, 5)
WEEKS, LEADS = 3, 40


def rows_of_week(week: int) -> list[dict[str, Any]]:
    """Some leads, of whom a few move on each week and one leaves the table."""
    return [
        {
            "customer_id": f"C{number:03d}",
            "stage": "quote" if number < 5 * week else "lead",
            "owner": f"P{number % 4}",
            "expected_amount": 10.0 * number,
        }
        for number in range(week, LEADS)
    ]


def fill(workspace: Workspace) -> None:
    for week in range(WEEKS):
        on = FIRST + timedelta(weeks=week)
        frame = frame_of("leads", rows_of_week(week), f"{on}.xlsx", f"d{week}")
        workspace.load(Batch({"leads": frame}, (), (), (FileReport(f"{on}.xlsx", f"d{week}"),)), on, who="Li")
        workspace.keep_state(on)


def everything(folder: Path, key: str | None = None) -> dict[str, list[str]]:
    """Every row of every table in the file, kept states too, and every relation of each date's state."""
    with open_workspace(folder, key=key) as workspace:
        with workspace._reading() as cursor:
            places = cursor.execute(
                "SELECT schema_name || '.' || table_name FROM duckdb_tables() WHERE database_name = 'ws'"
            ).fetchall()
            found = {
                place: list(map(repr, cursor.execute(f"SELECT * FROM ws.{place} ORDER BY rowid").fetchall()))
                for (place,) in places
            }
        found |= relations(workspace, workspace.as_of_dates()[1] + timedelta(days=1))
    return found


def relations(workspace: Workspace, on: date) -> dict[str, list[str]]:
    state = workspace.state(on)
    return {name: sorted(map(repr, state.fetch(f"FROM {state.relation(name)}"))) for name in RELATIONS}


@pytest.fixture(scope="module")
def once_filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("filled") / "workspace"
    with open_workspace(made) as workspace:
        fill(workspace)
    return made


@pytest.fixture
def filled(folder: Path, once_filled: Path) -> Path:
    """A workspace of some weeks, one's own to break."""
    return Path(shutil.copytree(once_filled, folder))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob(f"{DATABASE_NAME}*"))


def test_everything_is_there_afterwards(filled: Path) -> None:
    before = everything(filled)
    done = compact(filled)
    assert (names(filled), everything(filled)) == ([DATABASE_NAME], before)
    assert done.after <= done.before


def test_a_file_of_an_earlier_version_gets_small_blocks(folder: Path) -> None:
    """As it was made before: DuckDB's own block size."""
    folder.mkdir()
    with duckdb.connect(folder / DATABASE_NAME) as made:
        made.execute("CREATE TABLE nothing_of_ours (id BIGINT)")
    with open_workspace(folder) as workspace:
        fill(workspace)
        before = workspace.imports()
    was = everything(folder)
    done = compact(folder)
    assert done.after < done.before / 2
    with open_workspace(folder) as workspace:
        blocks = "SELECT block_size FROM pragma_database_size() WHERE database_name = 'ws'"
        assert workspace._connection.execute(blocks).fetchall() == [(BLOCK_BYTES,)]
        assert workspace.imports() == before
    assert everything(folder) == was


def test_an_encrypted_workspace_stays_encrypted(folder: Path) -> None:
    with open_workspace(folder, key="Tor 7") as workspace:
        fill(workspace)
    before = everything(folder, "Tor 7")
    compact(folder, key="Tor 7")
    assert everything(folder, "Tor 7") == before
    with pytest.raises(UserError, match="workspace-key"):
        open_workspace(folder)


def test_a_middle_import_is_undone_as_if_nothing_had_been_rewritten(filled: Path, tmp_path: Path) -> None:
    last = FIRST + timedelta(weeks=WEEKS - 1)
    other = Path(shutil.copytree(filled, tmp_path / "never compacted"))
    compact(filled)
    with open_workspace(other) as never, open_workspace(filled) as compacted:
        for workspace in (never, compacted):
            workspace.undo(2, "Li")
        for on in (last - timedelta(weeks=1), last, last + timedelta(days=1)):
            assert relations(compacted, on) == relations(never, on)


@pytest.mark.parametrize("step", ["_copy", "_content", "_replace", "os.replace"])
def test_whatever_stops_it_leaves_the_old_file(filled: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    before = everything(filled)

    def stop(*_: object) -> None:
        raise OSError("stopped")

    with monkeypatch.context() as broken:
        if step == "os.replace":
            broken.setattr(os, "replace", stop)
        else:
            broken.setattr(compacting, step, stop)
        with pytest.raises(OSError, match="stopped"):
            compact(filled)
    assert everything(filled) == before
    assert names(filled) == [DATABASE_NAME], "what was begun is removed at the next opening"


def test_a_full_disk_is_said_in_a_sentence_and_closes_no_door(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = everything(filled)

    def full(*_: object) -> None:
        raise duckdb.IOException("no space left on device")

    monkeypatch.setattr(compacting, "_copy", full)
    with pytest.raises(UserError, match="workspace-no-room") as refused:
        compact(filled)
    assert str(filled) in refused.value.message("en")
    monkeypatch.setattr(compacting, "is_worth_compacting", lambda _: True)
    assert everything(filled) == before


def test_it_is_refused_while_somebody_has_it_open_and_where_there_is_nothing(filled: Path, tmp_path: Path) -> None:
    with open_workspace(filled), pytest.raises(UserError, match="workspace-busy"):
        compact(filled)
    with pytest.raises(UserError, match="workspace-missing"):
        compact(tmp_path)
    assert list(tmp_path.iterdir()) == [filled]


def test_opening_compacts_where_it_is_worth_it(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{str(filled / DATABASE_NAME).replace(chr(39), chr(39) * 2)}' AS ws")
        # what lies behind keeps the file from being cut off
        for name, rows in (("waste", 200_000), ("behind", 2_000)):
            connection.execute(f"CREATE TABLE ws.main.{name} AS SELECT random() AS number FROM range({rows})")
            connection.execute("CHECKPOINT ws")
        connection.execute("DROP TABLE ws.main.waste")
    before = everything(filled)
    wasted = (filled / DATABASE_NAME).stat().st_size
    opened = connect(filled)
    assert not is_worth_compacting(opened), "too little to wait for"
    opened.close()
    monkeypatch.setattr(compacting, "WORTH_BYTES", 2**18)
    connect_compacted(filled, None).close()
    assert (filled / DATABASE_NAME).stat().st_size < wasted / 2
    assert everything(filled) == before


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
@pytest.mark.parametrize("kills", [3, pytest.param(100, marks=pytest.mark.soak)])
def test_killed_at_any_moment_it_leaves_the_old_file_or_the_new_one(filled: Path, kills: int) -> None:
    """Within a moment of the first byte it writes."""
    before, chance = everything(filled), random.Random(8)
    words = [sys.executable, "-m", "salesanalytics", "compact", "--workspace", str(filled)]
    for _ in range(kills):
        process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while process.poll() is None and not (filled / REWRITTEN).exists():
            time.sleep(0.0005)
        time.sleep(chance.uniform(0, 0.12))
        process.kill()
        process.wait()
        assert everything(filled) == before
        assert names(filled) == [DATABASE_NAME]
