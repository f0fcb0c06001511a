"""Alerts: which customers need somebody, and why."""

from salesanalytics.ui.alerts_list import alerts_list
from salesanalytics.ui.frame import show_page

show_page(alerts_list)
