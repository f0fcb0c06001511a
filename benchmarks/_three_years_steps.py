"""The steps of ``three_years``, each in a process of its own: sizes of real workbooks, loading, asking.

``python -m benchmarks._three_years_steps sizes|load|ask …`` prints JSON.
"""

from __future__ import annotations

import json
import statistics
import sys
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

import numpy as np
import polars as pl

from benchmarks._measure import Clock, Spent
from benchmarks._three_years_company import Company
from salesanalytics.intake.types import UploadedFile

ROUNDS = 5
BACK = (0.0, 0.25, 0.5, 0.75)
"""how far back the dates asked about lie, as a share of the whole time"""
OFF = timedelta(days=3)
"""after the import: a date nobody imported on, so that nothing is kept of it"""
T = TypeVar("T")


def file_sizes(folder: str, leads: int, weeks: int) -> None:
    """Print the sizes of the workbooks of the first, the middle and the last week, written as a CRM would."""
    company, sizes = Company(leads), {}
    for week in range(weeks):
        batch = company.export()
        if week in (0, weeks // 2, weeks - 1):
            path = Path(folder) / "export.xlsx"
            _write_workbook(path, batch.tables)
            sizes[week] = path.stat().st_size
            path.unlink()
    print(json.dumps(sorted(sizes.items())))


def _write_workbook(path: Path, tables: Mapping[str, pl.DataFrame]) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"constant_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        for name, frame in tables.items():
            shown = frame.select(column for column in frame.columns if column[0] != "_")
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, shown.columns)
            for number, row in enumerate(shown.iter_rows(), start=1):
                for place, cell in enumerate(row):
                    if cell is not None:
                        sheet.write(number, place, cell)


def load(folder: str, leads: int, weeks: int, sizes: str) -> None:
    """Load every week as the served app does; print what each took (CPU seconds) and what the folder then weighed."""
    from salesanalytics.store.workspace import open_workspace

    company, told, clock = Company(leads), [], Clock()
    known = json.loads(sizes)
    with open_workspace(Path(folder)) as workspace:
        for week in range(weeks):
            batch = company.export()
            size = round(float(np.interp(week, *zip(*known, strict=True))))
            file = UploadedFile(batch.files[0].file, np.random.default_rng(week).bytes(size), batch.files[0].digest)
            clock.lap()
            workspace.keep_file(file)
            workspace.load(batch, company.as_of, who="bench")
            loaded = clock.lap().cpu
            workspace.keep_state(company.as_of)
            rows = {name: frame.height for name, frame in batch.tables.items()}
            told.append({"load": loaded, "state": clock.lap().cpu, "parts": parts(Path(folder)), "rows": rows})
            print(company.as_of, told[-1], file=sys.stderr, flush=True)
    print(json.dumps({"weeks": told, "after": parts(Path(folder))}))


def parts(folder: Path) -> dict[str, int]:
    """Return the bytes of the workspace's folder by its first level."""
    found: dict[str, int] = {}
    for path in folder.rglob("*"):
        if path.is_file():
            name = path.relative_to(folder).parts[0]
            found[name] = found.get(name, 0) + path.stat().st_size
    return found


class _Laps:
    """What each kind of work took as of each date."""

    def __init__(self) -> None:
        self.spent: dict[str, dict[date, list[Spent]]] = {}

    def timed(self, what: str, on: date, run: Callable[[], T]) -> T:
        clock = Clock()
        found = run()
        self.spent.setdefault(what, {}).setdefault(on, []).append(clock.lap())
        return found

    def medians(self) -> dict[str, dict[str, tuple[float, float]]]:
        """Return what → date → (wall, CPU)."""
        return {
            what: {
                str(on): (statistics.median(lap.wall for lap in laps), statistics.median(lap.cpu for lap in laps))
                for on, laps in by.items()
            }
            for what, by in self.spent.items()
        }


def ask(folder: str) -> None:
    """Print, for the newest date and each past one, what these took: building a state never kept (``state``), finding the kept ones its sparklines look
    back at (``series``), and the Overview's questions over them (``questions``): medians of alternating rounds.
    """
    from benchmarks.overview_queries import parts as panels_of
    from salesanalytics.access.view import View
    from salesanalytics.insight.headline import WEEKS_SHOWN
    from salesanalytics.store.workspace import open_workspace

    laps = _Laps()
    with open_workspace(Path(folder)) as workspace:
        every, settings = workspace.as_of_dates(), workspace.settings()
        asked = [every[round((len(every) - 1) * (1 - share))] for share in BACK]
        for turn in range(ROUNDS):
            for on in asked:
                workspace._states._states.clear()
                day = on + OFF + timedelta(days=turn % 2)
                views = {day: View(laps.timed("state", on, lambda day=day: workspace.state(day)))}
                shown = [each for each in every if each <= day][-(WEEKS_SHOWN - 1) :]
                views |= laps.timed(
                    "series", on, lambda shown=shown: {each: View(workspace.state(each)) for each in shown}
                )
                panels = panels_of(views, settings, (), [*shown, day])
                laps.timed("questions", on, lambda panels=panels: [panel() for panel in panels.values()])
    print(json.dumps(laps.medians()))


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["sizes", folder, leads, weeks]:
            file_sizes(folder, int(leads), int(weeks))
        case ["load", folder, leads, weeks, sizes]:
            load(folder, int(leads), int(weeks), sizes)
        case ["ask", folder]:
            ask(folder)
