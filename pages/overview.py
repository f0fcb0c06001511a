"""Overview: where we stand, at a glance."""

import streamlit as st

from salesanalytics.ui.boundary import error_boundary
from salesanalytics.ui.cards import card_row
from salesanalytics.ui.detail import detail_dialog, open_detail
from salesanalytics.ui.frame import page_frame
from salesanalytics.ui.overview.cards import overview_cards
from salesanalytics.ui.overview.findings_panel import findings_panel
from salesanalytics.ui.overview.flagged_panel import flagged_panel
from salesanalytics.ui.overview.pace_panel import pace_panel
from salesanalytics.ui.overview.ranking_panel import ranking_panel
from salesanalytics.ui.overview.weekly_sales import weekly_sales_panel

with page_frame() as frame:
    with error_boundary(frame.lang):
        card_row(overview_cards(frame.desk, frame.where, frame.lang), frame.lang, frame.tokens, open_detail)
    with st.container(key="row-upper"):
        for draw in (weekly_sales_panel, pace_panel):
            with error_boundary(frame.lang):
                draw(frame)
    with st.container(key="row-lower"):
        for draw in (flagged_panel, findings_panel, ranking_panel):
            with error_boundary(frame.lang):
                draw(frame)
    detail_dialog(frame)
