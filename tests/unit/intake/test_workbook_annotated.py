"""The user's workbook back: marked where the issues are, otherwise as it was, and read again as if nothing had been added."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from salesanalytics.i18n import text
from salesanalytics.intake import workbook_annotated, workbook_copy
from salesanalytics.intake.issues import message
from salesanalytics.intake.pipeline import process
from salesanalytics.intake.types import Correction, UploadedFile
from salesanalytics.intake.workbook_annotated import annotated_name, annotated_workbook, corrected_workbook
from salesanalytics.settings import DEFAULT_SETTINGS

AS_OF = date(2026, 11, 8)
DIRTY = Path(__file__).parents[3] / "sample_data" / "dirty"
HEADERS = [
    "客户编号",
    "客户名称",
    "行业",
    "线索来源",
    "首次接触时间",
    "当前跟进阶段",
    "负责人",
    "预计成交金额(元)",
    "备注",
]
GOOD = ["C1", "甲公司", "制造业", "官网", "2026-10-01", "线索", "王芳", 50000, "=1+1 不是公式"]
RED, AMBER = "FADCD9", "FFEBC2"


def file_of(name: str, content: bytes) -> UploadedFile:
    return UploadedFile(name, content, hashlib.sha256(content).hexdigest())


def check(file: UploadedFile, corrections=()):
    return process([file], DEFAULT_SETTINGS, as_of=AS_OF, corrections=corrections)


def places(batch):
    return sorted((i.kind, i.sheet, i.row or 0, i.column or "", i.severity) for i in batch.issues)


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture
def own_book() -> Workbook:
    """A workbook such as people have: a title above, a formula, an own comment and colours, a merged block, a hidden sheet."""
    book = Workbook()
    sheet = book.active
    sheet.title = "客户 '26"
    sheet.append(["十一月客户一览"])
    sheet.merge_cells("A1:I1")
    sheet.append([])
    sheet.append(HEADERS)
    for cell in sheet[3]:
        cell.fill, cell.font = PatternFill("solid", start_color="1D5FC2"), Font(color="FFFFFF", bold=True)
    sheet.append(["C1", "甲公司", "制造业", "官网", date(2026, 10, 1), "线索", "王芳", 50000, None])
    sheet.append(["C2", None, "制造业", "官网", date(2026, 10, 1), "洽谈种", "王芳", 60000, None])
    sheet.append(["C3", "丙公司", "制造业", "官网", "昨天下午", None, "王芳", 70000, None])
    for row in (4, 5, 6):
        sheet.cell(row, 5).number_format = "yyyy/m/d"
        sheet.cell(row, 8).number_format = '#,##0"元"'
    sheet["F5"].comment = Comment("王芳：下周确认", "王芳")
    sheet["K4"] = "=H4*2"
    hidden = book.create_sheet("底稿")
    hidden.sheet_state = "hidden"
    hidden["A1"] = "内部"
    return book


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_cells_are_coloured_and_say_the_issue(own_book, lang) -> None:
    file = file_of("2026-11-08 客户.xlsx", saved(own_book))
    batch = check(file)
    book = load_workbook(io.BytesIO(annotated_workbook(file, batch, lang)))
    assert book.sheetnames == [text("annotated.sheet", lang), "客户 '26", "底稿"]
    sheet = book["客户 '26"]
    by_place = {(i.kind, i.row): message(i, lang) for i in batch.issues}
    for cell, kind, colour in (
        ("F5", "unknown-stage", RED),
        ("B5", "missing-expected-cell", AMBER),
        ("E6", "unreadable-date", RED),
    ):
        assert sheet[cell].fill.fgColor.rgb.endswith(colour), cell
        assert by_place[kind, sheet[cell].row] in sheet[cell].comment.text, cell
    assert sheet["F5"].comment.text.startswith("王芳：下周确认")
    assert not sheet["F4"].fill.fill_type
    assert sheet["F4"].comment is None


def test_what_was_there_stays(own_book) -> None:
    file = file_of("a.xlsx", saved(own_book))
    book = load_workbook(io.BytesIO(annotated_workbook(file, check(file), "zh")))
    sheet = book["客户 '26"]
    assert sheet["K4"].value == "=H4*2"
    assert sheet["E5"].number_format == "yyyy/m/d"
    assert sheet["H5"].number_format == '#,##0"元"'
    assert [str(block) for block in sheet.merged_cells.ranges] == ["A1:I1"]
    assert book["底稿"].sheet_state == "hidden"
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        [cell.value for cell in row] for row in load_workbook(io.BytesIO(file.content))["客户 '26"].iter_rows()
    ]


def test_the_list_names_every_issue_and_leads_to_its_cell(own_book) -> None:
    file = file_of("a.xlsx", saved(own_book))
    batch = check(file)
    book = load_workbook(io.BytesIO(annotated_workbook(file, batch, "en")))
    rows = list(book["Issues"].iter_rows(min_row=5))
    head, lines = rows[0], rows[1:]
    assert [cell.value for cell in head][:3] == ["Severity", "Issue", "On sheet"]
    assert len(lines) == len(batch.issues)
    assert [line[0].value for line in lines] == sorted(line[0].value for line in lines)  # errors first
    stage = next(line for line in lines if line[5].value == "洽谈种")
    assert stage[3].value == 5
    assert stage[3].hyperlink.location == "'客户 ''26'!F5"
    assert not stage[3].hyperlink.target


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("path", sorted(DIRTY.glob("*.xlsx")), ids=lambda path: path.stem[11:])
def test_marks_do_not_disturb_recognition(path, lang) -> None:
    """The dirty sample marked and uploaded again as it is: the very same issues, nothing about our list."""
    file = file_of(path.name, path.read_bytes())
    before = check(file)
    after = check(file_of(path.name, annotated_workbook(file, before, lang)))
    assert places(after) == places(before)
    assert {name: frame.height for name, frame in after.tables.items()} == {
        name: frame.height for name, frame in before.tables.items()
    }
    assert {sheet.raw.sheet for sheet in after.files[0].sheets} == {sheet.raw.sheet for sheet in before.files[0].sheets}


def test_round_trip_correcting_in_excel(own_book) -> None:
    file = file_of("a.xlsx", saved(own_book))
    book = load_workbook(io.BytesIO(annotated_workbook(file, check(file), "zh")))
    sheet = book["客户 '26"]
    sheet["F5"], sheet["B5"], sheet["E6"], sheet["F6"] = "商机", "乙公司", date(2026, 10, 3), "意向"
    again = check(file_of("a.xlsx", saved(book)))
    assert again.issues == ()
    assert again.tables["leads"]["stage"].to_list() == ["lead", "opportunity", "prospect"]


def test_marking_twice_leaves_only_the_marks_of_the_second_time(own_book) -> None:
    file = file_of("a.xlsx", saved(own_book))
    book = load_workbook(io.BytesIO(annotated_workbook(file, check(file), "zh")))
    book["客户 '26"]["F5"], book["客户 '26"]["B5"] = "商机", "乙公司"
    second = file_of("a.xlsx", saved(book))
    twice = load_workbook(io.BytesIO(annotated_workbook(second, check(second), "en")))
    assert twice.sheetnames == ["Issues", "客户 '26", "底稿"]
    sheet = twice["客户 '26"]
    assert sheet["F5"].comment.text == "王芳：下周确认"
    assert not sheet["F5"].fill.fill_type
    assert sheet["B5"].comment is None
    assert sheet["E6"].comment.text.count("[Import check]") == 1
    assert "导入检查" not in sheet["E6"].comment.text


def test_an_issue_about_a_column_marks_its_header(own_book) -> None:
    sheet = own_book["客户 '26"]
    for row, day in ((4, "03/04/2026"), (5, "05/06/2026"), (6, "07/08/2026")):
        sheet.cell(row, 5).value = day
    file = file_of("a.xlsx", saved(own_book))
    batch = check(file)
    assert any(issue.kind == "date-order-undecided" and issue.row is None for issue in batch.issues)
    header = load_workbook(io.BytesIO(annotated_workbook(file, batch, "zh")))["客户 '26"]["E3"]
    assert header.fill.fgColor.rgb.endswith(RED)
    assert header.font.color.rgb.endswith("131C2E")  # it was white on blue
    assert header.font.bold


CSV = [
    HEADERS,
    GOOD,
    ["C2", "乙公司", "-", "官网", "2026-10-02", "洽谈种", "李娜", "-500", "@多行\n备注"],
    ["C3", "丙", "贸易", "官网", "2026-10-02", "意向", "李娜", "1", "x"],
]


def csv_file(rows=CSV, name="2026-11-08 名单[1].csv") -> UploadedFile:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return file_of(name, out.getvalue().encode("gb18030"))


def test_another_format_comes_as_a_new_workbook_of_its_values() -> None:
    file = csv_file()
    batch = check(file)
    book = load_workbook(io.BytesIO(annotated_workbook(file, batch, "zh")))
    sheet = book.worksheets[1]
    assert sheet.title == "2026-11-08 名单 1"
    assert [[cell.value for cell in row] for row in sheet.iter_rows()][1:] == [
        [str(cell) for cell in row] for row in CSV[1:]
    ]
    assert {sheet["I2"].data_type, sheet["I3"].data_type} == {"s"}  # text that looks like a formula stays text
    assert sheet["F3"].fill.fgColor.rgb.endswith(RED)
    assert "洽谈种" in sheet["F3"].comment.text
    again = check(file_of(annotated_name(file.name, "zh"), annotated_workbook(file, batch, "zh")))
    assert [(i.kind, i.row, i.column) for i in again.errors] == [("unknown-stage", 3, "当前跟进阶段")]
    assert again.as_of_found == AS_OF


def test_rows_of_a_record_over_several_lines_keep_their_marks() -> None:
    rows = [CSV[0], ["C0", "零\n公\n司", *GOOD[2:]], *CSV[1:]]
    file = csv_file(rows)
    batch = check(file)
    (error,) = batch.errors
    assert error.row == 6  # the line of the text file
    book = load_workbook(io.BytesIO(annotated_workbook(file, batch, "zh")))
    assert "洽谈种" in book.worksheets[1]["F4"].comment.text  # the row of the workbook
    listed = [row[3].value for row in book.worksheets[0].iter_rows(min_row=6) if row[5].value == "洽谈种"]
    assert listed == [4]


def test_a_large_workbook_comes_as_values_and_says_so(own_book, monkeypatch) -> None:
    file = file_of("a.xlsx", saved(own_book))
    before = check(file)
    monkeypatch.setattr(workbook_copy, "LARGEST_XML", 100)
    made = annotated_workbook(file, before, "en")
    book = load_workbook(io.BytesIO(made))
    lines = [book["Issues"].cell(row, 1).value for row in range(1, 6)]
    assert text("annotated.values_only", "en") in lines
    sheet = book["客户 '26"]
    assert sheet["E5"].value.date() == date(2026, 10, 1)
    assert sheet["F5"].fill.fgColor.rgb.endswith(RED)
    assert book["底稿"].sheet_state == "hidden"
    assert places(check(file_of("a.xlsx", made))) == places(before)


def test_comments_are_capped_and_it_is_said(monkeypatch) -> None:
    rows = [[f"C{n}", "甲", "贸易", "官网", "2026-10-02", "谜", "李娜", "1", "x"] for n in range(50)]
    monkeypatch.setattr(workbook_annotated, "MOST_COMMENTS", 20)
    file = csv_file([HEADERS, *rows])
    made = annotated_workbook(file, check(file), "en")
    book = load_workbook(io.BytesIO(made))
    cells = [row[5] for row in book.worksheets[1].iter_rows(min_row=2)]
    assert sum(cell.comment is not None for cell in cells) == 20
    assert all(cell.fill.fgColor.rgb.endswith(RED) for cell in cells)
    told = text("annotated.comments_cut", "en", shown="20", n="50")
    assert told in [book.worksheets[0].cell(row, 1).value for row in range(1, 7)]


def test_errors_get_their_comments_before_warnings(monkeypatch) -> None:
    rows = [
        [f"C{n}", "", "贸易", "官网", "2026-10-02", "谜" if n == 49 else "意向", "李娜", "1", "x"] for n in range(50)
    ]
    monkeypatch.setattr(workbook_annotated, "MOST_COMMENTS", 1)
    file = csv_file([HEADERS, *rows])
    sheet = load_workbook(io.BytesIO(annotated_workbook(file, check(file), "en"))).worksheets[1]
    assert [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment] == ["F51"]


def _correction(file, row, column, new, action="set", sheet="客户 '26"):
    return Correction(file.digest, sheet, row, column, None, new, action, "t", datetime.now(UTC), "unknown-stage")


def test_corrections_are_written_as_what_they_are(own_book) -> None:
    file = file_of("a.xlsx", saved(own_book))
    corrections = [
        _correction(file, 5, "当前跟进阶段", "opportunity"),
        _correction(file, 5, "预计成交金额(元)", "65000.5"),
        _correction(file, 5, "备注", "=cmd|x"),
        _correction(file, 4, "首次接触时间", "2026-10-05"),
        _correction(file, 6, None, None, "drop"),
    ]
    made = corrected_workbook(file, check(file), corrections)
    sheet = load_workbook(io.BytesIO(made))["客户 '26"]
    assert sheet["F5"].value == "商机"
    assert sheet["H5"].value == 65000.5
    assert sheet["H5"].number_format == '#,##0"元"'
    assert (sheet["I5"].value, sheet["I5"].data_type) == ("=cmd|x", "s")
    assert sheet["E4"].value.date() == date(2026, 10, 5)
    assert {cell.value for cell in sheet[6]} == {None}
    again = check(file_of("a.xlsx", made))
    assert not again.errors
    want = check(file, corrections)
    assert again.tables["leads"].drop("_digest").equals(want.tables["leads"].drop("_digest"))


def test_corrections_made_already_are_in_the_marked_copy(own_book) -> None:
    file = file_of("a.xlsx", saved(own_book))
    corrections = [_correction(file, 5, "当前跟进阶段", "opportunity")]
    made = annotated_workbook(file, check(file, corrections), "zh", corrections=corrections)
    sheet = load_workbook(io.BytesIO(made))["客户 '26"]
    assert sheet["F5"].value == "商机"
    assert sheet["F5"].comment.text == "王芳：下周确认"


def test_a_file_of_another_batch_is_not_marked(own_book) -> None:
    file = file_of("a.xlsx", saved(own_book))
    with pytest.raises(KeyError):
        annotated_workbook(file_of("b.xlsx", b"other"), check(file), "zh")


def test_the_workbook_is_whole(own_book) -> None:
    """Every part a relation names is there, and only the first tab is chosen."""
    file = file_of("a.xlsx", saved(own_book))
    made = annotated_workbook(file, check(file), "zh")
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.testzip() is None
        assert any("comments" in name for name in archive.namelist())
    book = load_workbook(io.BytesIO(made))
    assert [sheet.sheet_view.tabSelected for sheet in book.worksheets] == [True, False, False]


def computed_file() -> UploadedFile:
    """A workbook as Excel saves it: formulas beside the results they had."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("客户")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row(0, 0, HEADERS)
    sheet.write_row(1, 0, ["C1", None, "制造业", "官网", None, None, "王芳", None, None])
    sheet.write_formula("B2", '="甲"&"<公司>"', None, "甲<公司>")
    sheet.write_formula("E2", "=DATE(2026,10,1)", day, 46296)
    sheet.write_formula("F2", '=IF(1,"线索","")', None, "线索")
    sheet.write_formula("H2", "=SUM(20000,30000.5)", None, 50000.5)
    sheet.write_formula("I2", "=NA()", None, "#N/A")
    sheet.write_row(2, 0, ["C2", "乙公司", "制造业", "官网", "2026-10-02", "洽谈种", "王芳", 1, None])
    sheet.write_formula("K2", "=1=1", None, True)
    book.close()
    return file_of("2026-11-08 算.xlsx", out.getvalue())


def test_formulas_keep_their_results() -> None:
    file = computed_file()
    before = check(file)
    assert [issue.kind for issue in before.issues] == ["error-text", "unknown-stage"]
    made = annotated_workbook(file, before, "zh")
    after = check(file_of(file.name, made))
    assert places(after) == places(before)
    assert after.tables["leads"].drop("_digest").equals(before.tables["leads"].drop("_digest"))
    formulas, results = load_workbook(io.BytesIO(made))["客户"], load_workbook(io.BytesIO(made), data_only=True)["客户"]
    assert formulas["H2"].value == "=SUM(20000,30000.5)"
    assert [results[cell].value for cell in ("B2", "H2", "I2", "K2")] == ["甲<公司>", 50000.5, "#N/A", True]


def test_results_that_may_be_stale_are_left_to_excel() -> None:
    file = computed_file()
    corrections = [_correction(file, 3, "当前跟进阶段", "商机", sheet="客户")]
    made = annotated_workbook(file, check(file, corrections), "zh", corrections=corrections)
    assert load_workbook(io.BytesIO(made), data_only=True)["客户"]["H2"].value is None
    assert load_workbook(io.BytesIO(made)).calculation.fullCalcOnLoad
