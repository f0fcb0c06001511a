"""Funnel: where customers are lost, why, and whether the uploaded funnel says the same."""

from salesanalytics.ui.frame import page_frame
from salesanalytics.ui.funnel.page import funnel_page

with page_frame() as frame:
    funnel_page(frame)
