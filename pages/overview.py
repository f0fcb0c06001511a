"""Overview: where we stand, at a glance."""

from salesanalytics.ui.frame import page_frame
from salesanalytics.ui.overview.page import overview_page

with page_frame() as frame:
    overview_page(frame)
