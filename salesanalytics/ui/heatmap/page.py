"""The Heatmap page: switches, the table or the tiles, and the picked cell's customers beside it."""

from __future__ import annotations

import streamlit as st

from salesanalytics.ui.boundary import error_boundary
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.heatmap.answers import found_table, found_tiles
from salesanalytics.ui.heatmap.cell_panel import cell_panel
from salesanalytics.ui.heatmap.chosen import TILE_PARAM, Chosen, asked_cell, chosen_cell, heatmap_choices, keep_cell
from salesanalytics.ui.heatmap.map_panel import map_panel
from salesanalytics.ui.heatmap.opened import opened_cell, opened_tile
from salesanalytics.ui.heatmap.picked import picked_cell, picked_tile
from salesanalytics.ui.heatmap.tiles_panel import asked_tile, chosen_tile, tiles_panel


def heatmap_page(frame: Frame) -> None:
    """Draw the page."""
    with error_boundary(frame.lang):
        chosen = heatmap_choices(frame.desk, frame.lang)
        if chosen.provinces:
            _tiles(frame, chosen, chosen.provinces)
        else:
            _table(frame, chosen)


def _table(frame: Frame, chosen: Chosen) -> None:
    found = found_table(frame.desk, chosen, frame.filters)
    sample = frame.desk.metric(chosen.measure).min_sample(frame.desk.settings)
    largest = found.largest(sample)
    if clicked := opened_cell(frame.opened, found):
        keep_cell(found, clicked)
    with st.container(key="heatmap-row"):
        with error_boundary(frame.lang):
            map_panel(frame, chosen, found, largest, asked_cell(found, largest) if largest else None)
        with error_boundary(frame.lang):
            if largest is None:
                cell_panel(frame, chosen, None)
                return
            cell_panel(
                frame,
                chosen,
                lambda: picked_cell(frame, chosen, found, chosen_cell(found, chosen, largest, frame.desk, frame.lang)),
            )


def _tiles(frame: Frame, chosen: Chosen, dimension: str) -> None:
    found = found_tiles(frame.desk, chosen.measure, dimension, frame.filters)
    if clicked := opened_tile(frame.opened):
        st.query_params[TILE_PARAM] = clicked
    first = asked_tile(found, frame.desk.metric(chosen.measure).min_sample(frame.desk.settings))
    with st.container(key="heatmap-row"):
        with error_boundary(frame.lang):
            tiles_panel(frame, chosen, found, first)
        with error_boundary(frame.lang):
            if first is None:
                cell_panel(frame, chosen, None)
                return
            cell_panel(frame, chosen, lambda: picked_tile(frame, found, chosen_tile(found, first, frame)))
