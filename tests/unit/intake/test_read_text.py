from __future__ import annotations

import hashlib

import pytest

from salesanalytics.errors import FileRefused
from salesanalytics.intake.read import read_file
from salesanalytics.intake.types import RawSheet, UploadedFile
from salesanalytics.settings import Limits


def sheet(content: str | bytes, name: str = "leads.csv", **limits: float) -> RawSheet:
    data = content.encode() if isinstance(content, str) else content
    file = UploadedFile(name, data, hashlib.sha256(data).hexdigest())
    (only,) = read_file(file, Limits(**limits))  # type: ignore[arg-type]
    return only


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separators(separator: str) -> None:
    lines = [["编号", "名称", "金额"], ["001", "a, b 公司" if separator != "," else "ab", "1.5"], ["002", "c", "2"]]
    assert sheet("\n".join(separator.join(line) for line in lines)).rows == lines


def test_amounts_with_decimal_commas_do_not_win_over_semicolons() -> None:
    assert sheet("a;b\n1,5;2,5\n3,5;4,5\n").rows == [["a", "b"], ["1,5", "2,5"], ["3,5", "4,5"]]


def test_title_above_the_header_does_not_hide_the_separator() -> None:
    read = sheet("销售数据\n\n编号;名称;金额\n1;a;2\n2;b;3\n")
    assert read.rows[2:] == [["编号", "名称", "金额"], ["1", "a", "2"], ["2", "b", "3"]]
    assert read.row_numbers == [1, 2, 3, 4, 5]


def test_nothing_is_guessed_every_cell_stays_text() -> None:
    assert sheet("id,n,d\n0012,1e5,2024-01-02\n=1+1,-3,TRUE\n").rows[1:] == [
        ["0012", "1e5", "2024-01-02"],
        ["=1+1", "-3", "TRUE"],
    ]


def test_row_number_is_the_first_line_of_a_record() -> None:
    read = sheet('a,b\n1,"x\ny\nz"\n2,w\n\n\n\n3,v\n')
    assert read.rows == [["a", "b"], ["1", "x\ny\nz"], ["2", "w"], [None, None], ["3", "v"]]
    assert read.row_numbers == [1, 2, 5, 6, 9]


def test_carriage_returns_alone_and_excel_separator_hint() -> None:
    assert sheet("a,b\r1,2\r").rows == [["a", "b"], ["1", "2"]]
    hinted = sheet("sep=;\r\na;b\r\n1;2\r\n")
    assert (hinted.rows, hinted.row_numbers) == ([["a", "b"], ["1", "2"]], [2, 3])


def test_nul_bytes_are_dropped() -> None:
    assert sheet(b"a,b\0,c\n1,2,3\n").rows == [["a", "b", "c"], ["1", "2", "3"]]


def test_an_open_quote_does_not_swallow_the_rest() -> None:
    read = sheet('a,b\n1,"open\n2,x\n3,y\n')
    assert read.rows == [["a", "b"], ["1", '"open'], ["2", "x"], ["3", "y"]]


def test_ragged_records_get_one_width_and_blank_columns_at_the_end_go() -> None:
    assert sheet("a,b,c,,\n1\n1,2,3,,\n").rows == [["a", "b", "c"], ["1", None, None], ["1", "2", "3"]]


def test_a_field_longer_than_the_csv_modules_default() -> None:
    assert len(str(sheet("a,b\n1," + "x" * 200_000 + "\n").rows[1][1])) == 200_000


def test_sheet_is_called_by_the_files_name() -> None:
    assert sheet("a,b\n1,2\n", name="C:\\导出\\客户跟进记录表.csv").sheet == "客户跟进记录表"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n\r\n", "empty"),
        (b"<html><body><table><tr><td>1</td></tr></table></body></html>", "web-page"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "old-format"),
        (b"%PDF-1.7 ...", "not-a-table"),
        ("привет,мир\nпока,всем\n".encode("cp1251"), "unreadable-text"),
    ],
)
def test_refusals(content: bytes, kind: str) -> None:
    with pytest.raises(FileRefused) as refusal:
        sheet(content)
    assert refusal.value.kind == kind


@pytest.mark.parametrize(
    ("limits", "kind"),
    [
        ({"max_rows": 2}, "too-many-rows"),
        ({"max_columns": 1}, "too-many-columns"),
        ({"max_cells": 3}, "too-many-cells"),
        ({"max_file_bytes": 5}, "too-big"),
    ],
)
def test_limits(limits: dict[str, float], kind: str) -> None:
    with pytest.raises(FileRefused) as refusal:
        sheet("a,b\n1,2\n3,4\n", **limits)
    assert refusal.value.kind == kind
    for lang in ("zh", "en"):
        assert "leads.csv" in refusal.value.message(lang)
        assert "{" not in refusal.value.message(lang)


def test_a_failed_download_under_a_workbooks_name() -> None:
    with pytest.raises(FileRefused) as refusal:
        sheet("Attachment not found!", name="report.xls")
    assert refusal.value.kind == "not-a-table"


def test_text_under_a_workbooks_name_is_read_as_what_it_is() -> None:
    assert sheet("a,b\n1,2\n", name="export.xlsx").rows == [["a", "b"], ["1", "2"]]
