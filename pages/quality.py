"""Quality: how far the records can be trusted, and how they compare with what the CRM itself reports."""

from salesanalytics.ui.frame import show_page
from salesanalytics.ui.quality.page import quality_page

show_page(quality_page, styles=("analysis", "quality"))
