"""What changed: the exact bridge between two as-of dates, and what moved beside it."""

from salesanalytics.ui.changes.page import changes_page
from salesanalytics.ui.frame import page_frame

with page_frame() as frame:
    changes_page(frame)
