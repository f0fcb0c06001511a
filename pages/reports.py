"""Reports: the weekly summary as PDF and Excel."""

from salesanalytics.ui.frame import show_page
from salesanalytics.ui.report_files import report_files

show_page(report_files)
