"""Alerts: which customers need somebody, and why."""

from salesanalytics.ui.frame import page_frame

with page_frame() as frame:
    pass
