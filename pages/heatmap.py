"""Heatmap: where customers, money and wins gather, and who stands behind a cell."""

from salesanalytics.ui.frame import page_frame
from salesanalytics.ui.heatmap.page import heatmap_page

with page_frame() as frame:
    heatmap_page(frame)
