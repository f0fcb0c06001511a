"""What changed: the exact bridge between two as-of dates, and what moved beside it."""

from salesanalytics.ui.changes.page import changes_page
from salesanalytics.ui.frame import show_page

show_page(changes_page, styles=("analysis", "changes"), compares=True)
