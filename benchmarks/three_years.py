"""Three years of weekly exports of 20,000 leads: what the folder weighs, what a load costs early and late, and what a past date costs beside the newest.

``python -m benchmarks.three_years [--weeks 156] [--leads 20000] [--folder DIR]``: 26 weeks unless more are asked for, from which the size of 156 is told by its
slope; the whole takes a quarter of an hour on two idle cores. Everything goes through the workspace's own doors: ``keep_file``, ``load`` and, as the served app does
in the background, ``keep_state``. Rows come as batches, since reading workbooks would be most of an hour; real workbooks of three weeks are written to learn
their sizes, and what is kept as a week's file is noise of the size between them (a workbook is compressed already).
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks._measure import MIB, in_new_process, table, verdicts
from salesanalytics.settings import DEFAULT_SETTINGS

STEPS = "benchmarks._three_years_steps"
WHOLE, SHORT = 156, 26
FOLDER_MIB, PAST_RATIO, GROWTH = 500.0, 2.0, 1.5
UPLOADS = "files"


def main(weeks: int, leads: int, folder: Path) -> int:
    """Print the figures; return 1 beyond a bound."""
    where = str(folder / "workspace")
    folder.mkdir(parents=True, exist_ok=True)
    sizes = in_new_process(STEPS, "sizes", str(folder), str(leads), str(weeks))
    loaded = in_new_process(STEPS, "load", where, str(leads), str(weeks), json.dumps(sizes))
    asked = in_new_process(STEPS, "ask", where)
    print("workbooks: " + ", ".join(f"week {week + 1} {size / MIB:.1f} MiB" for week, size in sizes))
    return verdicts(*_of_loading(loaded["weeks"], loaded["after"]), *_of_asking(asked))


def _of_loading(weeks: Sequence[Mapping[str, Any]], after: Mapping[str, int]) -> list[tuple[str, float, float, str]]:
    print(f"{len(weeks)} weekly exports; the last holds {weeks[-1]['rows']}")
    names = sorted({name for week in weeks for name in week["parts"]})
    places = sorted({round((len(weeks) - 1) * share) for share in (0, 0.25, 0.5, 0.75, 1)})
    lines = [(str(place + 1), weeks[place]["parts"]) for place in places] + [("closed", after)]
    shown = [(week, *(held.get(name, 0) / MIB for name in names), sum(held.values()) / MIB) for week, held in lines]
    table(("MiB after week", *names, "sum"), shown)
    some = max(3, len(weeks) // 10)
    parts = weeks[1 : 1 + some], weeks[-some:]
    rows = [statistics.median(sum(week["rows"].values()) for week in part) for part in parts]
    found = {kind: [statistics.median(week[kind] for week in part) for part in parts] for kind in ("load", "state")}
    table(
        ("CPU seconds a week", "first weeks", "last weeks", "ratio", "ratio a row"),
        [(kind, *two, two[1] / two[0], two[1] / two[0] * rows[0] / rows[1]) for kind, two in found.items()],
    )
    return [
        (f"the folder after {WHOLE} weeks", _after_all(weeks, after) / MIB, FOLDER_MIB, " MiB"),
        *(
            (f"{kind} late ÷ early, a row of the file, CPU", two[1] / two[0] * rows[0] / rows[1], GROWTH, "x")
            for kind, two in found.items()
        ),
    ]


def _after_all(weeks: Sequence[Mapping[str, Any]], after: Mapping[str, int]) -> float:
    """The folder as it is, or, of fewer weeks, as its slope over their second half and the bound of the uploads tell."""
    if len(weeks) >= WHOLE:
        return float(max(sum(after.values()), *(sum(week["parts"].values()) for week in weeks)))
    data = [sum(size for name, size in week["parts"].items() if name != UPLOADS) for week in weeks]
    half = len(weeks) // 2
    slope = (data[-1] - data[half]) / (len(weeks) - 1 - half)
    return data[-1] + slope * (WHOLE - len(weeks)) + DEFAULT_SETTINGS.limits.kept_upload_bytes


def _of_asking(asked: Mapping[str, Mapping[str, Sequence[float]]]) -> list[tuple[str, float, float, str]]:
    """``asked``: what → date → (wall, CPU), the newest date first."""
    dates = list(asked["state"])
    whole = {on: [sum(by[on][kind] for by in asked.values()) for kind in (0, 1)] for on in dates}
    lines = {**asked, "all": whole}
    for kind, name in enumerate(("wall", "CPU")):
        table((f"{name} s, median", *dates), [(what, *(by[on][kind] for on in dates)) for what, by in lines.items()])
    return [
        (f"{what} as of {on} ÷ newest, CPU", by[on][1] / by[dates[0]][1], PAST_RATIO, "x")
        for what, by in lines.items()
        for on in dates[1:]
    ]


if __name__ == "__main__":
    reader = argparse.ArgumentParser()
    reader.add_argument("--weeks", type=int, default=SHORT)
    reader.add_argument("--leads", type=int, default=20_000)
    reader.add_argument("--folder", type=Path)
    chosen = reader.parse_args()
    with tempfile.TemporaryDirectory() as made:
        sys.exit(main(chosen.weeks, chosen.leads, chosen.folder or Path(made)))
