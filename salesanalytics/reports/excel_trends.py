"""Trends as a workbook: a sheet a metric with its chart, the exact figures it draws, and where they come from. Every write is typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from typing import Any, Literal

import xlsxwriter

from salesanalytics.charts.tokens import LIGHT
from salesanalytics.i18n import Lang, text
from salesanalytics.metrics.types import Unit
from salesanalytics.reports.excel import NO_VALUE, width_of
from salesanalytics.reports.excel_style import BORDER, Styles
from salesanalytics.reports.excel_trends_chart import trend_chart

Role = Literal["actual", "part", "rest", "average", "target", "past", "whole", "count", "days"]
DRAWN: tuple[Role, ...] = ("actual", "part", "rest", "average", "target", "past")
CHART_TOP, CHART_ROWS, ROW_PIXELS = 4, 18, 20
PIXELS_A_LETTER, LEAST_WIDE, MOST_WIDE = 7.4, 760, 1300


@dataclass(frozen=True)
class TrendColumn:
    """One column of figures, oldest first: ``count`` and ``days`` are whole numbers, ``whole`` is not drawn, all others are, in the metric's unit (shares 0-1, money exact)."""

    title: str
    role: Role
    values: Sequence[float | None]
    label: str = ""
    """What the line is called in the chart; empty = the title."""

    @property
    def drawn(self) -> bool:
        """Whether it is a line of the chart."""
        return self.role in DRAWN


@dataclass(frozen=True)
class TrendSheet:
    """One metric: the finding, what it is, its columns, and the notes below. ``unit_size``: the one unit the chart draws money in, ``unit_name`` what that is called."""

    name: str
    title: str
    subtitle: str
    unit: Unit
    columns: Sequence[TrendColumn]
    notes: Sequence[str]
    unit_size: int = 1
    unit_name: str = ""
    bars: bool = False
    stacked: bool = False


@dataclass(frozen=True)
class TrendBook:
    """What all sheets share: the buckets with their days (first, last, counted), ``parts``: what of a part-period has been counted, "" of a whole one;
    ``stand``: as-of date, period and filters in words, ``source``: the imports behind it."""

    as_of: date
    bucket_name: str
    buckets: Sequence[str]
    days: Sequence[tuple[date, date, int]]
    parts: Sequence[str]
    stand: str
    source: str
    sheets: Sequence[TrendSheet]
    currency: str = "CNY"


def trend_workbook(content: TrendBook, lang: Lang) -> bytes:
    """Return the .xlsx. The same content gives the same cells; charts read exact figures from their own sheet."""
    stream = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(stream, options)
    book.set_properties({"title": content.sheets[0].title, "created": datetime.combine(content.as_of, time())})
    styles = Styles(book, lang, content.currency)
    names: set[str] = set()
    for one in content.sheets:
        sheet = book.add_worksheet(_sheet_name(one.name, names))
        _write(book, sheet, one, content, styles, lang)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(f"&L{_footer(content.stand)}&R&P / &N")
        sheet.hide_gridlines(2)
    book.close()
    return stream.getvalue()


def _footer(words: str) -> str:
    """Excel takes at most 255 characters, and & as a command."""
    return words.replace("&", "&&")[:200]


def _sheet_name(name: str, taken: set[str]) -> str:
    """A name Excel takes: at most 31 characters, none of ``[]:*?/\\``, not twice."""
    plain = "".join(" " if ch in "[]:*?/\\" else ch for ch in name).strip("' ")[:28] or "1"
    found, n = plain, 2
    while found.casefold() in taken:
        found, n = f"{plain} {n}"[:31], n + 1
    taken.add(found.casefold())
    return found


def _write(book: Any, sheet: Any, one: TrendSheet, content: TrendBook, styles: Styles, lang: Lang) -> None:
    sheet.write_string(0, 0, one.title, styles.title)
    sheet.write_string(1, 0, one.subtitle, styles.muted)
    sheet.write_string(2, 0, content.stand, styles.muted)
    top = CHART_TOP + CHART_ROWS + 1
    heads = [
        content.bucket_name,
        *(text(f"trends.column_{name}", lang) for name in ("start", "end", "days")),
        *(column.title for column in one.columns),
        text("trends.column_part", lang),
    ]
    for place, head in enumerate(heads):
        words = place in (0, len(heads) - 1)
        sheet.write_string(top, place, head, styles.head if words else styles.head_right)
    for at, bucket in enumerate(content.buckets):
        _row(sheet, top + 1 + at, at, bucket, one, content, styles)
    last = top + len(content.buckets)
    hidden = len(heads) + 1
    _chart_figures(sheet, (top + 1, hidden), one, content, styles)
    chart = trend_chart(book, sheet.get_name(), one, content, styles, (top + 1, last), hidden)
    wide = sum(_widths(sheet, heads, one, content, styles)) * PIXELS_A_LETTER
    chart.set_size({"width": min(max(wide, LEAST_WIDE), MOST_WIDE), "height": CHART_ROWS * ROW_PIXELS})
    sheet.insert_chart(CHART_TOP, 0, chart, {"object_position": 1})
    for at, note in enumerate([*one.notes, content.source], start=last + 2):
        sheet.write_string(at, 0, note, styles.muted)
    sheet.print_area(0, 0, last + 2 + len(one.notes), max(len(heads) - 1, 8))


def _row(sheet: Any, row: int, at: int, bucket: str, one: TrendSheet, content: TrendBook, styles: Styles) -> None:
    first, final, counted = content.days[at]
    dated = styles.make(num_format="yyyy-mm-dd", bottom=1, bottom_color=BORDER)
    sheet.write_string(row, 0, bucket, styles.strong)
    for at_day, day in ((1, first), (2, final)):
        sheet.write_datetime(row, at_day, datetime.combine(day, time()), dated)
    sheet.write_number(row, 3, counted, styles.count)
    for place, column in enumerate(one.columns, start=4):
        value = column.values[at]
        if value is None:
            sheet.write_string(row, place, NO_VALUE, styles.nothing)
        else:
            sheet.write_number(row, place, value, _format(one, column, styles, part=bool(content.parts[at])))
    sheet.write_string(row, 4 + len(one.columns), content.parts[at], styles.muted)


def _format(one: TrendSheet, column: TrendColumn, styles: Styles, *, part: bool) -> Any:
    """The unit's format; figures of a part-period in italics, so that nobody reads them as a whole one's."""
    if column.role in ("count", "days"):
        return styles.count
    formats = {Unit.COUNT: "#,##0.##", Unit.SHARE: "0.0%", Unit.DAYS: "#,##0.0", Unit.NUMBER: "#,##0.00"}
    shown = styles.of_unit("money") if one.unit is Unit.MONEY else None
    if shown is not None and not part:
        return shown
    number = "#,##0.00;−#,##0.00" if one.unit is Unit.MONEY else formats[one.unit]
    if not part:
        return styles.make(num_format=number, bottom=1, bottom_color=BORDER)
    return styles.make(num_format=number, bottom=1, bottom_color=BORDER, italic=True, font_color=LIGHT.muted)


def _chart_figures(sheet: Any, at: tuple[int, int], one: TrendSheet, content: TrendBook, styles: Styles) -> None:
    """Write what the chart reads, invisibly: names that say which bucket is a part, and figures in the chart's one unit; nothing where there is no value, since a dash is drawn as zero."""
    top, left = at
    unseen = styles.make(font_color="#FFFFFF")  # a format that hides text would hide it on the axis too
    for row, (bucket, part) in enumerate(zip(content.buckets, content.parts, strict=True), start=top):
        sheet.write_string(row, left, f"{bucket} ({part})" if part else bucket, unseen)
    for place, column in enumerate((one_column for one_column in one.columns if one_column.drawn), start=left + 1):
        for row, value in enumerate(column.values, start=top):
            if value is not None:
                sheet.write_number(row, place, value / one.unit_size, styles.hidden)


def _widths(sheet: Any, heads: Sequence[str], one: TrendSheet, content: TrendBook, styles: Styles) -> list[float]:
    """Make every column as wide as what stands in it, and return how wide, in letters."""
    cells: list[Sequence[object]] = [content.buckets, ["2026-12-31"], ["2026-12-31"], [""]]
    least = styles.widest_amount if one.unit is Unit.MONEY else "999,999"
    cells += [[least if column.drawn else "9,999"] for column in one.columns]
    cells.append(content.parts)
    found = [width_of([head, *values], least=10, most=30) for head, values in zip(heads, cells, strict=True)]
    for place, wide in enumerate(found):
        sheet.set_column(place, place, wide)
    return found
