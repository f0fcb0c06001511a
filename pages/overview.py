"""Overview: where we stand, at a glance."""

from salesanalytics.ui.frame import show_page
from salesanalytics.ui.overview.page import overview_page

show_page(overview_page)
