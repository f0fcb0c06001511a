"""The detail of a headline card: asked for by the card's button, shown in the same run. What it shows is ``ui.number_detail``."""

from __future__ import annotations

import streamlit as st

from salesanalytics.insight.headline import Headline
from salesanalytics.metrics.periods import bucket
from salesanalytics.metrics.types import Filters
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.number_detail import PAGE, metric_dialog
from salesanalytics.ui.number_words import filter_words
from salesanalytics.ui.overview.answers import Where, overview_headlines
from salesanalytics.ui.session import Key

__all__ = ["MOST_ROWS", "detail_dialog", "filter_words", "headline_dialog", "headline_filters", "open_detail"]

MOST_ROWS = PAGE


def open_detail(metric: str) -> None:
    """Ask for the detail of ``metric``; the page shows it in the same run."""
    st.session_state[Key.OPEN_DETAIL] = metric


def detail_dialog(frame: Frame) -> None:
    """Open the detail that was asked for, once."""
    metric = st.session_state.pop(Key.OPEN_DETAIL, None)
    if metric is not None:
        headline_dialog(frame, metric)


def headline_dialog(frame: Frame, metric: str) -> None:
    """Open the detail of a headline figure (``insight.headline``); of a metric that is none, nothing."""
    found = next((one for one in overview_headlines(frame.desk, frame.where) if one.metric == metric), None)
    if found is not None:
        title = frame.desk.metric(found.metric).title(frame.lang)
        metric_dialog(frame, found.metric, headline_filters(found, frame.where), title)


def headline_filters(found: Headline, where: Where) -> Filters:
    """Return what a headline figure was asked with: its days, of what is measured against a quarter's target the whole quarter."""
    if found.start is None or found.end is None:
        return Filters(where)
    end = bucket(found.start, "quarter").end if found.window == "quarter" else found.end
    return Filters(where, found.start, end)
