"""The dirty copy of the last week: two workbooks, and ``planted.json`` that lists every planted problem and its place."""

from __future__ import annotations

import json
from pathlib import Path

from salesanalytics.sample.dirty_shapes import dirty_funnels, odd_shapes
from salesanalytics.sample.dirty_sheet import DirtySheet
from salesanalytics.sample.dirty_week import dirty_week
from salesanalytics.sample.exports import Export
from salesanalytics.sample.plain_workbook import plain_workbook


def write_dirty(folder: Path, export: Export) -> list[Path]:
    """Write the dirty workbooks of ``export`` and the list of what was planted; return their paths, the list last."""
    folder.mkdir(parents=True, exist_ok=True)
    books = {
        f"{export.as_of.isoformat()}_销售周报_脏数据.xlsx": dirty_week(export) + dirty_funnels(export),
        f"{export.as_of.isoformat()}_列的问题.xlsx": odd_shapes(export),
    }
    paths = [_write(folder / name, sheets) for name, sheets in books.items()]
    planted = [plant for name, sheets in books.items() for sheet in sheets for plant in sheet.planted(name)]
    listing = folder / "planted.json"
    listing.write_text(json.dumps(planted, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
    return [*paths, listing]


def _write(path: Path, sheets: list[DirtySheet]) -> Path:
    path.write_bytes(plain_workbook([sheet.spec() for sheet in sheets]))
    return path
