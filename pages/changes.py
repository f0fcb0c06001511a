"""What changed: the exact bridge between two as-of dates, and what moved beside it."""

from salesanalytics.ui.changes.page import changes_page
from salesanalytics.ui.frame import page_frame

with page_frame(compares=True) as frame:
    changes_page(frame)
