"""Alerts: which customers need somebody, and why."""

from salesanalytics.ui.alerts_list import alerts_list
from salesanalytics.ui.frame import page_frame

with page_frame() as frame:
    alerts_list(frame)
