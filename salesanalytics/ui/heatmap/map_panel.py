"""The map: cells with value and n, totals outside, stars, the ring; its legend; on a phone the ten largest cells as a list."""

from __future__ import annotations

import streamlit as st

from salesanalytics.charts.heatmap import HeatCell, heatmap_figure, robust_steps
from salesanalytics.charts.theme import CONFIG
from salesanalytics.i18n import Lang, format, text
from salesanalytics.insight.clusters import LEAST_CUSTOMERS, LEAST_RATIO
from salesanalytics.insight.cross_table import CrossCell, CrossTable
from salesanalytics.metrics.types import Unit
from salesanalytics.ui.data import digest
from salesanalytics.ui.empty import empty
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.heatmap.chosen import Chosen, keep_cell, line_name
from salesanalytics.ui.heatmap.words import Place, below_words, cell_name, map_headline, map_scale, map_subtitle
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.panel import panel
from salesanalytics.ui.tables import Cell, TableColumn, Toned
from salesanalytics.ui.tables import table as table_markup
from salesanalytics.ui.trends.values import Scale

ROW_HEIGHT = 78
LIST_LENGTH = 10
WHOLE_FROM = 100


def map_panel(frame: Frame, chosen: Chosen, table: CrossTable, largest: Place | None, place: Place | None) -> None:
    """Draw the panel; a click on a cell is kept in the URL."""
    lang, scale = frame.lang, map_scale(table, frame)
    title = map_headline(frame, chosen, table, largest)
    with panel("map", title, map_subtitle(frame, chosen, table, scale)):
        if largest is None:
            key = "unvalued" if table.total.left_out else "empty"
            empty(text(f"heatmap.{key}", lang), text(f"heatmap.{key}_note", lang))
            return
        with st.container(key="heat-map"):
            _figure(frame, chosen, table, scale, place)
            show(_legend(table, scale, frame))
        with st.container(key="heat-list"):
            show(_list(chosen, table, scale, frame, title))


def _figure(frame: Frame, chosen: Chosen, table: CrossTable, scale: Scale, place: Place | None) -> None:
    lang = frame.lang
    rows = [line_name(line, chosen.rows, lang) for line in table.rows]
    columns = [line_name(line, chosen.columns, lang) for line in table.columns]
    cells = [
        [_cell(table, (r, c), chosen, scale, frame) for c in range(len(table.columns))] for r in range(len(table.rows))
    ]
    figure = heatmap_figure(
        rows,
        columns,
        cells,
        [_figure_words(total, table, scale) for total in table.row_totals],
        [_figure_words(total, table, scale) for total in table.column_totals],
        _figure_words(table.total, table, scale),
        text("heatmap.sum" if frame.desk.metric(chosen.measure).adds_up else "heatmap.overall", lang),
        frame.tokens,
        chosen=place,
        bounds=_bounds(table, frame),
        height=60 + ROW_HEIGHT * max(3, len(rows)) if len(rows) <= 9 else 60 + 58 * len(rows),
        label_width=_label_width(rows, lang),
    )
    key = f"heatmap-{digest(chosen, frame.filters, frame.as_of)[:10]}"

    def clicked() -> None:
        points = st.session_state[key].selection.points
        if points:
            r, c = points[0]["customdata"][:2]
            keep_cell(table, (int(r), int(c)))

    st.plotly_chart(figure, key=key, config=CONFIG, theme=None, on_select=clicked, selection_mode="points")


def _label_width(names: list[str], lang: Lang) -> int:
    longest = max((len(name) for name in names), default=4)
    return min(150, max(70, longest * (14 if lang == "zh" else 8) + 14))


def _small(cell: CrossCell, measure: str, frame: Frame) -> bool:
    return cell.n < frame.desk.metric(measure).min_sample(frame.desk.settings)


def _cell(table: CrossTable, place: Place, chosen: Chosen, scale: Scale, frame: Frame) -> HeatCell:
    lang, cell = frame.lang, table.cells.get(place)
    name = cell_name(chosen, table, place, lang)
    if cell is None or cell.value is None:
        known = (
            text("heatmap.no_amount", lang, n=cell.left_out) if cell and cell.left_out else text("heatmap.nobody", lang)
        )
        return HeatCell(None, format.DASH, hover=f"{name}<br>{known}")
    small = _small(cell, chosen.measure, frame)
    below = below_words(cell, frame.desk.metric(chosen.measure), lang)
    lines = [name, f"<b>{scale.exact(cell.value)}</b>", below]
    if small:
        lines.append(text("ui.small_sample", lang))
    if cell.left_out:
        lines.append(text("heatmap.no_amount", lang, n=cell.left_out))
    ratio = table.clusters.get(place)
    if ratio:
        lines.append(text("heatmap.hover_cluster", lang, ratio=format.number(ratio, 1)))
    label = _figure_words(cell, table, scale)
    return HeatCell(
        cell.value, label, below, "<br>".join(line for line in lines if line), cluster=ratio is not None, small=small
    )


def _figure_words(cell: CrossCell, table: CrossTable, scale: Scale) -> str:
    if cell.value is None:
        return format.DASH
    return (
        format.share(cell.value, 0)
        if scale.unit is Unit.SHARE
        else _short(scale, cell.value, whole=_whole_units(table, scale))
    )


def _bounds(table: CrossTable, frame: Frame) -> list[float]:
    known = [
        cell.value for cell in table.cells.values() if cell.value is not None and not _small(cell, table.metric, frame)
    ]
    return robust_steps(known, len(frame.tokens.heat))


def _short(scale: Scale, value: float, *, whole: bool) -> str:
    """A value in the map's unit; whole units where the largest cell has three digits or more, so that all cells read alike."""
    return format.number(scale.scaled(value), 0) if whole or scale.money == format.ONE else scale.cell(value)


def _whole_units(table: CrossTable, scale: Scale) -> bool:
    return max((scale.scaled(cell.value) or 0.0 for cell in table.cells.values()), default=0.0) >= WHOLE_FROM


def _legend(table: CrossTable, scale: Scale, frame: Frame) -> str:
    lang = frame.lang
    small = frame.desk.metric(table.metric).min_sample(frame.desk.settings)
    bounds = _bounds(table, frame)
    parts = []
    if bounds[-1] > bounds[0]:
        steps = "".join(f'<i style="background:{colour}"></i>' for colour in frame.tokens.heat)
        low = text("heatmap.legend_low", lang, value=_tick(bounds[1], scale))
        high = text("heatmap.legend_high", lang, value=_tick(bounds[-1], scale), unit=scale.name)
        parts.append(f'<span>{escape(low)}</span><span class="steps">{steps}</span><span>{escape(high.strip())}</span>')
    marks = []
    if table.clusters:
        marks.append(text("heatmap.legend_cluster", lang, n=LEAST_CUSTOMERS, percent=format.share(LEAST_RATIO - 1, 0)))
    if small:
        marks.append(text("heatmap.legend_small", lang, n=small))
    marks.append(text("heatmap.legend_empty", lang))
    return f'<div class="sa-scale">{"".join(parts)}<span class="right">{escape("　".join(marks))}</span></div>'


def _tick(bound: float, scale: Scale) -> str:
    return scale.tick(scale.scaled(bound) or 0.0)


def _list(chosen: Chosen, table: CrossTable, scale: Scale, frame: Frame, title: str) -> str:
    lang = frame.lang
    known = [(place, cell) for place, cell in table.cells.items() if cell.value is not None]
    known.sort(key=lambda item: (_small(item[1], chosen.measure, frame), -(item[1].value or 0.0)))
    value = frame.desk.metric(chosen.measure).short(lang)
    columns = [
        TableColumn(text("heatmap.column_cell", lang), wrap=True),
        TableColumn(f"{value} ({scale.name})" if scale.name else value, number=True),
        TableColumn("n", number=True, soft=True),
    ]
    rows: list[list[Cell]] = []
    for place, cell in known[:LIST_LENGTH]:
        star = " ★" if place in table.clusters else ""
        shown: Cell = scale.cell(cell.value)
        if _small(cell, chosen.measure, frame):
            shown = Toned(f"{shown} {text('ui.small_sample', lang)}", "neutral")
        rows.append([cell_name(chosen, table, place, lang) + star, shown, format.number(cell.n)])
    heading = f'<div class="sa-muted sa-small">{escape(text("heatmap.list", lang, n=len(rows), of=len(known)))}</div>'
    return heading + table_markup(columns, rows, title)
