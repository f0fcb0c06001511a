from __future__ import annotations

import hashlib
import io
import re
import zipfile
from datetime import date, datetime, time

import openpyxl
import pytest
import xlsxwriter
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

from salesanalytics.errors import FileRefused
from salesanalytics.intake.pipeline import reprocess
from salesanalytics.intake.read import read_file
from salesanalytics.intake.types import RawSheet, UploadedFile
from salesanalytics.settings import DEFAULT_SETTINGS, Limits


def uploaded(book: openpyxl.Workbook | bytes, name: str = "leads.xlsx") -> UploadedFile:
    if isinstance(book, bytes):
        content = book
    else:
        out = io.BytesIO()
        book.save(out)
        content = out.getvalue()
    return UploadedFile(name, content, hashlib.sha256(content).hexdigest())


def read(book: openpyxl.Workbook | bytes, **limits: float) -> list[RawSheet]:
    return read_file(uploaded(book), Limits(**limits))  # type: ignore[arg-type]


def rewritten(book: openpyxl.Workbook, part: str, change: tuple[str, str]) -> bytes:
    """The workbook with a pattern replaced in one of its parts."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(uploaded(book).content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            data = old.read(name).decode()
            new.writestr(name, re.sub(*change, data) if name == part else data)
    return out.getvalue()


def test_types_of_cells_come_through() -> None:
    book = openpyxl.Workbook()
    row = ["0012", 3, 2.5, True, date(2026, 7, 1), datetime(2026, 7, 1, 13, 30, 5), time(9, 15), None, "=text"]
    for place, value in enumerate(row, start=1):
        cell = book.active.cell(1, place, value)
        if value == "=text":
            cell.data_type = "s"
    (sheet,) = read(book)
    assert sheet.rows == [row]
    assert [type(cell) for cell in sheet.rows[0]][4:7] == [date, datetime, time]


def test_row_numbers_are_excels_and_columns_start_at_a() -> None:
    book = openpyxl.Workbook()
    book.active["C4"] = "客户编号"
    book.active["C5"] = "001"
    book.active["D9"] = "x"
    (sheet,) = read(book)
    assert sheet.row_numbers == [4, 5, 6, 9]  # of the blank rows between only the first stays
    assert sheet.rows == [
        [None, None, "客户编号", None],
        [None, None, "001", None],
        [None] * 4,
        [None, None, None, "x"],
    ]


def test_1904_date_system() -> None:
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active["A1"] = date(2026, 7, 1)
    (sheet,) = read(book)
    assert sheet.rows == [[date(2026, 7, 1)]]
    assert sheet.from_1904


def test_serials_of_a_1904_workbook_are_its_own() -> None:
    header = ["客户编号", "客户名称", "行业", "线索来源", "首次接触时间", "当前跟进阶段", "负责人", "预计成交金额(元)"]
    found = []
    for epoch, serial in ((CALENDAR_MAC_1904, 44_742), (CALENDAR_WINDOWS_1900, 46_204)):
        book = openpyxl.Workbook()
        book.epoch = epoch
        book.active.append(header)
        book.active.append(["C1", "a", "b", "c", serial, "线索", "d", 44_742])
        batch = reprocess(read(book), DEFAULT_SETTINGS, as_of=date(2026, 7, 2))
        found.append(batch.tables["leads"].select("first_contact_on", "expected_amount").row(0))
    assert found == [(date(2026, 7, 1), 44_742.0)] * 2


def test_durations_are_excels_number_of_days() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = 1.5
    book.active["A1"].number_format = "[h]:mm"
    (sheet,) = read(book)
    assert sheet.rows == [[1.5]]


def test_hidden_and_empty_sheets_are_told() -> None:
    book = openpyxl.Workbook()
    book.active.title = "空表"
    book.create_sheet("隐藏").sheet_state = "hidden"
    book["隐藏"]["A1"] = 1
    book.create_sheet("很隐藏").sheet_state = "veryHidden"
    assert [(sheet.sheet, sheet.hidden, len(sheet.rows)) for sheet in read(book)] == [
        ("空表", False, 0),
        ("隐藏", True, 1),
        ("很隐藏", True, 0),
    ]


def test_merged_title_keeps_its_text_in_the_first_cell() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "2026年7月销售数据"
    book.active.merge_cells("A1:C1")
    book.active.append(["a", "b", "c"])
    assert read(book)[0].rows == [["2026年7月销售数据", None, None], ["a", "b", "c"]]


def test_formulas_nobody_computed_are_marked() -> None:
    book = openpyxl.Workbook()
    book.active.append(["a", "b", "sum"])
    book.active.append([1, 2, "=A2+B2"])  # openpyxl writes no value
    book.active["D5"] = "=1+1"  # alone in its row, beyond the other columns
    (sheet,) = read(book)
    assert {(sheet.row_numbers[row], column) for row, column in sheet.uncomputed} == {(2, 2), (5, 3)}
    assert all(len(row) == 4 for row in sheet.rows)


def test_computed_formulas_are_not_marked_even_if_empty_text() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet().write_formula("A1", "=1+1", None, 2)
    assert read(out.getvalue())[0].rows == [[2]]
    assert not read(out.getvalue())[0].uncomputed
    formula = openpyxl.Workbook()
    formula.active["A1"] = '=""'
    formula.active["B1"] = "x"
    as_excel_writes_it = (r'<c r="A1"><f>""</f><v ?/></c>', '<c r="A1" t="str"><f>""</f><v></v></c>')
    (sheet,) = read(rewritten(formula, "xl/worksheets/sheet1.xml", as_excel_writes_it))
    assert (sheet.rows, sheet.uncomputed) == ([[None, "x"]], frozenset())


def test_error_cells_say_what_excel_shows() -> None:
    book = openpyxl.Workbook()
    book.create_sheet("second")
    book["second"]["B2"] = "#N/A"
    book["second"]["C3"] = "#DIV/0!"
    first, second = read(book)
    assert not first.error_cells
    assert {(second.row_numbers[row], column): shown for (row, column), shown in second.error_cells.items()} == {
        (2, 1): "#N/A",
        (3, 2): "#DIV/0!",
    }


def test_namespace_prefixes_do_not_hide_formulas() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = 5
    book.active["B3"] = "=1+1"
    prefixed = rewritten(book, "xl/worksheets/sheet1.xml", (r"<(/?)(\w+)(?=[ />])", r"<\1x:\2"))
    prefixed = prefixed_namespace(prefixed)
    (sheet,) = read(prefixed)
    assert sheet.rows[0][0] == 5
    assert {(sheet.row_numbers[row], column) for row, column in sheet.uncomputed} == {(3, 1)}


def prefixed_namespace(content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(
                name, data.replace(b"<x:worksheet xmlns=", b"<x:worksheet xmlns:x=") if "sheet1" in name else data
            )
    return out.getvalue()


def test_a_million_blank_formatted_cells_leave_only_the_data() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "id"
    cells = "".join(
        f'<row r="{row}">' + "".join(f'<c r="{letter}{row}" s="0"/>' for letter in "ABCDEFGHIJKLMNOPQRST") + "</row>"
        for row in range(2, 50_002)
    )
    (read_sheet,) = read(rewritten(book, "xl/worksheets/sheet1.xml", ("</sheetData>", cells + "</sheetData>")))
    assert (read_sheet.rows, read_sheet.row_numbers) == ([["id"]], [1])


def test_longest_text_excel_allows() -> None:
    book = openpyxl.Workbook()
    for row in range(1, 50):
        book.active.cell(row, 1, "长" * 32_767)
    assert {len(str(row[0])) for row in read(book)[0].rows} == {32_767}


def test_more_rows_than_a_block_keep_their_order() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for row in range(10_000):
            sheet.write_row(row, 0, [f"C{row:05d}", row])
        sheet.write(9_999, 5, datetime(2026, 1, 1), book.add_format({"num_format": "yyyy-mm-dd"}))
    (read_sheet,) = read(out.getvalue())
    assert [row[:2] for row in read_sheet.rows] == [[f"C{row:05d}", row] for row in range(10_000)]
    assert {len(row) for row in read_sheet.rows} == {6}
    assert read_sheet.rows[-1][5] == date(2026, 1, 1)
    assert read_sheet.row_numbers == list(range(1, 10_001))


@pytest.mark.parametrize(
    ("sheets", "limit", "kind"),
    [
        (500, {}, "too-many-sheets"),
        (1, {"max_cells": 10}, "too-many-cells"),
        (1, {"max_rows": 3}, "too-many-rows"),
        (1, {"max_columns": 3}, "too-many-columns"),
    ],
)
def test_limits(sheets: int, limit: dict[str, float], kind: str) -> None:
    book = openpyxl.Workbook()
    book.active["E5"] = 1
    for _ in range(sheets - 1):
        book.create_sheet()
    with pytest.raises(FileRefused) as refusal:
        read(book, **limit)
    assert refusal.value.kind == kind
    assert "leads.xlsx" in refusal.value.message("zh")
    assert "leads.xlsx" in refusal.value.message("en")


def test_a_cell_in_the_last_corner_does_not_take_the_memory() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = 1
    book.active["XFD1048576"] = 1
    with pytest.raises(FileRefused) as refusal:
        read(book)
    assert refusal.value.kind in ("out-of-memory", "too-many-cells")
