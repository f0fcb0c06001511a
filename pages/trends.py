"""Trends: any metric over time, beside its target and its past, or split by who made it."""

from salesanalytics.ui.frame import page_frame
from salesanalytics.ui.trends.page import trends_page

with page_frame() as frame:
    trends_page(frame)
