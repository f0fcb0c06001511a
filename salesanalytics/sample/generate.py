"""Writes the sample: one workbook a week, and on request the dirty copy of the last week."""

from __future__ import annotations

from pathlib import Path

from salesanalytics.sample.dirty import write_dirty
from salesanalytics.sample.exports import LEADS, SEED, WEEKS, Export, weekly_exports
from salesanalytics.sample.sheets import workbook


def generate(
    folder: Path, *, leads: int = LEADS, weeks: int = WEEKS, seed: int = SEED, dirty: bool = False
) -> list[Path]:
    """Write the weekly workbooks into ``folder`` and return their paths, oldest first.

    Equal arguments give equal bytes. ``dirty`` adds ``folder/dirty/`` with a copy of the last week full of planted problems and
    ``planted.json``, which lists them; both paths come last.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paths: list[Path] = []
    last: Export | None = None
    for export in weekly_exports(leads, weeks, seed):
        path = folder / f"{export.as_of.isoformat()}_销售周报.xlsx"
        path.write_bytes(workbook(export))
        paths.append(path)
        last = export
    if dirty:
        if last is None or leads < LEADS:  # too few customers to plant everything among
            last = next(weekly_exports(LEADS, 1, seed))
        paths += write_dirty(folder / "dirty", last)
    return paths
