"""The Trends page's charts: one large one, or up to six small ones with an axis and a unit each."""

from __future__ import annotations

import streamlit as st

from salesanalytics.charts.theme import CONFIG, Figure
from salesanalytics.charts.trend import Series, end_labels, trend_figure
from salesanalytics.i18n import text
from salesanalytics.ui.empty import empty
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.panel import panel
from salesanalytics.ui.trends.answers import stacked
from salesanalytics.ui.trends.line_names import end_names, names_above
from salesanalytics.ui.trends.lines import Drawing, series_of, ticks_of
from salesanalytics.ui.trends.notes import notes, subtitle
from salesanalytics.ui.trends.words import trend_headline

HEIGHT, SMALL_HEIGHT = 380, 200
MOST_NAMES, MOST_NAMES_SMALL = 8, 5
"""of buckets: what a phone has room for, since one figure does for every width (a second one, hidden, would take as long to draw)"""
MOST_LETTERS = 40
"""of those names together: beyond them a phone's would be slanted and cut"""


def trend_panel(drawing: Drawing) -> None:
    """Draw the one large chart."""
    with panel("trend", _title(drawing), subtitle(drawing), height="content"):
        if _nothing(drawing):
            return
        series = series_of(drawing)
        ticks = ticks_of(series, drawing.chosen)
        with st.container(key="trends-plot"):
            st.plotly_chart(_figure(drawing, series, HEIGHT), key="trends-chart", config=CONFIG, theme=None)
            show(end_names(end_labels(series, ticks, HEIGHT), drawing.frame.tokens))
        _notes(drawing)


def small_panel(drawing: Drawing) -> None:
    """Draw one of several charts: its lines are named above it, so that the same chart does for a phone."""
    with panel(f"trend-{drawing.place}", _title(drawing), subtitle(drawing)):
        if _nothing(drawing):
            return
        series = series_of(drawing)
        show(names_above(series, drawing.frame.tokens))
        figure = _figure(drawing, series, SMALL_HEIGHT)
        st.plotly_chart(figure, key=f"trends-small-{drawing.place}", config=CONFIG, theme=None)
        _notes(drawing)


def _title(drawing: Drawing) -> str:
    return trend_headline(drawing.trend, drawing.chosen, drawing.scale, drawing.frame.desk.settings, drawing.frame.lang)


def _nothing(drawing: Drawing) -> bool:
    if drawing.trend.empty:
        lang = drawing.frame.lang
        empty(text("trends.empty", lang), text("trends.empty_note", lang))
    return drawing.trend.empty


def _figure(drawing: Drawing, series: list[Series], height: int) -> Figure:
    chosen, ticks = drawing.chosen, ticks_of(series, drawing.chosen)
    longest = max(map(len, drawing.names), default=1)
    return trend_figure(
        drawing.names,
        series,
        drawing.frame.tokens,
        ticks=ticks,
        tick_text=[drawing.scale.tick(tick) for tick in ticks],
        partial=drawing.trend.partial,
        bars=chosen.bars and (not chosen.split or stacked(chosen)),
        stacked=stacked(chosen),
        height=height,
        most_names=min(MOST_NAMES if height == HEIGHT else MOST_NAMES_SMALL, MOST_LETTERS // longest),
    )


def _notes(drawing: Drawing) -> None:
    show(f'<div class="sa-panel-note">{escape(" · ".join(notes(drawing)))}</div>')
