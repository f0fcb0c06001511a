"""The Trends page's charts: one large one, or up to six small ones with an axis and a unit each."""

from __future__ import annotations

from salesanalytics.i18n import text
from salesanalytics.ui.empty import empty
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.panel import panel
from salesanalytics.ui.time_chart.chart import time_chart
from salesanalytics.ui.trends.answers import stacked
from salesanalytics.ui.trends.lines import Drawing, axis_of, buckets_of, series_of
from salesanalytics.ui.trends.notes import notes, subtitle
from salesanalytics.ui.trends.words import trend_headline

HEIGHT, SMALL_HEIGHT = 338, 158
"""Of the axis, in pixels."""


def trend_panel(drawing: Drawing) -> None:
    """Draw the one large chart."""
    with panel("trend", _title(drawing), subtitle(drawing), height="content"):
        if not _nothing(drawing):
            show(chart_markup(drawing))


def small_panel(drawing: Drawing) -> None:
    """Draw one of several charts: its lines are named above it."""
    with panel(f"trend-{drawing.place}", _title(drawing), subtitle(drawing)):
        if not _nothing(drawing):
            show(chart_markup(drawing, small=True))


def chart_markup(drawing: Drawing, *, small: bool = False) -> str:
    """Return the chart with its notes below."""
    chosen, series = drawing.chosen, series_of(drawing)
    chart = time_chart(
        buckets_of(drawing),
        series,
        axis_of(series, drawing),
        drawing.frame.tokens,
        _title(drawing),
        bars=chosen.bars and (not chosen.split or stacked(chosen)),
        stacked=stacked(chosen),
        height=SMALL_HEIGHT if small else HEIGHT,
        names="above" if small else "beside",
    )
    return f'{chart}<div class="sa-panel-note">{escape(" · ".join(notes(drawing)))}</div>'


def _title(drawing: Drawing) -> str:
    return trend_headline(drawing.trend, drawing.chosen, drawing.scale, drawing.frame.desk.settings, drawing.frame.lang)


def _nothing(drawing: Drawing) -> bool:
    if drawing.trend.empty:
        lang = drawing.frame.lang
        empty(text("trends.empty", lang), text("trends.empty_note", lang))
    return drawing.trend.empty
