"""Reports: the weekly summary as PDF and Excel."""

from salesanalytics.ui.frame import page_frame

with page_frame() as frame:
    pass
