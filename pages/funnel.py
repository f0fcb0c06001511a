"""Funnel: where customers are lost, why, and whether the uploaded funnel says the same."""

from salesanalytics.ui.frame import show_page
from salesanalytics.ui.funnel.page import funnel_page

show_page(funnel_page, styles=("analysis", "funnel"))
