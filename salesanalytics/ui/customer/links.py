"""Customers' names as links: any table that draws a ``Customer`` cell leads to that customer's page, the view carried along.

The link is a plain address, so that it opens in a new tab too; a plain click is taken over, so that the session stays.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import streamlit as st

from salesanalytics.ui.filters import link_params

ID_PARAM = "customer"
PAGE = "pages/customer.py"
_JS = """
export default function ({ parentElement, setTriggerValue }) {
  const before = parentElement.saFollow;
  if (before) document.removeEventListener('click', before);
  const follow = (event) => {
    const link = event.target.closest && event.target.closest('a[data-customer]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    setTriggerValue('followed', link.dataset.customer);
  };
  parentElement.saFollow = follow;
  document.addEventListener('click', follow);
  return () => document.removeEventListener('click', follow);
}
"""


@cache
def _follower() -> Any:
    return st.components.v2.component("sa_customer_links", html="<span></span>", js=_JS, isolate_styles=False)


def follow_customer_links() -> None:
    """Go to the customer whose name was just clicked, on whichever list; every page with a frame mounts this once."""
    with st.container(key="listener-customers", height="content"):
        found = _follower()(key="customer-links", on_followed_change=lambda: None).followed
    if found:
        open_customer(str(found))


def open_customer(customer_id: str) -> None:
    """Show a customer's page."""
    st.switch_page(PAGE, query_params=[*link_params(), (ID_PARAM, customer_id)])
