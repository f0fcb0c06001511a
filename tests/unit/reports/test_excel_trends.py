"""Trends in Excel: typed cells, a native chart over them, part-periods marked, and where the figures come from."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date

import openpyxl
import pytest

from salesanalytics.metrics.types import Unit
from salesanalytics.reports.excel_trends import (
    CHART_ROWS,
    CHART_TOP,
    TrendBook,
    TrendColumn,
    TrendSheet,
    trend_workbook,
)

TOP = CHART_TOP + CHART_ROWS + 2  # the header, as Excel counts rows


def book(*sheets: TrendSheet, parts: tuple[str, ...] = ("", "", "3 of 7 days")) -> TrendBook:
    return TrendBook(
        as_of=date(2026, 11, 4),
        bucket_name="Week",
        buckets=["2026-W43", "2026-W44", "2026-W45"],
        days=[
            (date(2026, 10, 19), date(2026, 10, 25), 7),
            (date(2026, 10, 26), date(2026, 11, 1), 7),
            (date(2026, 11, 2), date(2026, 11, 8), 3),
        ],
        parts=parts,
        stand="As of 2026-11-04 · Team: East & West",
        source="Source: 26 imports",
        sheets=sheets,
    )


def money(**more: object) -> TrendSheet:
    columns = [
        TrendColumn("Sales", "actual", [1234567.89, None, 50000.0]),
        TrendColumn("n", "count", [12.0, 0.0, 1.0]),
        TrendColumn("Target", "target", [1000000.0, 1000000.0, 1000000.0]),
    ]
    return TrendSheet("Sales", "=1+1 rises", "by week", Unit.MONEY, columns, ["Formula"], 10_000, "万元", **more)


def charts(content: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return [packed.read(name).decode() for name in packed.namelist() if "charts/chart" in name]


def test_cells_are_typed_and_exact() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(trend_workbook(book(money()), "en")))["Sales"]
    heads = [cell.value for cell in sheet[TOP] if cell.value]
    assert heads == ["Week", "From", "To", "Days counted", "Sales", "n", "Target", "Part-period"]
    first, second, third = (sheet[TOP + at] for at in (1, 2, 3))
    assert [first[at].value for at in (0, 3, 4, 5, 6)] == ["2026-W43", 7, 1234567.89, 12, 1000000]
    assert [first[at].value.date() for at in (1, 2)] == [date(2026, 10, 19), date(2026, 10, 25)]
    assert {first[at].data_type for at in (3, 4, 5, 6)} == {"n"}
    assert second[4].value == "—"
    assert [third[3].value, third[7].value] == [3, "3 of 7 days"]
    assert third[4].font.italic
    assert not first[4].font.italic
    assert sheet["A1"].data_type == "s"  # a finding that begins like a formula stays text
    words = [cell.value for row in sheet.iter_rows(max_col=1) for cell in row if cell.value]
    assert "As of 2026-11-04 · Team: East & West" in words
    assert words[-2:] == ["Formula", "Source: 26 imports"]
    assert "&&" in sheet.oddFooter.left.text or "East & West" in sheet.oddFooter.left.text


def test_the_chart_reads_the_sheet_in_one_unit_without_drawing_what_is_unknown() -> None:
    content = trend_workbook(book(money()), "zh")
    chart = charts(content)[0]
    assert "<c:lineChart>" in chart
    assert "万元" in chart
    assert chart.count("<c:ser>") == 2  # n is no line
    assert 'dispBlanksAs val="zero"' not in chart  # a gap is what Excel does unasked
    assert "sysDash" in chart or "dash" in chart
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    place = re.search(r"<c:val><c:numRef><c:f>.*?\$([A-Z]+)\$", chart)
    assert place is not None
    read = [sheet[f"{place[1]}{TOP + at}"].value for at in (1, 2, 3)]
    assert read == [pytest.approx(123.456789), None, 5]
    assert sheet[f"{place[1]}{TOP + 1}"].number_format == ";;;"


def test_bars_hatch_the_part_period_and_stack_parts() -> None:
    parts = [TrendColumn(name, "part", [0.5, 0.25, 0.1]) for name in ("East", "West")]
    one = TrendSheet("Rate", "Rate", "", Unit.SHARE, parts, [], bars=True, stacked=True)
    chart = charts(trend_workbook(book(one), "en"))[0]
    assert '<c:grouping val="stacked"/>' in chart
    assert chart.count('prst="wdUpDiag"') == 2
    both = charts(trend_workbook(book(money(bars=True)), "en"))[0]
    assert "<c:barChart>" in both
    assert "<c:lineChart>" in both


def test_sheets_of_the_same_short_name_stay_apart() -> None:
    names = openpyxl.load_workbook(io.BytesIO(trend_workbook(book(money(), money()), "en"))).sheetnames
    assert names == ["Sales", "Sales 2"]
