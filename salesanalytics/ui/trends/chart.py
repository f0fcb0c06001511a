"""The Trends page's charts: one large one, or up to six small ones with an axis and a unit each."""

from __future__ import annotations

from collections.abc import Sequence

from salesanalytics.i18n import Lang, text
from salesanalytics.ui.empty import empty_markup
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.panel import panel_markup
from salesanalytics.ui.time_chart.chart import time_chart
from salesanalytics.ui.trends.answers import stacked
from salesanalytics.ui.trends.lines import Drawing, axis_of, buckets_of, series_of
from salesanalytics.ui.trends.notes import notes, subtitle
from salesanalytics.ui.trends.words import trend_headline

HEIGHT, SMALL_HEIGHT = 338, 158
"""Of the axis, in pixels."""


def trend_charts(drawings: Sequence[Drawing]) -> None:
    """Draw the one large chart, or several small ones whose lines are named above them."""
    if len(drawings) == 1:
        show(_panel("trend", drawings[0], small=False))
        return
    panels = "".join(_panel(f"trend-{drawing.place}", drawing, small=True) for drawing in drawings)
    show(f'<div class="sa-trends-grid">{panels}</div>')


def _panel(key: str, drawing: Drawing, *, small: bool) -> str:
    inner = _nothing(drawing.frame.lang) if drawing.trend.empty else chart_markup(drawing, small=small)
    return panel_markup(key, _title(drawing), subtitle(drawing), inner)


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


def _nothing(lang: Lang) -> str:
    return empty_markup(text("trends.empty", lang), text("trends.empty_note", lang))
