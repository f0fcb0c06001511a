"""The Trends page: switches, chart or charts, table; every number of them opens what stands behind it."""

from __future__ import annotations

from salesanalytics.ui.boundary import error_boundary
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.trends.answers import Trend, trends_of
from salesanalytics.ui.trends.chart import trend_charts
from salesanalytics.ui.trends.chosen import trend_choices
from salesanalytics.ui.trends.lines import Drawing
from salesanalytics.ui.trends.opened import open_number
from salesanalytics.ui.trends.opened_derived import open_derived
from salesanalytics.ui.trends.restated_points import OPENS, open_restated_point, points_place, restated_points
from salesanalytics.ui.trends.values import Scale, scale_of
from salesanalytics.ui.trends.values_table import values_panel


def trends_page(frame: Frame) -> None:
    """Draw the page."""
    chosen = trend_choices(frame)
    with error_boundary(frame.lang):
        trends = trends_of(frame, chosen)
        drawings = [
            Drawing(frame, chosen.of(trend.metric), trend, _scale(frame, trend), place)
            for place, trend in enumerate(trends)
        ]
        trend_charts(drawings)
        place = points_place(frame, chosen, trends)
        values_panel(drawings, chosen)
        with error_boundary(frame.lang):
            restated_points(frame, chosen, trends, place)
        if number := frame.opened:
            if number.startswith(OPENS):
                open_restated_point(frame, chosen, trends, number)
            elif not open_derived(frame, chosen, trends, number):
                open_number(frame, chosen, trends, number)


def _scale(frame: Frame, trend: Trend) -> Scale:
    values = [point.value for point in (*trend.points, *trend.past)] + list(trend.target)
    if trend.parts:  # the whole in a smaller unit is still read, a part in a larger one is not
        values = [point.value for part in trend.parts for point in part.points]
    return scale_of(trend.metric.unit, values, frame.lang, frame.desk.settings.currency)
