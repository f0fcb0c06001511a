"""The shipped sample, as a user meets it: 26 weeks loaded at the first start, the states of twelve dates, and the weekly PDF cold and warm.

``python -m benchmarks.sample_company``. A step of its own runs in a process of its own. The issue bounds the PDF (2 s cold, 1 s warm); the bounds of a week
and of a state are what we want a first visitor to wait at most.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks._measure import NOTHING, ROOT, Clock, Spent, in_new_process, table, verdicts

WEEK_BOUND, STATE_BOUND, COLD_BOUND, WARM_BOUND = 0.4, 0.15, 2.0, 1.0
DATES = 12
STEPS = ("read", "match", "type", "validate", "load")


def weeks(folder: str) -> None:
    """Load the sample's weeks as the first start does; print what each step spends in all."""
    from salesanalytics.commands.imports import uploaded
    from salesanalytics.intake.pipeline import process
    from salesanalytics.settings import DEFAULT_SETTINGS
    from salesanalytics.store.workspace import open_workspace

    files = sorted((ROOT / "sample_data").glob("*.xlsx"))
    spent = dict.fromkeys(STEPS, NOTHING)
    clock = Clock()
    known = {"read": "read", "match": "match", "type": "type", "check": "validate"}

    def done(step: str, share: float, rows: int) -> None:
        spent[known[step]] += clock.lap()

    with open_workspace(Path(folder)) as workspace:
        for path in files:
            customers = workspace.known_customers()
            clock.lap()
            batch = process([uploaded(path)], DEFAULT_SETTINGS, known_customers=customers, progress=done)
            if batch.as_of_found is None:
                raise SystemExit(f"no date in {path.name}")
            clock.lap()
            workspace.load(batch, batch.as_of_found, who="bench", accept_errors=True)
            spent["load"] += clock.lap()
    print(json.dumps({"n": len(files), "steps": {name: (one.wall, one.cpu) for name, one in spent.items()}}))


def states(folder: str) -> None:
    """Print what the states of the last twelve dates spend, each built once."""
    from salesanalytics.store.workspace import open_workspace

    with open_workspace(Path(folder), read_only=True) as workspace:
        dates = workspace.as_of_dates()[-DATES:]
        clock = Clock()
        for on in dates:
            workspace.state(on)
        spent = clock.lap()
    print(json.dumps({"n": len(dates), "wall": spent.wall, "cpu": spent.cpu}))


def pdf(folder: str) -> None:
    """Print the parts of a report in a fresh process, and the same once more in the warm one."""
    clock = Clock()
    from salesanalytics.access.scope import EVERYONE
    from salesanalytics.access.view import View
    from salesanalytics.reports import content
    from salesanalytics.reports import pdf as document
    from salesanalytics.store.workspace import open_workspace

    imported = clock.lap()
    found: dict[str, Spent] = {"imports": imported}
    with open_workspace(Path(folder), read_only=True) as workspace:
        for turn in ("cold", "warm"):
            clock.lap()
            view, dates = View(workspace.state(), EVERYONE), workspace.as_of_dates()
            view_at = {on: View(workspace.state(on), EVERYONE) for on in dates[-2:]}.__getitem__
            found[f"{turn} states"] = clock.lap()
            weekly = content.weekly(view, workspace.settings(), "zh", view_at=view_at, import_dates=dates)
            found[f"{turn} content"] = clock.lap()
            document.render(weekly)
            found[f"{turn} typeset"] = clock.lap()
    print(json.dumps({name: (one.wall, one.cpu) for name, one in found.items()}))


def _command_line(folder: str, out: str) -> Spent:
    clock = Clock()
    words = ["report", "--format", "pdf", "--lang", "zh", "--workspace", folder, "--out", out]
    subprocess.run([sys.executable, "-m", "salesanalytics", *words], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return clock.lap()


def _bare_interpreter() -> Spent:
    clock = Clock()
    subprocess.run([sys.executable, "-c", "pass"], check=True)
    return clock.lap()


def main() -> int:
    """Print the three tables; return 1 beyond a bound."""
    module = "benchmarks.sample_company"
    with tempfile.TemporaryDirectory() as made:
        folder = str(Path(made) / "workspace")
        start = time.perf_counter()
        loaded = in_new_process(module, "weeks", folder)
        whole = time.perf_counter() - start
        built = min((in_new_process(module, "states", folder) for _ in range(2)), key=lambda one: one["cpu"])
        parts = min(
            (in_new_process(module, "pdf", folder) for _ in range(3)), key=lambda one: sum(s[0] for s in one.values())
        )
        process = min((_command_line(folder, f"{made}/report.pdf") for _ in range(3)), key=lambda one: one.wall)
    bare = min((_bare_interpreter() for _ in range(3)), key=lambda one: one.wall)
    n = loaded["n"]
    print(f"{n} weeks loaded in {whole:.1f} s; seconds a week")
    table(("step", "wall", "CPU"), [(name, wall / n, cpu / n) for name, (wall, cpu) in loaded["steps"].items()])
    table(
        ("state", "wall", "CPU"), [(f"a date, of {built['n']}", built["wall"] / built["n"], built["cpu"] / built["n"])]
    )
    table(("PDF", "wall", "CPU"), [(name, *one) for name, one in parts.items()])
    table(
        ("command line", "wall", "CPU"),
        [("whole process", process.wall, process.cpu), ("bare interpreter", bare.wall, bare.cpu)],
    )
    week = sum(cpu for _, cpu in loaded["steps"].values()) / n
    cold = [sum(one[kind] for name, one in parts.items() if name.startswith("cold")) for kind in (0, 1)]
    warm = [sum(one[kind] for name, one in parts.items() if name.startswith("warm")) for kind in (0, 1)]
    return verdicts(
        ("a week of the sample, CPU", week, WEEK_BOUND, " s"),
        ("a state of the sample, CPU", built["cpu"] / built["n"], STATE_BOUND, " s"),
        ("PDF cold, process less interpreter, wall", process.wall - bare.wall, COLD_BOUND, " s"),
        ("PDF cold, process less interpreter, CPU", process.cpu - bare.cpu, COLD_BOUND, " s"),
        ("PDF cold from an open workspace, wall", cold[0], COLD_BOUND, " s"),
        ("PDF cold from an open workspace, CPU", cold[1], COLD_BOUND, " s"),
        ("PDF warm, wall", warm[0], WARM_BOUND, " s"),
        ("PDF warm, CPU", warm[1], WARM_BOUND, " s"),
    )


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["weeks", folder]:
            weeks(folder)
        case ["states", folder]:
            states(folder)
        case ["pdf", folder]:
            pdf(folder)
        case _:
            sys.exit(main())
