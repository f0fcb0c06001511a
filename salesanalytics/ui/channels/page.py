"""The Channels page: who stands out, is A better than B, all figures, and what they cost."""

from __future__ import annotations

import streamlit as st

from salesanalytics.i18n import text
from salesanalytics.ui.boundary import error_boundary
from salesanalytics.ui.channels.answers import found_channels
from salesanalytics.ui.channels.chosen import asked_filters, filters_then
from salesanalytics.ui.channels.comparison_panel import comparison_panel
from salesanalytics.ui.channels.cost_panel import cost_panel
from salesanalytics.ui.channels.intervals_panel import intervals_panel
from salesanalytics.ui.channels.opened import open_number
from salesanalytics.ui.channels.table_panel import table_panel
from salesanalytics.ui.channels.then_panel import channels_then, then_panel
from salesanalytics.ui.empty import empty
from salesanalytics.ui.frame import Frame


def channels_page(frame: Frame) -> None:
    """Draw the page."""
    filters = asked_filters(frame)
    with error_boundary(frame.lang):
        found = found_channels(frame.desk, filters)
        if not any(one.named for one in found.channels):
            key = "nobody" if not found.channels else "no_source"
            with st.container(key="panel-channels-none", border=True):
                empty(text(f"channels.{key}", frame.lang), text(f"channels.{key}_note", frame.lang))
            return
        former = channels_then(frame, filters_then(frame, filters))
        with st.container(key="channels-upper"):
            with error_boundary(frame.lang):
                intervals_panel(frame, found, filters)
            with error_boundary(frame.lang):
                comparison_panel(frame, found, filters)
        with error_boundary(frame.lang):
            table_panel(frame, found, filters, former)
        with error_boundary(frame.lang):
            then_panel(frame, found, former)
        with error_boundary(frame.lang):
            cost_panel(frame, found, filters)
        if number := frame.opened:
            open_number(frame, found, filters, number)
