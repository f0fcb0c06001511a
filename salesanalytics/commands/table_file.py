"""Tables written to a file for a spreadsheet, CSV or xlsx by the file's ending, with nothing in it that a spreadsheet would calculate."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from salesanalytics.errors import UserError
from salesanalytics.intake.inert_text import inert
from salesanalytics.intake.types import Cell
from salesanalytics.intake.typing_cells import show
from salesanalytics.intake.workbook_writer import SheetSpec, write_workbook


def csv_bytes(rows: Sequence[Sequence[Cell]]) -> bytes:
    """Return rows as CSV in UTF-8 with the mark Excel wants."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(
        [inert(cell) if isinstance(cell, str) else show(cell) or "" for cell in row] for row in rows
    )
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def wanted_format(path: Path) -> str:
    """Return ``csv`` or ``xlsx``, from the ending of ``path``; UserError ``out-format`` for any other."""
    ending = path.suffix.lower().removeprefix(".")
    if ending not in ("csv", "xlsx"):
        raise UserError("out-format", file=str(path))
    return ending


def save(path: Path, content: bytes) -> None:
    """Write ``content`` to ``path``, making its folder; UserError ``cannot-write``."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise UserError("cannot-write", file=str(path)) from error


def write_table_file(path: Path, sheets: Mapping[str, tuple[Sequence[str], Sequence[Sequence[Cell]]]]) -> None:
    """Write titled tables (headers, rows): a sheet each, or in a CSV one below the other with a blank line between."""
    if wanted_format(path) == "xlsx":
        save(path, write_workbook([SheetSpec(title, headers, rows) for title, (headers, rows) in sheets.items()]))
        return
    lines: list[Sequence[Cell]] = []
    for headers, rows in sheets.values():
        lines += [*([[]] if lines else []), list(headers), *rows]
    save(path, csv_bytes(lines))
