"""The overview: cards, the weeks, pace, who needs somebody, what was found, who leads."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from salesanalytics.ui.boundary import error_boundary
from salesanalytics.ui.cards import card_row
from salesanalytics.ui.detail import detail_dialog, open_detail
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.overview.cards import overview_cards
from salesanalytics.ui.overview.compared_cards import compared_cards
from salesanalytics.ui.overview.findings_panel import findings_panel
from salesanalytics.ui.overview.flagged_panel import flagged_panel
from salesanalytics.ui.overview.opened import open_what_was_clicked
from salesanalytics.ui.overview.pace_panel import pace_panel
from salesanalytics.ui.overview.ranking_panel import ranking_panel
from salesanalytics.ui.overview.weekly_sales import weekly_sales_panel
from salesanalytics.ui.restated.marks import card_marks, strip_place


def overview_page(frame: Frame) -> None:
    """Draw the page; a panel that fails says so and leaves the others alone."""
    places: dict[str, DeltaGenerator] = {}
    with error_boundary(frame.lang):
        cards = compared_cards(frame, overview_cards(frame.desk, frame.where, frame.lang))
        places = card_row(cards, frame.lang, frame.tokens, open_detail)
    strip = strip_place(frame)
    with st.container(key="row-upper"):
        for draw in (weekly_sales_panel, pace_panel):
            with error_boundary(frame.lang):
                draw(frame)
    with st.container(key="row-lower"):
        for draw in (flagged_panel, findings_panel, ranking_panel):
            with error_boundary(frame.lang):
                draw(frame)
    with error_boundary(frame.lang):
        card_marks(frame, places, strip)
    open_what_was_clicked(frame)
    detail_dialog(frame)
