"""The user's workbook, opened to be marked or corrected: as it is where openpyxl can, else written anew from what was read.

A workbook of more than ``LARGEST_XML`` would take minutes and gigabytes to open with its formats: it is written anew, row by row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.cell.cell import MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.workbook.properties import CalcProperties

from salesanalytics.intake.sniff import Format, sniff
from salesanalytics.intake.types import Cell, RawSheet, UploadedFile
from salesanalytics.intake.unreadable import Unreadable
from salesanalytics.intake.workbook_marks import Change, Spot
from salesanalytics.intake.workbook_style import column_width
from salesanalytics.intake.workbook_writer import put_text

LARGEST_XML = 16 * 2**20  # bytes of sheets, unpacked; some 20,000 rows of 15 columns
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\]")
_LONGEST_TITLE = 31


def is_text(content: bytes) -> bool:
    """Say whether a file is CSV or the like: its rows are then counted as they come."""
    try:
        return sniff(content) is Format.TEXT
    except Unreadable:
        return False


def open_original(file: UploadedFile, sheets: Sequence[RawSheet]) -> Workbook | None:
    """Return the user's own workbook with formulas, formats and hidden sheets; None if it has to be written anew."""
    if not _can_be_opened(file.content):
        return None
    try:
        book = load_workbook(BytesIO(file.content), rich_text=True)
    except Exception:  # whatever openpyxl stumbles over, the reader did not: then from what was read
        return None
    names = {sheet.title for sheet in book.worksheets}
    if any(raw.sheet not in names for raw in sheets if raw.rows):
        return None  # Strict OOXML comes out empty
    book.calculation = CalcProperties(fullCalcOnLoad=True)
    return book


def _can_be_opened(content: bytes) -> bool:
    try:
        if sniff(content) is not Format.XLSX:
            return False
        with ZipFile(BytesIO(content)) as archive:
            sizes = [each.file_size for each in archive.infolist() if each.filename.endswith(".xml")]
    except (Unreadable, BadZipFile):
        return False
    return sum(sizes) <= LARGEST_XML


def cell_at(book: Workbook, spot: Spot) -> Any:
    """Return the cell of the user's workbook at ``spot``; of a merged block the one that holds its value."""
    sheet = book[spot.sheet]
    cell = sheet.cell(spot.row, spot.column)
    if isinstance(cell, MergedCell):
        block = next(each for each in sheet.merged_cells.ranges if cell.coordinate in each)
        cell = sheet.cell(block.min_row, block.min_col)
    return cell


def apply_changes(book: Workbook, changes: Iterable[Change]) -> None:
    """Write corrections into the user's workbook. A row left out is emptied and not deleted: formulas below would point elsewhere."""
    for change in changes:
        if change.dropped:
            for cell in book[change.spot.sheet][change.spot.row]:
                if not isinstance(cell, MergedCell):
                    cell.value = None
        else:
            put(cell_at(book, change.spot), change.value)


def put(cell: Any, value: Cell) -> None:
    """Set a cell's value, text as text and a moment without time zone; its own format stays unless it was General."""
    if isinstance(value, str):
        put_text(cell, value)
        return
    own = cell.number_format
    cell.value = value.replace(tzinfo=None) if isinstance(value, datetime | time) else value
    if own != "General":
        cell.number_format = own
    elif isinstance(value, date):
        whole = not isinstance(value, datetime) or value.time() == time.min
        cell.number_format = "yyyy-mm-dd" if whole else "yyyy-mm-dd hh:mm:ss"


def titles(sheets: Sequence[RawSheet]) -> dict[str, str]:
    """Return a title Excel accepts for each sheet read."""
    given: dict[str, str] = {}
    for raw in sheets:
        stem = _NOT_IN_TITLES.sub(" ", raw.sheet).strip("' ")[:_LONGEST_TITLE] or "Sheet"
        title, again = stem, 2
        while title.casefold() in {each.casefold() for each in given.values()}:
            title, again = f"{stem[: _LONGEST_TITLE - 4]} ({again})", again + 1
        given[raw.sheet] = title
    return given


def rows_anew(
    raw: RawSheet, changes: Mapping[Spot, Cell], dropped: frozenset[int], *, in_order: bool
) -> Iterable[tuple[int, list[Cell], dict[int, str]]]:
    """Yield (row, cells, Excel errors by position) of a sheet as read, with corrections, in the rows they are to stand in."""
    edited: dict[int, dict[int, Cell]] = {}
    for spot, value in changes.items():
        if spot.sheet == raw.sheet:
            edited.setdefault(spot.row, {})[spot.column - 1] = value
    failed: dict[int, dict[int, str]] = {}
    for (index, position), sign in raw.error_cells.items():
        failed.setdefault(index, {})[position] = sign
    for index, cells in enumerate(raw.rows):
        row = index + 1 if in_order else raw.row_numbers[index]
        if row in dropped:
            continue
        own = edited.get(row, {})
        width = max([len(cells), *(position + 1 for position in own)])
        whole = [own.get(at, cells[at] if at < len(cells) else None) for at in range(width)] if own else cells
        yield row, list(whole), {at: sign for at, sign in failed.get(index, {}).items() if at not in own}


def write_anew(
    sheet: Any, rows: Iterable[tuple[int, list[Cell], dict[int, str]]], dress: Mapping[tuple[int, int], Any]
) -> None:
    """Append rows to a write-only sheet. ``dress``: (row, column) → what to do with that cell, called with it."""
    wanted: dict[int, list[int]] = {}
    for row, column in dress:
        wanted.setdefault(row, []).append(column)
    written = 0
    for row, cells, errors in rows:
        for _ in range(row - written - 1):
            sheet.append([])
        width = max([len(cells), *wanted.get(row, [])])
        sheet.append([_cell(sheet, row, at, cells, errors, dress) for at in range(width)])
        written = row


def _cell(
    sheet: Any,
    row: int,
    at: int,
    cells: Sequence[Cell],
    errors: Mapping[int, str],
    dress: Mapping[tuple[int, int], Any],
) -> Any:
    value = cells[at] if at < len(cells) else None
    paint = dress.get((row, at + 1))
    if paint is None and at not in errors:
        if value is None or value == "":
            return None
        if type(value) in (int, float, bool):
            return value
    cell = SheetCell(sheet, row=row, column=at + 1)
    if at in errors:
        cell.value = errors[at]
    elif value is not None:
        put(cell, value)
    if paint is not None:
        paint(cell)
    return cell


def set_widths(sheet: Any, raw: RawSheet) -> None:
    """Make columns as wide as their first rows ask for."""
    sample = raw.rows[:100]
    for at in range(max(map(len, sample), default=0)):
        sheet.column_dimensions[get_column_letter(at + 1)].width = column_width(
            [row[at] for row in sample if at < len(row)]
        )
