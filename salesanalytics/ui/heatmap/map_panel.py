"""The table: cells with value and n, totals outside, stars, the ring; on a phone the ten largest cells as a list."""

from __future__ import annotations

import streamlit as st

from salesanalytics.charts.heat_cells import HeatCell
from salesanalytics.i18n import format, text
from salesanalytics.insight.cross_table import CrossTable, Place
from salesanalytics.ui.empty import empty
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.heatmap.chosen import Chosen, line_name
from salesanalytics.ui.heatmap.cluster_list import cluster_list, cluster_note
from salesanalytics.ui.heatmap.downloads import table_download
from salesanalytics.ui.heatmap.grid import Totals, heat_grid
from salesanalytics.ui.heatmap.opened import cell_number
from salesanalytics.ui.heatmap.picked import cell_name
from salesanalytics.ui.heatmap.picture import Picture, legend, picture_of
from salesanalytics.ui.heatmap.then import difference_words, known_then, with_change
from salesanalytics.ui.heatmap.words import map_headline, map_subtitle, unfilled_words
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.panel import headline
from salesanalytics.ui.tables import Cell, Opens, TableColumn
from salesanalytics.ui.tables import table as table_markup
from salesanalytics.ui.then_words import day_name
from salesanalytics.ui.then_words import heading as then_heading

ROW_HEIGHT, LOW_ROW_HEIGHT, MANY_ROWS = 72, 56, 9
LIST_LENGTH = 10


def map_panel(frame: Frame, chosen: Chosen, table: CrossTable, largest: Place | None, place: Place | None) -> None:
    """Draw the panel."""
    lang, picture = frame.lang, picture_of(frame, frame.desk.metric(chosen.measure), list(table.cells.values()))
    title = map_headline(frame, chosen, table, largest)
    with st.container(key="panel-map", border=True, gap="xxsmall", height="stretch"):
        with st.container(key="map-head", horizontal=True, vertical_alignment="center"):
            show(
                headline(
                    title,
                    map_subtitle(
                        frame, chosen.measure, table.total, picture.scale, unfilled_words(frame, chosen, table)
                    ),
                )
            )
            if largest is not None:
                table_download(frame, chosen, table)
        if largest is None:
            key = "unvalued" if table.total.left_out else "empty"
            empty(text(f"heatmap.{key}", lang), text(f"heatmap.{key}_note", lang))
            return
        hatched = any(picture.small(cell) for cell in table.cells.values() if cell.value is not None)
        drawn = _grid(chosen, table, picture, place, title) + legend(picture, hatched=hatched) + _then_note(frame)
        show(
            f'<div class="sa-heat-map">{drawn}</div><div class="sa-heat-list">{_list(chosen, table, picture, title)}</div>'
            + cluster_list(chosen, table, picture)
        )


def _then_note(frame: Frame) -> str:
    if frame.against_on is None:
        return ""
    note = text("heatmap.then_note", frame.lang, day=day_name(frame.against_on, frame.as_of))
    return f'<div class="sa-panel-note">{escape(note)}</div>'


def _grid(chosen: Chosen, table: CrossTable, picture: Picture, place: Place | None, title: str) -> str:
    frame, lang, desk = picture.frame, picture.frame.lang, picture.frame.desk
    rows = [line_name(line, chosen.rows, desk, lang) for line in table.rows]
    columns = [line_name(line, chosen.columns, desk, lang) for line in table.columns]
    known = known_then(frame, chosen)

    def drawn(place: Place) -> HeatCell:
        now = table.cells.get(place)
        note = cluster_note(table, place, picture)
        cell = picture.cell(cell_name(chosen, table, place, desk, lang), now, note=note)
        return with_change(cell, now.value, known.at(table, place), frame, picture.scale) if known and now else cell

    cells = [[drawn((r, c)) for c in range(len(columns))] for r in range(len(rows))]
    totals = Totals(
        text("heatmap.sum" if picture.metric.adds_up else "heatmap.overall", lang),
        [picture.words(total) for total in table.row_totals],
        [picture.words(total) for total in table.column_totals],
        picture.words(table.total),
    )
    return heat_grid(
        rows,
        columns,
        cells,
        totals,
        frame.tokens,
        label=title,
        chosen=place,
        bounds=picture.bounds,
        row_height=ROW_HEIGHT if len(rows) <= MANY_ROWS else LOW_ROW_HEIGHT,
    )


def _list(chosen: Chosen, table: CrossTable, picture: Picture, title: str) -> str:
    lang, scale, desk = picture.frame.lang, picture.scale, picture.frame.desk
    known = [(place, cell) for place, cell in table.cells.items() if cell.value is not None]
    known.sort(key=lambda item: (not table.is_named(item[0]), picture.small(item[1]), -(item[1].value or 0.0)))
    value = picture.metric.short(lang)
    columns = [
        TableColumn(text("heatmap.column_cell", lang), wrap=True),
        TableColumn(text("trends.in_unit", lang, name=value, unit=scale.name) if scale.name else value, number=True),
        TableColumn("n", number=True, soft=True),
    ]
    then = known_then(picture.frame, chosen)
    if then:
        columns.append(TableColumn(then_heading(picture.frame), number=True))
    rows: list[list[Cell]] = []
    for place, cell in known[:LIST_LENGTH]:
        star = " ★" if place in table.clusters else ""
        words, small = scale.cell(cell.value), picture.small(cell)
        if small:
            words = f"{words} {text('ui.small_sample', lang)}"
        shown = Opens(words, cell_number(place), small)
        rows.append([cell_name(chosen, table, place, desk, lang) + star, shown, format.number(cell.n)])
        if then:
            rows[-1].append(difference_words(cell.value, then.at(table, place), scale))
    heading = f'<div class="sa-muted sa-small">{escape(text("heatmap.list", lang, n=len(rows), of=len(known)))}</div>'
    return heading + table_markup(columns, rows, title)
