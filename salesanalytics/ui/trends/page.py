"""The Trends page: switches, chart, table."""

from __future__ import annotations

from salesanalytics.ui.analysis_styles import apply_analysis_styles
from salesanalytics.ui.boundary import error_boundary
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.trends.answers import trend_of
from salesanalytics.ui.trends.chart import trend_panel
from salesanalytics.ui.trends.chosen import trend_choices
from salesanalytics.ui.trends.values import scale_of
from salesanalytics.ui.trends.values_table import values_panel


def trends_page(frame: Frame) -> None:
    """Draw the page."""
    apply_analysis_styles()
    chosen = trend_choices(frame.lang, frame.desk.settings)
    with error_boundary(frame.lang):
        trend = trend_of(frame, chosen)
        values = [point.value for point in (*trend.points, *trend.past)] + list(trend.target)
        scale = scale_of(chosen.metric.unit, values, frame.lang, frame.desk.settings.currency)
        trend_panel(frame, chosen, trend, scale)
        values_panel(frame, chosen, trend, scale)
