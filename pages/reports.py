"""Reports: the weekly summary as PDF and Excel."""

from salesanalytics.ui.frame import page_frame
from salesanalytics.ui.report_files import report_files

with page_frame() as frame:
    report_files(frame)
