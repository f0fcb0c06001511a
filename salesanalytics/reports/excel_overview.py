"""The overview sheet: headline figures, three native charts and the heatmap on one printed page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from salesanalytics.i18n import text
from salesanalytics.reports.excel_style import BORDER, INK, INSET, MUTED, PRIMARY, SECOND, TARGET, TONES, Styles
from salesanalytics.reports.types import FunnelStep, Kpi, ReportContent

COLUMNS = 24
COLUMN_WIDTH = 6.3
PIXELS_A_COLUMN = 49
ROW_PIXELS = 20
CHART_TOP, CHART_ROWS = 7, 14
MOST_RANKED = 10
"""Names that fit beside their bars; the ranking's own sheet holds everybody."""
PALE = "#8FB5E8"
"""The funnel's bars: pale, so that a dark label reads where it is wider than its bar."""


def write_overview(
    book: Any,
    sheet: Any,
    content: ReportContent,
    styles: Styles,
    names: Mapping[str, str],
    trend_rows: tuple[int, int],
) -> None:
    """Fill the first sheet; the charts read the other sheets' cells (``names``), so they change when a reader changes those."""
    sheet.set_column(0, COLUMNS - 1, COLUMN_WIDTH)
    sheet.write_string(0, 0, content.title, styles.title)
    sheet.write_string(1, 0, content.header_right, styles.muted)
    if content.filters_text:
        sheet.write_string(1, 12, content.filters_text, styles.muted)
    _kpis(sheet, content, styles)
    half = PIXELS_A_COLUMN * COLUMNS // 2 - 8
    height = CHART_ROWS * ROW_PIXELS
    options = {"object_position": 1}
    trend = _trend(book, content, styles, names["funnel"], trend_rows)
    trend.set_size({"width": half, "height": height})
    sheet.insert_chart(CHART_TOP, 0, trend, options)
    funnel = _funnel(book, content, styles, names["funnel"])
    funnel.set_size({"width": half, "height": height})
    sheet.insert_chart(CHART_TOP, COLUMNS // 2, funnel, options)
    below = CHART_TOP + CHART_ROWS + 1
    _heat_block(sheet, content, styles, below)
    ranking = _ranking(book, content, styles, names["ranking"])
    ranking.set_size({"width": half, "height": max(height, (len(content.heat.rows) + 4) * ROW_PIXELS)})
    sheet.insert_chart(below, COLUMNS // 2, ranking, options)
    row = below + max(CHART_ROWS, len(content.heat.rows) + 4) + 1
    for finding in content.findings:
        sheet.write_string(row, 0, f"• {finding}", styles.make())
        row += 1
    if content.restated:
        sheet.write_string(row, 0, text("restated.report_title", content.lang), styles.make(bold=True))
        for place, said in enumerate(content.restated, start=row + 1):
            sheet.write_string(place, 0, f"• {said}", styles.make())
        row += 1 + len(content.restated)
    sheet.print_area(0, 0, row, COLUMNS - 1)
    sheet.fit_to_pages(1, 1)


def _kpis(sheet: Any, content: ReportContent, styles: Styles) -> None:
    span = COLUMNS // max(len(content.kpis), 1)
    for place, kpi in enumerate(content.kpis):
        left, right = place * span, place * span + span - 1
        for row, (words, style) in enumerate(_kpi_lines(kpi, styles), start=3):
            sheet.merge_range(row, left, row, right, "", style)
            sheet.write_string(row, left, words, style)
    sheet.set_row(4, 26)


def _kpi_lines(kpi: Kpi, styles: Styles) -> tuple[tuple[str, Any], ...]:
    beside = f"{kpi.change}  {kpi.beside}".strip()
    return (
        (kpi.title, styles.make(font_color=MUTED, font_size=9.5, bg_color=INSET)),
        (kpi.text, styles.make(bold=True, font_size=16, bg_color=INSET)),
        (beside, styles.make(font_color=kpi.colour or TONES[kpi.tone], font_size=9.5, bg_color=INSET)),
    )


def _font(styles: Styles, size: float = 9, colour: str = MUTED, *, bold: bool = False) -> dict[str, object]:
    return {"name": styles.font, "size": size, "color": colour, "bold": bold}


def _frame(chart: Any, title: str, styles: Styles) -> None:
    chart.set_title({"name": title, "name_font": _font(styles, 12, INK, bold=True), "overlay": False})
    chart.set_chartarea({"border": {"color": BORDER}, "fill": {"color": "#FFFFFF"}})
    chart.set_plotarea({"fill": {"none": True}})


def _trend(book: Any, content: ReportContent, styles: Styles, sheet: str, rows: tuple[int, int]) -> Any:
    trend, (first, last) = content.trend, rows
    chart = book.add_chart({"type": "line"})
    marker = {"type": "circle", "size": 6, "fill": {"color": "#FFFFFF"}, "border": {"color": PRIMARY, "width": 1.75}}
    lines = [(trend.actual_name, 4, {"color": PRIMARY, "width": 2.75}, marker)]
    if trend.target_label:
        lines.append((trend.target_name, 5, {"color": TARGET, "width": 1.5, "dash_type": "dash"}, {"type": "none"}))
    for name, column, line, mark in lines:
        chart.add_series(
            {
                "name": name,
                "categories": [sheet, first, 0, last, 0],
                "values": [sheet, first, column, last, column],
                "line": line,
                "marker": mark,
            }
        )
    axis: dict[str, object] = {
        "min": 0,
        "num_format": "#,##0.##;−#,##0.##;0",
        "num_font": _font(styles),
        "line": {"none": True},
        "major_gridlines": {"visible": True, "line": {"color": BORDER, "width": 0.75}},
    }
    chart.set_y_axis(axis)
    chart.set_x_axis({"num_font": _font(styles), "line": {"color": MUTED}})
    chart.set_legend({"position": "bottom", "font": _font(styles)} if len(lines) > 1 else {"none": True})
    chart.show_blanks_as("gap")
    _frame(chart, f"{trend.title}\n{trend.subtitle}"[:250], styles)
    return chart


def _funnel(book: Any, content: ReportContent, styles: Styles, sheet: str) -> Any:
    funnel = content.funnel
    first, last = 4, 3 + max(len(funnel.steps), 1)
    chart = book.add_chart({"type": "bar", "subtype": "stacked"})
    categories = [sheet, first, 0, last, 0]
    chart.add_series(
        {
            "categories": categories,
            "values": [sheet, first, 3, last, 3],
            "fill": {"none": True},
            "border": {"none": True},
        }
    )
    labels = [
        {"value": "\u00a0·\u00a0".join(part for part in (f"{step.customers:,}", _share_told(step)) if part)}
        for step in funnel.steps
    ]
    largest = max((step.customers for step in funnel.steps), default=0)
    for label in labels:
        label["font"] = _font(styles, 9, INK, bold=True)  # type: ignore[assignment]
    chart.add_series(
        {
            "categories": categories,
            "values": [sheet, first, 1, last, 1],
            "fill": {"color": PALE},
            "gap": 35,
            "data_labels": {"value": True, "custom": labels, "position": "center"},
        }
    )
    chart.set_y_axis(
        {"reverse": True, "num_font": _font(styles, 10, INK), "line": {"none": True}, "major_tick_mark": "none"}
    )
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0, "max": largest or 1})
    chart.set_legend({"none": True})
    _frame(chart, funnel.title, styles)
    return chart


def _ranking(book: Any, content: ReportContent, styles: Styles, sheet: str) -> Any:
    ranking = content.ranking
    rows = ranking.rows[:MOST_RANKED]
    first, last = 4, 3 + max(len(rows), 1)
    aimed = any(one.target is not None for one in rows)
    reached = [
        {"fill": {"color": SECOND if aimed and not (one.target and one.value >= one.target) else PRIMARY}}
        for one in rows
    ]
    chart = book.add_chart({"type": "bar"})
    chart.add_series(
        {
            "categories": [sheet, first, 0, last, 0],
            "values": [sheet, first, 1, last, 1],
            "points": reached,
            "gap": 45,
            "data_labels": {
                "value": True,
                "custom": [
                    {"value": (f"{one.text} · {one.attainment_text}" if aimed else one.text).replace(" ", "\u00a0")}
                    for one in rows
                ],
                "font": _font(styles, 9, INK),
            },
        }
    )
    largest = max((one.value for one in rows), default=0.0)
    chart.set_y_axis(
        {
            "reverse": True,
            "interval_unit": 1,
            "num_font": _font(styles, 10, INK),
            "line": {"none": True},
            "major_tick_mark": "none",
        }
    )
    # room to the right for the labels outside the longest bar
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0, "max": largest * 1.6 or 1})
    chart.set_legend({"none": True})
    _frame(chart, ranking.title, styles)
    return chart


def _heat_block(sheet: Any, content: ReportContent, styles: Styles, top: int) -> None:
    """Write the heatmap into merged cells of the overview's fine grid: every column of it, however many, within the left half."""
    heat = content.heat
    wide = COLUMNS // 2
    columns = (*heat.columns, heat.total_name)
    name_span = 2
    sheet.merge_range(top, 0, top, wide - 1, "", styles.subtitle)
    sheet.write_string(top, 0, heat.title, styles.subtitle)
    sheet.write_string(top + 1, 0, heat.subtitle, styles.muted)
    room = wide - name_span
    if len(columns) > room:
        # More columns than the grid has: the heatmap's own sheet holds them all; here stand the largest, as on the page.
        columns = (*heat.columns[: room - 1], heat.total_name)
    span = max(1, room // max(len(columns), 1))
    _merged(sheet, top + 2, 0, name_span, heat.row_name, styles.head)
    for c, name in enumerate(columns):
        _merged(
            sheet,
            top + 2,
            name_span + c * span,
            span,
            name,
            styles.make(bold=True, font_color="#FFFFFF", bg_color=PRIMARY, align="center", shrink=True),
        )
    # as many decimals as the unit has: 0.4 of a million is not 0, and nothing at all is a bare 0
    places = "#,##0" + ("." + "0" * heat.decimals if heat.decimals else "")
    number = f"{places};−{places};0"
    cell = styles.make(num_format=number, align="center", shrink=True)
    bold = styles.make(num_format=number, align="center", shrink=True, bold=True)
    for r, name in enumerate(heat.rows):
        row = top + 3 + r
        _merged(sheet, row, 0, name_span, name, styles.make(shrink=True))
        line = (*heat.values[r][: len(columns) - 1], heat.row_totals[r])
        for c, value in enumerate(line):
            style = bold if c == len(columns) - 1 else cell
            _merged_number(sheet, row, name_span + c * span, span, value, heat.unit_size, heat.decimals, style)
    last = top + 3 + len(heat.rows)
    _merged(sheet, last, 0, name_span, heat.total_name, styles.make(bold=True))
    for c, value in enumerate((*heat.column_totals[: len(columns) - 1], heat.total)):
        _merged_number(sheet, last, name_span + c * span, span, value, heat.unit_size, heat.decimals, bold)
    if heat.rows and len(columns) > 1:
        scale = {"type": "3_color_scale", "min_color": "#EEF4FC", "mid_color": "#B3CEF1", "max_color": "#6696DB"}
        sheet.conditional_format(top + 3, name_span, last - 1, name_span + (len(columns) - 1) * span - 1, scale)


def _merged(sheet: Any, row: int, left: int, span: int, words: str, style: Any) -> None:
    if span > 1:
        sheet.merge_range(row, left, row, left + span - 1, "", style)
    sheet.write_string(row, left, words, style)


def _merged_number(
    sheet: Any, row: int, left: int, span: int, value: float | None, unit: int, decimals: int, style: Any
) -> None:
    if span > 1:
        sheet.merge_range(row, left, row, left + span - 1, "", style)
    if value is None:
        sheet.write_string(row, left, "—", style)
    else:
        sheet.write_number(row, left, round(value / unit, decimals), style)


def _share_told(step: FunnelStep) -> str:
    """A step's share in one unbroken piece, since a label on a bar must not wrap; one of a small sample is told by the funnel's own sheet, with its words."""
    return "" if step.small else "\u00a0".join(part for part in (step.share_text, step.then_text) if part)
