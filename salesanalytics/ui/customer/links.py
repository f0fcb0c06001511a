"""Customers' names as links: any table that draws a ``Customer`` cell leads to that customer's page, the view carried along (``ui.browser`` follows them)."""

from __future__ import annotations

import streamlit as st

from salesanalytics.ui.filters import link_params

ID_PARAM = "customer"
PAGE = "pages/customer.py"


def open_customer(customer_id: str) -> None:
    """Show a customer's page."""
    st.switch_page(PAGE, query_params=[*link_params(), (ID_PARAM, customer_id)])
