"""Import of a 100,000-row, 15-column leads xlsx, file to loaded, beside what python-calamine alone needs to read it in the same run.

``python -m benchmarks.import_leads [rows]``. Every round of either runs in a process of its own, so that their peaks of memory do not mix; ours is
the way of the CLI's ``import``: read in the child, match, type, validate, stage and count, write, compare, commit, into a workspace on disk.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks._measure import Clock, Spent, in_new_process, peak_mib, table, verdicts

BOUND = 3.0
PEAK_MIB = 1024.0
ROUNDS = 3
STEPS = ("read", "match", "type", "validate", "stage", "load", "compare", "commit")


def bare(path: str) -> None:
    """Print what calamine alone spends on the file."""
    from python_calamine import CalamineWorkbook

    content = Path(path).read_bytes()
    clock = Clock()
    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python()
    spent = clock.lap()
    print(json.dumps({"wall": spent.wall, "cpu": spent.cpu}))


def ours(path: str, folder: str) -> None:
    """Print what each step of an import spends, and the peaks of memory of this process and its reading child."""
    from salesanalytics.commands.imports import uploaded
    from salesanalytics.intake import pipeline
    from salesanalytics.intake.validate import check_columns  # noqa: F401 - the imports a server has behind it
    from salesanalytics.store import workspace as store

    spent: dict[str, Spent] = {}
    clock = Clock()
    names = iter(STEPS)

    def done(_step: str, share: float, _rows: int) -> None:
        if share >= 1.0:
            spent[next(names)] = clock.lap()

    real_verify = store.verify

    def verify(*words: object) -> None:
        real_verify(*words)  # type: ignore[arg-type]
        spent[next(names)] = clock.lap()

    store.verify = verify  # type: ignore[assignment]
    with store.open_workspace(Path(folder)) as workspace:
        known, settings = workspace.known_customers(), workspace.settings()
        clock.lap()
        batch = pipeline.process([uploaded(Path(path))], settings, known_customers=known, progress=done)
        if batch.as_of_found is None or batch.errors:
            raise SystemExit("the file is not clean")
        outcome = workspace.load(batch, batch.as_of_found, who="bench", progress=done)
    own, child = peak_mib()
    # the child's time is known only when it has ended, which is a moment after the reading
    late = Spent(0.0, 0.0, spent["match"].children)
    spent |= {"read": spent["read"] + late, "match": Spent(spent["match"].wall, spent["match"].own, 0.0)}
    steps = {name: (one.wall, one.cpu) for name, one in spent.items()}
    print(json.dumps({"steps": steps, "own": own, "child": child, "new": outcome.tables["leads"].new}))


def _command_line(path: Path, folder: Path) -> Spent:
    """The whole process of the CLI, interpreter and imports included."""
    clock = Clock()
    words = [sys.executable, "-m", "salesanalytics", "import", str(path), "--workspace", str(folder), "--json"]
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
    return clock.lap()


def main(rows: int = 100_000) -> int:
    """Print the figures; return 1 beyond a bound."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        path = folder / "2026-11-08.xlsx"
        in_new_process("benchmarks._company", str(path), str(rows))
        mine, floor = [], []
        for turn in range(ROUNDS):
            floor.append(in_new_process("benchmarks.import_leads", "bare", str(path)))
            mine.append(in_new_process("benchmarks.import_leads", "ours", str(path), str(folder / f"ws{turn}")))
        command = _command_line(path, folder / "ws")
    if any(one["new"] != rows for one in mine):
        raise SystemExit("not every row arrived")
    totals = [[sum(step[kind] for step in one["steps"].values()) for one in mine] for kind in (0, 1)]
    best = min(mine, key=lambda one: sum(step[1] for step in one["steps"].values()))
    wall, cpu = min(one["wall"] for one in floor), min(one["cpu"] for one in floor)
    print(f"{rows:,} rows x 15 columns; seconds, best of {ROUNDS}")
    table(
        ("step", "wall", "CPU", "share of CPU %"),
        [(name, *best["steps"][name], 100 * best["steps"][name][1] / min(totals[1])) for name in STEPS],
    )
    table(
        ("", "wall", "CPU"),
        [("import", min(totals[0]), min(totals[1])), ("bare calamine", wall, cpu),
         ("ratio", min(totals[0]) / wall, min(totals[1]) / cpu), ("whole CLI process", command.wall, command.cpu)],
    )  # fmt: skip
    own, child = max(one["own"] for one in mine), max(one["child"] for one in mine)
    table(("peak MiB", "parent", "child", "sum"), [("", own, child, own + child)])
    return verdicts(
        ("import ÷ calamine, wall", min(totals[0]) / wall, BOUND, "x"),
        ("import ÷ calamine, CPU", min(totals[1]) / cpu, BOUND, "x"),
        ("peak memory, parent + child", own + child, PEAK_MIB, " MiB"),
    )


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["bare", path]:
            bare(path)
        case ["ours", path, folder]:
            ours(path, folder)
        case words:
            sys.exit(main(*map(int, words[:1])))
