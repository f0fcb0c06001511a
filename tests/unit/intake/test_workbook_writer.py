"""The low-level writer: text stays text, numbers stay numbers, equal input gives equal bytes."""

import time
from datetime import date, datetime
from io import BytesIO
from zipfile import ZipFile

import openpyxl
from python_calamine import CalamineWorkbook

from salesanalytics.intake.workbook_style import column_width, display_width, number_format
from salesanalytics.intake.workbook_writer import SheetSpec, write_workbook
from salesanalytics.tables import Kind


def rows_of(content: bytes, title: str) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_name(title).to_python(skip_empty_area=False)


def test_values_come_back_as_they_went_in():
    row = ["007", "客户 甲", date(2026, 1, 5), datetime(2026, 1, 5, 9, 30), 1234.56, 3, 0.125, True]
    kinds = [Kind.ID, Kind.TEXT, Kind.DATE, Kind.TIMESTAMP, Kind.MONEY, Kind.COUNT, Kind.SHARE, Kind.BOOLEAN]
    content = write_workbook([SheetSpec("数据", [str(kind) for kind in kinds], [row], kinds)])
    assert rows_of(content, "数据")[1] == row


def test_formula_like_text_stays_text():
    nasty = ["=1+1", "+1", "-1", "@SUM(A1)", "#N/A", '=HYPERLINK("x")', "a\x07b"]
    content = write_workbook([SheetSpec("s", list("abcdefg"), [nasty])])
    with ZipFile(BytesIO(content)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
    assert rows_of(content, "s")[1] == [*nasty[:6], "ab"]


def test_equal_input_gives_equal_bytes_at_another_time():
    spec = SheetSpec("s", ["编号", "值"], [["1", 2]], [Kind.ID, Kind.COUNT], notes={0: "说明"}, choices={1: ("1", "2")})
    first = write_workbook([spec])
    time.sleep(2.1)  # zip times have a grain of two seconds
    assert write_workbook([spec]) == first


def test_lines_above_the_header_are_merged_over_it():
    content = write_workbook([SheetSpec("s", ["a", "b", "c"], [[1, 2, 3]], above=("三月销售数据", "制表：王"))])
    sheet = openpyxl.load_workbook(BytesIO(content))["s"]
    assert sorted(str(area) for area in sheet.merged_cells.ranges) == ["A1:C1", "A2:C2"]
    assert [cell.value for cell in sheet[3]] == ["a", "b", "c"]
    assert sheet.freeze_panes == "A4"


def test_hidden_sheets_are_hidden():
    content = write_workbook([SheetSpec("shown", ["a"]), SheetSpec("kept", ["a"], hidden=True)])
    assert [sheet.sheet_state for sheet in openpyxl.load_workbook(BytesIO(content))] == ["visible", "hidden"]


def test_a_list_too_long_for_excel_gets_no_dropdown():
    labels = [f"stage number {n}" for n in range(40)]
    content = write_workbook([SheetSpec("s", ["a", "b"], choices={0: labels, 1: ("yes", "no")})])
    rules = openpyxl.load_workbook(BytesIO(content))["s"].data_validations.dataValidation
    assert [rule.formula1 for rule in rules] == ['"yes,no"']


def test_widths_count_chinese_twice():
    assert display_width("客户ID") == 6
    assert column_width(["预计成交金额(元)"]) == 19
    assert column_width(["短"]) == 11
    assert column_width(["很" * 100]) == 48


def test_number_formats_show_no_empty_fraction():
    assert number_format(Kind.MONEY, 50000) == "#,##0"
    assert number_format(Kind.MONEY, 0.5) == "#,##0.00"
    assert number_format(Kind.SHARE, 0.29) == "0%"
    assert number_format(Kind.SHARE, 0.333) == "0.0%"
    assert number_format(Kind.TIMESTAMP, datetime(2026, 1, 5)) == "yyyy-mm-dd"
    assert number_format(Kind.TIMESTAMP, datetime(2026, 1, 5, 8)) == "yyyy-mm-dd hh:mm"
