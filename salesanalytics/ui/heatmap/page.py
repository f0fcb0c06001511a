"""The Heatmap page: switches, the map, and the chosen cell's customers beside it."""

from __future__ import annotations

import streamlit as st

from salesanalytics.insight.cross_table import CrossTable, cross_table
from salesanalytics.ui.analysis_styles import apply_analysis_styles
from salesanalytics.ui.boundary import error_boundary
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.heatmap.cell_panel import cell_panel
from salesanalytics.ui.heatmap.chosen import Chosen, asked_cell, heatmap_choices
from salesanalytics.ui.heatmap.map_panel import map_panel


def table_of(frame: Frame, chosen: Chosen) -> CrossTable:
    """Return the cross table of what is chosen, from remembered answers."""
    return cross_table(frame.desk.ask, frame.desk.settings, chosen.measure, chosen.by, frame.filters, chosen.order)


def heatmap_page(frame: Frame) -> None:
    """Draw the page."""
    apply_analysis_styles()
    chosen = heatmap_choices(frame.lang, frame.desk.settings)
    with error_boundary(frame.lang):
        found = table_of(frame, chosen)
        sample = frame.desk.metric(chosen.measure).min_sample(frame.desk.settings)
        largest = found.largest(sample) or found.largest()
        place = asked_cell(found, largest) if largest else None
        with st.container(key="heatmap-row"):
            with error_boundary(frame.lang):
                map_panel(frame, chosen, found, largest, place)
            with error_boundary(frame.lang):
                cell_panel(frame, chosen, found, largest)
