"""Customers' names that lead to their own page, as soon as there is one."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit as st

from salesanalytics.insight.changes.deals import Deal
from salesanalytics.ui.changes.words import number_id
from salesanalytics.ui.filters import link_params
from salesanalytics.ui.sections import SECTIONS
from salesanalytics.ui.tables import Cell, Opens

PAGE = "pages/customer.py"
_ROOT = Path(__file__).resolve().parents[3]


@cache
def has_page() -> bool:
    """Whether there is a page of one customer."""
    return (_ROOT / PAGE).exists() and any(section.file == PAGE for section in SECTIONS)


def customer_cell(deal: Deal) -> Cell:
    """Return a customer's name, which opens their page."""
    return Opens(deal.name, number_id("customer", deal.customer_id)) if has_page() else deal.name


def go_to_customer(customer_id: str) -> None:
    """Go to a customer's page with the view that is looked at."""
    if has_page():
        st.switch_page(PAGE, query_params=[*link_params(), ("customer", customer_id)])
