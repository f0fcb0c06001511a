"""Trends: any metric over time, beside its target and its past, or split by who made it."""

from salesanalytics.ui.frame import show_page
from salesanalytics.ui.trends.page import trends_page

show_page(trends_page, styles=("analysis",))
