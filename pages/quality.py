"""Quality: how far the records can be trusted, and how they compare with what the CRM itself reports."""

from salesanalytics.ui.frame import page_frame
from salesanalytics.ui.quality.page import quality_page

with page_frame() as frame:
    quality_page(frame)
