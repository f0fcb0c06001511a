"""Heatmap: where customers, money and wins gather, and who stands behind a cell."""

from salesanalytics.ui.frame import show_page
from salesanalytics.ui.heatmap.page import heatmap_page

show_page(heatmap_page, styles=("analysis", "heatmap"))
