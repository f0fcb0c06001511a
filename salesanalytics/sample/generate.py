"""Writes the sample: one workbook a week, or the dirty copy of the last week."""

from __future__ import annotations

from pathlib import Path

from salesanalytics.sample.dirty import write_dirty
from salesanalytics.sample.exports import LEADS, SEED, WEEKS, weekly_exports
from salesanalytics.sample.sheets import workbook


def generate(
    folder: Path, *, leads: int = LEADS, weeks: int = WEEKS, seed: int = SEED, dirty: bool = False
) -> list[Path]:
    """Write the last ``weeks`` weekly workbooks into ``folder`` and return their paths, oldest first.

    ``dirty``: instead of them, write a part of the last week full of planted problems, and ``planted.json``, which lists them (last path).
    Equal arguments give equal bytes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if dirty:  # fewer customers than usual are too few to plant everything among
        return write_dirty(folder, list(weekly_exports(max(leads, LEADS), max(weeks, 2), seed))[-1])
    paths = []
    for export in weekly_exports(leads, weeks, seed):
        path = folder / f"{export.as_of.isoformat()}_销售周报.xlsx"
        path.write_bytes(workbook(export))
        paths.append(path)
    return paths
