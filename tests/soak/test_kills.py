"""An import killed at any moment: at reopening all of it is there or nothing of it, and nothing older is lost."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import psutil
import pytest

from salesanalytics.sample.generate import generate
from salesanalytics.store.connection import DATABASE_NAME
from salesanalytics.store.workspace import open_workspace
from tests.counts import counted

ROOT = Path(__file__).parents[2]
SOAK_KILLS, KILLS = 200, 6
WEEKS = 3
Dump = dict[str, list[str]]
OF_THE_MOMENT = {"imports": "loaded_at", "audit": "happened_at"}
"""table → the column that differs between two runs of the same imports"""


@pytest.fixture(scope="module")
def weeks(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Weekly exports of a small company that follow one another."""
    folder = tmp_path_factory.mktemp("exports")
    generate(folder, leads=150, weeks=WEEKS)
    return sorted(folder.glob("*.xlsx"))


def command(week: Path, workspace: Path) -> list[str]:
    """The import as a user types it; the as-of date is in the file's name."""
    return [sys.executable, "-m", "salesanalytics", "import", str(week), "--workspace", str(workspace)]


def dump(folder: Path) -> Dump:
    """Every row of every table of the workspace, but for moments; opening it is part of what is tested."""
    with open_workspace(folder) as workspace, workspace._reading() as cursor:
        names = [
            row[0]
            for row in cursor.execute("SELECT table_name FROM duckdb_tables() WHERE database_name = 'ws'").fetchall()
        ]
        found: Dump = {}
        for name in names:
            leave = f" EXCLUDE ({OF_THE_MOMENT[name]})" if name in OF_THE_MOMENT else ""
            found[name] = sorted(map(repr, cursor.execute(f"SELECT *{leave} FROM ws.main.{name}").fetchall()))
        return found


class Unkilled:
    """What the workspace holds after each number of imports when nobody kills them, and how long an import takes."""

    def __init__(self, weeks: list[Path], folder: Path) -> None:
        self.after = [dump(folder)]
        self.seconds = 0.0
        for week in weeks:
            start = time.monotonic()
            subprocess.run(command(week, folder), check=True, capture_output=True, cwd=ROOT)
            self.seconds = max(self.seconds, time.monotonic() - start)
            self.after.append(dump(folder))


@pytest.fixture(scope="module")
def unkilled(weeks: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Unkilled:
    reference = Unkilled(weeks, tmp_path_factory.mktemp("unkilled") / "workspace")
    assert all(reference.after[place] != reference.after[place + 1] for place in range(len(weeks)))
    return reference


def sizes(folder: Path) -> list[tuple[str, int]]:
    """What of the database is on disk; it grows only while a commit or a checkpoint is under way."""
    found = []
    for path in folder.glob(f"{DATABASE_NAME}*"):
        try:
            found.append((path.name, path.stat().st_size))
        except FileNotFoundError:
            continue
    return sorted(found)


def kill(week: Path, folder: Path, rng: random.Random, seconds: float, *, while_writing: bool) -> None:
    """Start an import and kill it: at any moment of its run, or within a moment of the first byte it writes."""
    before = sizes(folder)
    process = subprocess.Popen(command(week, folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT)
    if while_writing:
        while process.poll() is None and sizes(folder) == before:
            time.sleep(0.0005)
        time.sleep(rng.uniform(0, 0.08))
    else:
        time.sleep(rng.uniform(0, seconds))
    try:
        own = psutil.Process(process.pid).children(recursive=True)
    except psutil.NoSuchProcess:
        own = []
    process.kill()
    process.wait()
    _, alive = psutil.wait_procs(own, timeout=10)
    assert alive == [], "the reading child outlived its parent"


def all_or_nothing(kills: int, weeks: list[Path], unkilled: Unkilled, folder: Path) -> Counter[str]:
    """Kill ``kills`` imports; each must leave just what there was before, or just what there is with it whole."""
    rng = random.Random(20261121)
    outcomes: Counter[str] = Counter()
    there, workspace = 0, folder / "0"
    dump(workspace)
    for number in range(kills):
        if there == len(weeks):  # full: the next one starts empty
            there, workspace = 0, folder / str(number)
            dump(workspace)
        kill(weeks[there], workspace, rng, unkilled.seconds, while_writing=number % 2 == 1)
        found = dump(workspace)
        whole = found == unkilled.after[there + 1]
        assert whole or found == unkilled.after[there], _difference(found, unkilled.after[there])
        outcomes["whole" if whole else "nothing"] += 1
        there += whole
    _goes_on(workspace, weeks, unkilled)
    return outcomes


def _difference(found: Dump, expected: Dump) -> dict[str, Any]:
    return {
        name: (len(rows), len(expected.get(name, []))) for name, rows in found.items() if rows != expected.get(name)
    }


def _goes_on(workspace: Path, weeks: list[Path], unkilled: Unkilled) -> None:
    """A workspace that has seen kills takes the remaining imports as if nothing had happened."""
    there = unkilled.after.index(dump(workspace))
    for week in weeks[there:]:
        subprocess.run(command(week, workspace), check=True, capture_output=True, cwd=ROOT)
    assert dump(workspace) == unkilled.after[-1]


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_a_killed_import_is_there_whole_or_not_at_all(weeks: list[Path], unkilled: Unkilled, tmp_path: Path) -> None:
    assert all_or_nothing(KILLS, weeks, unkilled, tmp_path).total() == KILLS


@pytest.mark.soak
@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_two_hundred_kills(weeks: list[Path], unkilled: Unkilled, tmp_path: Path) -> None:
    outcomes = all_or_nothing(SOAK_KILLS, weeks, unkilled, tmp_path)
    counted("imports killed", outcomes.total())
    counted("killed imports that were there whole", outcomes["whole"])
    counted("killed imports of which nothing was there", outcomes["nothing"])
    # both halves must really have been met, else the kills missed the write
    assert min(outcomes["whole"], outcomes["nothing"]) >= SOAK_KILLS // 20
