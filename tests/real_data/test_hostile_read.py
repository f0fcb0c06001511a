"""Every file of ``hostile/`` goes through the reader: it loads with the values it holds, or is refused by the expected kind. Nothing else.

INDEX.tsv there says why each file is hostile. The outcomes here are checked by hand against what each file's own program shows.
"""

from __future__ import annotations

import hashlib
import time as clock
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from salesanalytics.intake.read import ReadResult, read_files
from salesanalytics.intake.types import RawSheet, UploadedFile
from salesanalytics.settings import Limits
from tests.reading_peak import childrens_peak

pytestmark = pytest.mark.real_data

REFUSED = {
    "empty": (
        "PhpSpreadsheet__tests~data~Reader~CSV~empty.csv",
        "python-calamine__tests~data~empty_file.ods",
        "poi__test-data~openxml4j~invalid.xlsx",
    ),
    "encrypted": (
        "excelize__test~encryptAES.xlsx",
        "poi__test-data~poifs~extenxls_pwd123.xlsx",
        "test_files__password_2002_128_enhanced.xls",
        "calamine__tests~pass_protected.ods",
    ),
    "not-a-table": ("ExcelDataReader__src~TestData~EmptyZipFile.xlsx", "calamine__tests~too_small.xls"),
    "old-format": ("ExcelDataReader__src~TestData~Test_git_issue_368_ixfe.xls", "test_files__crlf~CRLFX5_2.XLS"),
    "unreadable-text": ("duckdb__data~csv~afl~ignore_errors~15.csv",),
    "xml-entities": (
        "poi__test-data~spreadsheet~poc-xmlbomb-empty.xlsx",
        "poi__test-data~spreadsheet~poc-xmlbomb.xlsx",
    ),
    "out-of-memory": (
        "poi__test-data~spreadsheet~51535.xls",
    ),  # two cells in opposite corners, 16 million blanks between
    "corrupt": (
        "ExcelDataReader__src~TestData~Fillreport.xlsx",  # calamine: a cell reference without a row
        "ExcelDataReader__src~TestData~Test_git_issue682.xlsb",  # calamine panics
        "ExcelDataReader__src~TestData~Test_git_issue_5.xls",
        "PhpSpreadsheet__tests~data~Reader~XLS~oleloop.xls",  # aborts a process that opens it with calamine
        "poi__test-data~spreadsheet~clusterfuzz-testcase-minimized-POIHSSFFuzzer-5816431116615680.xls",
        "poi__test-data~spreadsheet~clusterfuzz-testcase-minimized-POIHSSFFuzzer-6137883240824832.xls",
        "poi__test-data~spreadsheet~clusterfuzz-testcase-minimized-POIHSSFFuzzer-6537773940867072.xls",  # encrypted too, but cut short
        "poi__test-data~spreadsheet~clusterfuzz-testcase-minimized-XLSX2CSVFuzzer-5636439151607808.xlsx",
        "poi__test-data~spreadsheet~poc-shared-strings.xlsx",
        "test_files__artifacts~quattro~write_57.xls",  # a container Excel itself would not write
    ),
}
KIND_OF = {name: kind for kind, names in REFUSED.items() for name in names}

# file → sheet, Excel row, cells from column A
VALUES: list[tuple[str, str, int, list[Any]]] = [
    ("calamine__tests~date_1904.xls", "Sheet1", 1, [date(2021, 1, 1), 15]),
    ("calamine__tests~date_1904.xls", "Sheet1", 2, [date(2021, 1, 2), 16]),
    ("messytables__horror~simple.xlsx", "simple.csv", 2, [date(2011, 1, 1), 1, "Galway"]),  # date1904
    ("frictionless-py__data~skip-rows.xlsx", "Sheet 1", 4, [None, "TOTAL"]),
    ("calamine__tests~date_iso.xlsx", "Sheet", 1, [date(2021, 1, 1)]),
    ("calamine__tests~date_iso.xlsx", "Sheet", 2, [datetime(2021, 1, 1, 10, 10, 10)]),
    ("calamine__tests~date_iso.xlsx", "Sheet", 3, [time(10, 10, 10)]),
    ("poi__test-data~spreadsheet~SimpleStrict.xlsx", "Sheet1", 2, ["test 2", None, 2]),
    ("poi__test-data~spreadsheet~SimpleStrict.xlsx", "Sheet Number 2", 4, [date(1990, 1, 1)]),
    ("ExcelDataReader__src~TestData~strict~Test_git_issue578.xlsx", "sheet1", 1, [1, 2, 3, 4, 5]),
    ("calamine__tests~inlineStr_cdata.xlsx", "Sheet1", 1, ["Hello CDATA", "World"]),
    ("duckdb-excel__test~data~xlsx~gdal~with_xml_prefix.xlsx", "sheet", 2, ["foo", "bar"]),
    (
        "poi__test-data~spreadsheet~59021.xlsx",
        "ERIS Rates & Codes",
        2,
        ["Abkhazia - Fixed", "7840", 0.1345, "Increase", "10/02/2016"],
    ),
    ("poi__test-data~spreadsheet~59746_NoRowNums.xlsx", "Features", 2, [True, "[M+Na]+1", 1, 644.24222]),
    (
        "PhpSpreadsheet__tests~data~Reader~XLSX~Zip-Windows-Directory-Separator.xlsx",
        "Sheet",
        2,
        ["184323", "mail_SPDR35Removal_title_032023", "Dev Update"],
    ),
    ("PhpSpreadsheet__tests~data~Reader~XLSX~issue.3730.xlsx", "promedia postlogs wk 2-12", 2, ["Station : WMEU"]),
    ("PhpSpreadsheet__tests~data~Reader~XLSX~issue.3255.xlsx", "Sheet1", 2, [1, "Don Quixote", "Miguel de Cervantes"]),
    ("tabulator-py__data~table.xlsx", "Sheet 2", 3, [2, "中国人"]),  # its first row is blank
    ("calamine__tests~rph.xlsx", "Sheet1", 1, ["課きく\u3000毛こ"]),
    ("calamine__tests~merged_range.xlsx", "Sheet1", 1, ["A1", "B1", "C1", None, "E1"]),
    ("test_files__crlf~CRLFR9_5.XLS", "A", 1, ["Normal", "abc\r\ndef"]),
    ("test_files__2013~apachepoi_51535.xls.xlsb", "Sheet1", 1, ["Top Left Cell"]),
    ("test_files__2013~apachepoi_51535.xls.xlsb", "Sheet1", 65536, ["Bottom Left Cell"]),
    ("messytables__horror~blank_line.ods", "Sheet1", 5, ["Ian", 34, date(2015, 11, 11)]),
    ("messytables__horror~ods_formats.ods", "Sheet1", 2, [date(2014, 11, 11), time(11, 12, 12), True, 11.11]),
    ("messytables__horror~multilineods.ods", "Sheet1", 1, ["1\n2\n3\n4"]),
    ("ExcelDataReader__src~TestData~csv~utf16le_bom.csv", "", 3, ["4", "5", "ʤ"]),
    ("PhpSpreadsheet__tests~data~Reader~CSV~encoding.utf16be.csv", "", 1, ["Å", "1"]),
    ("messytables__horror~utf8bom.csv", "", 1, ["kitten", "win"]),
    ("csvkit__examples~null_byte.csv", "", 1, ["a", "b", "c"]),
    ("duckdb__data~csv~one_r_two.csv", "", 2, ["two"]),
    ("duckdb__data~csv~union_by_name_2~3.csv", "", 1, ["a", "b", "d"]),
    ("csv-spectrum__csvs~comma_in_quotes.csv", "", 2, ["John", "Doe", "120 any st.", "Anytown, WW", "08123"]),
    ("csv-spectrum__csvs~newlines_crlf.csv", "", 3, ["Once upon \na time", "5", "6"]),
    ("messytables__horror~spanish_chars.csv", "", 3, [None, "0", None, None, "Legislación", None, "10,105.40"]),
]


@dataclass(frozen=True)
class Read:
    """One file's result, and how long it took."""

    result: ReadResult
    seconds: float


@pytest.fixture(scope="module")
def outcomes(shared_data: Path) -> dict[str, Read]:
    """All hostile files read in this process, one after another, through the same door."""
    return {read.result.file.name: read for read in _all(sorted((shared_data / "hostile").iterdir()))}


def _all(paths: list[Path]) -> Iterator[Read]:
    files = [
        UploadedFile(path.name, path.read_bytes(), hashlib.sha256(path.read_bytes()).hexdigest())
        for path in paths
        if path.name != "INDEX.tsv"
    ]
    start = clock.monotonic()
    for result in read_files(files, Limits()):
        yield Read(result, clock.monotonic() - start)
        start = clock.monotonic()


def test_every_file_has_its_outcome(outcomes: dict[str, Read]) -> None:
    kinds = {name: read.result.refused.kind if read.result.refused else "loads" for name, read in outcomes.items()}
    print(*(f"{kind:16}{count}" for kind, count in Counter(kinds.values()).most_common()), sep="\n")
    assert kinds == {name: KIND_OF.get(name, "loads") for name in outcomes}
    assert set(KIND_OF) <= set(outcomes)


def test_none_takes_long(outcomes: dict[str, Read]) -> None:
    assert {name: read.seconds for name, read in outcomes.items() if read.seconds > 20} == {}


def test_no_child_took_more_than_a_gibibyte(shared_data: Path) -> None:
    assert childrens_peak([path for path in (shared_data / "hostile").iterdir() if path.name != "INDEX.tsv"]) <= 2**30


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_each_refusal_is_one_sentence_naming_the_file(outcomes: dict[str, Read], lang: Any) -> None:
    for name, read in outcomes.items():
        if read.result.refused:
            sentence = read.result.refused.message(lang)
            assert name in sentence
            assert "\n" not in sentence


@pytest.mark.parametrize(("name", "sheet", "row", "cells"), VALUES)
def test_values(outcomes: dict[str, Read], name: str, sheet: str, row: int, cells: list[Any]) -> None:
    found = _sheet(outcomes, name, sheet)
    assert found.rows[found.row_numbers.index(row)][: len(cells)] == cells


def test_hidden_sheets(outcomes: dict[str, Read]) -> None:
    assert {
        sheet.sheet: sheet.hidden
        for sheet in outcomes["poi__test-data~spreadsheet~TwoSheetsOneHidden.xlsx"].result.sheets
    } == {"Sheet1": True, "Sheet2": False}
    assert [
        sheet.hidden
        for sheet in outcomes["XlsxWriter__xlsxwriter~test~comparison~xlsx_files~hide02.xlsx"].result.sheets
    ] == [False, True, False]


def test_formulas_without_value_and_error_cells(outcomes: dict[str, Read]) -> None:
    assert _sheet(outcomes, "readxl__tests~testthat~sheets~missing-v-node-xlsx.xlsx", "Sheet1").uncomputed == {(1, 2)}
    assert _sheet(outcomes, "fastexcel__tests~fixtures~fixture-invalid-cell-value-num.xlsx", "Result").error_cells == {
        (2, 0): "#NUM!"
    }
    assert _sheet(outcomes, "poi__test-data~spreadsheet~bug67784.xlsx", "Sheet1").error_cells[(6, 0)] == "#NAME?"
    assert len(_sheet(outcomes, "poi__test-data~spreadsheet~bug60858.xlsx", "Arbeitszeitcheck_2.3").uncomputed) == 4


def _sheet(outcomes: dict[str, Read], name: str, sheet: str) -> RawSheet:
    sheets = outcomes[name].result.sheets
    return next(found for found in sheets if found.sheet == (sheet or found.sheet))
