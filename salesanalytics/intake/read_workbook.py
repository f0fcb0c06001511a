"""The sheets of a workbook (xlsx, xlsb, xls, ods) as messages of packed rows, read with calamine. Runs in the child."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from salesanalytics.intake.read_epoch import counts_from_1904
from salesanalytics.intake.read_formulas import NO_MARKS, Marks, scan_formulas
from salesanalytics.intake.read_wire import BLOCK_ROWS, pack_columns
from salesanalytics.intake.sniff import Format
from salesanalytics.intake.unreadable import Unreadable

Send = Callable[[tuple[Any, ...]], None]


def read_workbook(content: bytes, form: Format, limits: dict[str, Any], send: Send) -> None:
    """Send every worksheet of ``content``; raises Unreadable: ``corrupt``, ``encrypted``, ``too-many-sheets``, ``too-many-cells``, ``too-many-rows``, ``too-many-columns``."""
    try:
        marks = scan_formulas(content) if form is Format.XLSX else {}
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            sheets = [meta for meta in book.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet]
            if len(sheets) > limits["max_sheets"]:
                raise Unreadable("too-many-sheets", found=len(sheets), limit=limits["max_sheets"])
            if counts_from_1904(content, form):
                send(("from-1904",))
            cells = 0
            for meta in sheets:
                send(("sheet", meta.name, meta.visible != SheetVisibleEnum.Visible))
                sheet = book.get_sheet_by_name(meta.name)
                if sheet.start is not None:
                    cells += (sheet.total_height + 1) * (sheet.total_width + 1)
                    _refuse_size(cells, sheet, limits)
                    send(("expect", sheet.total_height + 1))
                marked = marks.get(meta.name, NO_MARKS)
                _send_rows(_true_rows(sheet, marked), sheet.start[1] if sheet.start else 0, marked, send)
                del sheet
    except PasswordError as error:
        raise Unreadable("encrypted") from error
    except CalamineError as error:
        raise Unreadable("corrupt") from error


def _refuse_size(cells: int, sheet: Any, limits: dict[str, Any]) -> None:
    for kind, found, limit in (
        ("too-many-rows", sheet.total_height + 1, limits["max_rows"]),
        ("too-many-columns", sheet.total_width + 1, limits["max_columns"]),
        ("too-many-cells", cells, limits["max_cells"]),
    ):
        if found > limit:
            raise Unreadable(kind, found=found, limit=limit)


def _true_rows(sheet: Any, marks: Marks) -> Iterator[tuple[int, list[Any]]]:
    """Rows with their Excel row number, from calamine's first column; marked ones too where calamine, seeing nothing in them, stops before."""
    number = 0
    for number, row in enumerate(sheet.iter_rows(), start=1):
        yield number, row
    width = sheet.width if number else 0
    for marked in sorted(marks.rows):
        if marked > number:
            yield marked, [""] * width


def _send_rows(numbered: Iterator[tuple[int, list[Any]]], left: int, marks: Marks, send: Send) -> None:
    """Send the rows in blocks, ``left`` blank columns before them. Of several blank rows in a row only the first travels; blank rows before and after the data do not."""
    width = 0
    marked_rows = marks.rows
    numbers: list[int] = []
    rows: list[list[Any]] = []
    blank: tuple[int, list[Any]] | None = None
    started = False

    def flush() -> None:
        nonlocal width
        columns = [None] * left + pack_columns(rows)
        while columns and columns[-1] is None:
            columns.pop()
        width = max(width, len(columns))
        send(("rows", numbers, columns))

    for number, row in numbered:
        if row.count("") == len(row) and number not in marked_rows:
            blank = blank or (number, row)
            continue
        if blank and started:
            numbers.append(blank[0])
            rows.append(blank[1])
        blank, started = None, True
        numbers.append(number)
        rows.append(row)
        if len(rows) >= BLOCK_ROWS:
            flush()
            numbers, rows = [], []
    if rows:
        flush()
    width = max([width, *(column + 1 for _, column in marks.uncomputed), *(column + 1 for _, column in marks.errors)])
    send(("marks", width, list(marks.uncomputed), dict(marks.errors)))
