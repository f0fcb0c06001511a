"""ReportContent → an Excel workbook with native charts, by XlsxWriter. Every write is typed, so no text becomes a formula or a link."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime, time
from io import BytesIO
from typing import Any

import xlsxwriter

from salesanalytics.i18n import text
from salesanalytics.reports.excel_overview import write_overview
from salesanalytics.reports.excel_style import Styles
from salesanalytics.reports.types import ReportContent

NO_VALUE = "—"


def render(content: ReportContent) -> bytes:
    """Return the workbook: overview, funnel, heatmap, ranking, flagged customers and every figure with its formula and n."""
    stream = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(stream, options)
    stamp = datetime.combine(content.as_of, time(), UTC).replace(tzinfo=None)
    book.set_properties({"title": content.title, "created": stamp})
    styles = Styles(book, content.lang, content.currency)
    overview, funnel, heat, ranking, flags, figures = (book.add_worksheet(name[:31]) for name in content.sheet_names)
    references = {"funnel": funnel.get_name(), "heat": heat.get_name(), "ranking": ranking.get_name()}
    trend_rows = _funnel_sheet(funnel, content, styles)
    _heat_sheet(heat, content, styles)
    _ranking_sheet(ranking, content, styles)
    _flag_sheet(flags, content, styles)
    _figure_sheet(figures, content, styles)
    write_overview(book, overview, content, styles, references, trend_rows)
    for sheet in book.worksheets():
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(f"&L{_footer(content.footer_left)}&R&P / &N")
        sheet.hide_gridlines(2)
    book.close()
    return stream.getvalue()


THEN_COLUMN = 6
"""Where the funnel's and the figures' sheets begin to tell the date compared with: right of everything else, so that no formula of a reader moves."""


def _footer(words: str) -> str:
    return words.replace("&", "&&")


def width_of(cells: Sequence[object], least: float = 8, most: float = 48) -> float:
    """Return a column width that holds ``cells``: Chinese characters take two, and Excel's own autofit is too narrow for them."""
    longest = max(
        (sum(2 if unicodedata.east_asian_width(ch) in "WF" else 1 for ch in str(cell)) for cell in cells), default=0
    )
    return min(most, max(least, longest * 1.05 + 2))


def _header(sheet: Any, row: int, names: Sequence[str], styles: Styles, right_from: int = 1) -> None:
    for column, name in enumerate(names):
        sheet.write_string(row, column, name, styles.head if column < right_from else styles.head_right)


def _put(sheet: Any, row: int, column: int, value: float | None, style: Any, styles: Styles) -> None:
    if value is None:
        sheet.write_string(row, column, NO_VALUE, styles.nothing)
    else:
        sheet.write_number(row, column, value, style)


def _title(sheet: Any, title: str, subtitle: str, content: ReportContent, styles: Styles) -> None:
    sheet.write_string(0, 0, title, styles.title)
    sheet.write_string(1, 0, f"{subtitle}　{content.header_right}", styles.muted)


def _funnel_sheet(sheet: Any, content: ReportContent, styles: Styles) -> tuple[int, int]:
    """Write the funnel and, below it, the trend that the overview's chart reads; return the trend's first and last row."""
    funnel, trend = content.funnel, content.trend
    _title(sheet, funnel.title, funnel.subtitle, content, styles)
    _header(sheet, 3, [funnel.stage_name, funnel.customers_name, funnel.share_name], styles)
    largest = max((step.customers for step in funnel.steps), default=0)
    for row, step in enumerate(funnel.steps, start=4):
        sheet.write_string(row, 0, step.name, styles.strong)
        sheet.write_number(row, 1, step.customers, styles.count)
        _put(sheet, row, 2, step.share, styles.small_share(step.small) if step.small else styles.share, styles)
        # an invisible first series centres the bars of the overview's chart
        sheet.write_number(row, 3, (largest - step.customers) / 2, styles.hidden)
    if funnel.then_names:
        for column, name in enumerate(funnel.then_names, start=THEN_COLUMN):
            sheet.write_string(3, column, name, styles.head_right)
        for row, step in enumerate(funnel.steps, start=4):
            _put(sheet, row, THEN_COLUMN, step.then, styles.count, styles)
            _put(sheet, row, THEN_COLUMN + 1, step.then_share, styles.share, styles)
    start = 6 + len(funnel.steps)
    sheet.write_string(start, 0, trend.title, styles.subtitle)
    sheet.write_string(start + 1, 0, trend.exact_subtitle or trend.subtitle, styles.muted)
    _header(sheet, start + 2, [text("report.week", content.lang), trend.actual_name, trend.target_name], styles)
    for at, bucket in enumerate(trend.buckets):
        sheet.write_string(start + 3 + at, 0, bucket, styles.strong)
        _put(sheet, start + 3 + at, 1, trend.actual[at], styles.money, styles)
        _put(sheet, start + 3 + at, 2, trend.target[at], styles.money, styles)
        # the overview's chart reads these: the same figures in the chart's one unit
        for column, value in ((4, trend.actual[at]), (5, trend.target[at])):
            if value is not None:
                sheet.write_number(start + 3 + at, column, value / trend.unit_size, styles.hidden)
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 2, 20)
    sheet.set_column(3, THEN_COLUMN - 1, 1)  # only what the overview's charts read stands there, invisible
    if funnel.then_names:
        sheet.set_column(THEN_COLUMN, THEN_COLUMN + 1, 24)
    return start + 3, start + 2 + len(trend.buckets)


def _heat_sheet(sheet: Any, content: ReportContent, styles: Styles) -> None:
    heat = content.heat
    _title(sheet, heat.title, heat.exact_subtitle or heat.subtitle, content, styles)
    write_heat(sheet, 3, 0, content, styles)
    sheet.set_column(0, 0, width_of([heat.row_name, *heat.rows]))
    sheet.set_column(1, len(heat.columns) + 1, 16)
    sheet.freeze_panes(4, 1)


def write_heat(
    sheet: Any, top: int, left: int, content: ReportContent, styles: Styles, *, scaled: bool = False
) -> None:
    """Write the heatmap's numbers with a colour scale; ``scaled`` shows them in the report's unit, still holding the exact value."""
    heat = content.heat
    style = styles.in_unit(heat.unit_size, heat.decimals) if scaled else styles.heat
    bold = styles.in_unit(heat.unit_size, heat.decimals, bold=True) if scaled else styles.money_bold
    sheet.write_string(top, left, heat.row_name, styles.head)
    for c, name in enumerate((*heat.columns, heat.total_name), start=1):
        sheet.write_string(top, left + c, name, styles.head_middle)
    for r, name in enumerate(heat.rows, start=1):
        sheet.write_string(top + r, left, name, styles.strong)
        for c, value in enumerate(heat.values[r - 1], start=1):
            _put(sheet, top + r, left + c, value, style, styles)
        _put(sheet, top + r, left + len(heat.columns) + 1, heat.row_totals[r - 1], bold, styles)
    last = top + len(heat.rows) + 1
    sheet.write_string(last, left, heat.total_name, styles.strong)
    for c, value in enumerate((*heat.column_totals, heat.total), start=1):
        _put(sheet, last, left + c, value, bold, styles)
    if heat.rows and heat.columns:
        scale = {"type": "3_color_scale", "min_color": "#EEF4FC", "mid_color": "#B3CEF1", "max_color": "#6696DB"}
        sheet.conditional_format(top + 1, left + 1, last - 1, left + len(heat.columns), scale)


def _ranking_sheet(sheet: Any, content: ReportContent, styles: Styles) -> None:
    ranking = content.ranking
    _title(sheet, ranking.title, ranking.exact_subtitle or ranking.subtitle, content, styles)
    names = [ranking.name_name, ranking.value_name, ranking.target_name, ranking.attainment_name]
    _header(sheet, 3, names, styles)
    for row, one in enumerate(ranking.rows, start=4):
        sheet.write_string(row, 0, one.name, styles.strong)
        sheet.write_number(row, 1, one.value, styles.money)
        _put(sheet, row, 2, one.target, styles.money, styles)
        _put(sheet, row, 3, one.attainment, styles.share, styles)
    sheet.set_column(0, 0, width_of([ranking.name_name, *(one.name for one in ranking.rows)], least=14))
    sheet.set_column(1, 3, 18)
    sheet.freeze_panes(4, 1)
    sheet.repeat_rows(3)


def _flag_sheet(sheet: Any, content: ReportContent, styles: Styles) -> None:
    flags = content.flags
    _title(sheet, flags.title, flags.subtitle, content, styles)
    headers = [*flags.headers, text("report.source", content.lang)]
    headers[4] = flags.exact_amount_header or headers[4]
    for column, name in enumerate(headers):
        sheet.write_string(3, column, name, {4: styles.head_right, 5: styles.head_indented}.get(column, styles.head))
    for row, one in enumerate(flags.rows, start=4):
        for column, cell in enumerate((one.customer_id, one.customer, one.owner, one.stage)):
            sheet.write_string(row, column, cell, styles.strong if column == 1 else styles.plain)
        _put(sheet, row, 4, one.amount, styles.money, styles)
        sheet.write_string(row, 5, one.why, styles.beside_number)
        sheet.write_string(row, 6, one.kind, styles.tone(one.tone))
        sheet.write_string(row, 7, one.source, styles.muted)
    columns = [
        [one.customer_id for one in flags.rows],
        [one.customer for one in flags.rows],
        [one.owner for one in flags.rows],
        [one.stage for one in flags.rows],
        [styles.widest_amount],
        [one.why for one in flags.rows],
        [one.kind for one in flags.rows],
        [one.source for one in flags.rows],
    ]
    for column, cells in enumerate(columns):
        sheet.set_column(column, column, width_of([headers[column], *cells]))
    sheet.freeze_panes(4, 2)
    if flags.rows:
        sheet.autofilter(3, 0, 3 + len(flags.rows), len(headers) - 1)
    sheet.repeat_rows(3)


def _figure_sheet(sheet: Any, content: ReportContent, styles: Styles) -> None:
    _title(sheet, content.sheet_names[5], content.period_text, content, styles)
    for column, name in enumerate(content.figure_headers):
        style = styles.head_right if column in (1, 3) else styles.head_indented if column in (2, 4) else styles.head
        sheet.write_string(3, column, name, style)
    for row, line in enumerate(content.figures, start=4):
        sheet.write_string(row, 0, line.title, styles.strong)
        _put(sheet, row, 1, line.value, styles.of_unit(line.unit), styles)
        sheet.write_string(row, 2, text(f"report.unit-{line.unit}", content.lang), styles.beside_number)
        sheet.write_number(row, 3, line.n, styles.count)
        sheet.write_string(row, 4, line.formula, styles.wrapped)
        sheet.write_string(row, 5, line.metric, styles.muted)
        if content.then_on:
            gained = None if line.value is None or line.then is None else line.value - line.then
            _put(sheet, row, THEN_COLUMN, line.then, styles.of_unit(line.unit), styles)
            _put(sheet, row, THEN_COLUMN + 1, gained, styles.of_unit(line.unit), styles)
    for column, name in enumerate(content.then_headers, start=THEN_COLUMN):
        sheet.write_string(3, column, name, styles.head_right)
        sheet.set_column(column, column, width_of([name], least=18))
    sheet.set_column(0, 0, width_of([line.title for line in content.figures], least=18))
    sheet.set_column(1, 1, 18)
    sheet.set_column(2, 3, 10)
    sheet.set_column(4, 4, width_of([line.formula for line in content.figures], least=60, most=120))
    sheet.set_column(5, 5, 24)
    sheet.freeze_panes(4, 1)
