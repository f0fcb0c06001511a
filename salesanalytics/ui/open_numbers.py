"""Numbers in tables that open: the table stays HTML, a click or Enter on a number tells Python which one it was.

A table draws such a number as an ``Opens`` cell; a page mounts ``opened_number`` once and shows what the returned id stands for.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import streamlit as st

_JS = """
export default function ({ parentElement, setTriggerValue }) {
  const before = parentElement.saListen;
  if (before) document.removeEventListener('click', before);
  const listen = (event) => {
    const link = event.target.closest && event.target.closest('a[data-open]');
    if (!link) return;
    event.preventDefault();
    setTriggerValue('opened', link.dataset.open);
  };
  parentElement.saListen = listen;
  document.addEventListener('click', listen);
  return () => document.removeEventListener('click', listen);
}
"""


@cache
def _listener() -> Any:
    return st.components.v2.component("sa_open_numbers", html="<span></span>", js=_JS, isolate_styles=False)


def opened_number(key: str) -> str | None:
    """Return the id of the number that was just clicked on this page, once; None otherwise. ``key`` is unique on the page."""
    with st.container(key=f"listener-{key}", height="content"):
        found = _listener()(key=key, on_opened_change=lambda: None).opened
    return str(found) if found else None
