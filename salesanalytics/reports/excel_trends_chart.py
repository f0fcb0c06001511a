"""The native chart of a trend's sheet: actual thick, target dashed, past pale, a part-period dotted or hatched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salesanalytics.charts.tokens import LIGHT
from salesanalytics.metrics.types import Unit
from salesanalytics.reports.excel_style import BORDER, INK, MUTED, Styles

if TYPE_CHECKING:
    from salesanalytics.reports.excel_trends import TrendBook, TrendColumn, TrendSheet

PALE = "#8FB5E8"
_AXIS = {Unit.SHARE: "0%", Unit.COUNT: "#,##0", Unit.MONEY: "#,##0.##", Unit.DAYS: "#,##0.#", Unit.NUMBER: "#,##0.##"}


def trend_chart(
    book: Any,
    sheet: str,
    one: TrendSheet,
    content: TrendBook,
    styles: Styles,
    rows: tuple[int, int],
    left: int,
) -> Any:
    """Return the chart over ``rows`` of the sheet: names in column ``left``, the drawn columns right of it."""
    drawn = [column for column in one.columns if column.drawn]
    as_bars = [column for column in drawn if one.bars and column.role in ("actual", "part", "rest")]
    lines = [column for column in drawn if column not in as_bars]
    chart = _chart(book, one, bars=bool(as_bars))
    beside = _chart(book, one, bars=False) if as_bars and lines else None
    parts = 0
    for place, column in enumerate(drawn, start=left + 1):
        colour = LIGHT.categories[parts % len(LIGHT.categories)] if column.role == "part" else _colour(column)
        parts += column.role == "part"
        series = {
            "name": column.label or column.title,
            "categories": [sheet, rows[0], left, rows[1], left],
            "values": [sheet, rows[0], place, rows[1], place],
            **(_bar(colour, content) if column in as_bars else _line(column, colour, content)),
        }
        (chart if column in as_bars or beside is None else beside).add_series(series)
    if beside is not None:
        chart.combine(beside)
    _dress(chart, one, styles, many=len(drawn) > 1)
    return chart


def _chart(book: Any, one: TrendSheet, *, bars: bool) -> Any:
    if not bars:
        return book.add_chart({"type": "line"})
    return book.add_chart({"type": "column", "subtype": "stacked"} if one.stacked else {"type": "column"})


def _colour(column: TrendColumn) -> str:
    named = {"target": LIGHT.target, "past": PALE, "rest": LIGHT.muted, "average": LIGHT.text}
    return named.get(column.role, LIGHT.primary)


def _bar(colour: str, content: TrendBook) -> dict[str, object]:
    hatched = {"pattern": {"pattern": "wide_upward_diagonal", "fg_color": colour, "bg_color": "#FFFFFF"}}
    return {"fill": {"color": colour}, "gap": 45, "points": [hatched if part else None for part in content.parts]}


def _line(column: TrendColumn, colour: str, content: TrendBook) -> dict[str, object]:
    thick = {"actual": 2.75, "part": 2.0, "average": 2.25}.get(column.role, 1.5)
    line: dict[str, object] = {"color": colour, "width": thick}
    marker: dict[str, object] = {"type": "none"}
    if column.role == "target":
        return {"line": {**line, "dash_type": "dash"}, "marker": marker}
    if column.role in ("actual", "part"):
        marker = {"type": "circle", "size": 5, "fill": {"color": "#FFFFFF"}, "border": {"color": colour, "width": 1.5}}
    found: dict[str, object] = {"line": line, "marker": marker}
    if any(content.parts):
        dotted = {"border": {**line, "dash_type": "round_dot"}}
        found["points"] = [dotted if part else None for part in content.parts]
    return found


def _dress(chart: Any, one: TrendSheet, styles: Styles, *, many: bool) -> None:
    quiet = {"name": styles.font, "size": 9, "color": MUTED}
    axis: dict[str, object] = {
        "num_format": _AXIS[one.unit],
        "num_font": quiet,
        "line": {"none": True},
        "major_gridlines": {"visible": True, "line": {"color": BORDER, "width": 0.75}},
    }
    known = [value for column in one.columns if column.drawn for value in column.values if value is not None]
    if min(known, default=0) >= 0:
        axis["min"] = 0
    if one.unit is Unit.SHARE and 0.8 < max(known, default=0) <= 1:
        axis["max"] = 1  # left to itself Excel leaves room up to 120 %
    chart.set_y_axis(axis)
    chart.set_x_axis({"num_font": quiet, "line": {"color": MUTED}, "label_position": "low"})
    chart.set_legend({"position": "bottom", "font": quiet} if many else {"none": True})
    chart.show_blanks_as("gap")
    title = " · ".join(word for word in (one.columns[0].title, one.unit_name) if word)
    font = {"name": styles.font, "size": 12, "color": INK, "bold": True}
    chart.set_title({"name": title[:250], "name_font": font, "overlay": False})
    chart.set_chartarea({"border": {"color": BORDER}, "fill": {"color": "#FFFFFF"}})
    chart.set_plotarea({"fill": {"none": True}})
