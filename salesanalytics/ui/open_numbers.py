"""Numbers in tables and charts that open: a click, or Enter on a table's number, tells Python which one it was.

A table draws such a number as an ``Opens`` cell, a chart over time as its columns and points (``ui.time_chart``); what plotly still draws (the waterfall)
carries the id as the second value of ``customdata``. A page mounts ``opened_number`` once and shows what the returned id stands for.
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
  // a chart is listened to from the first time the pointer is over it; which trigger it sets is looked up when it is clicked
  const beforeOver = parentElement.saOver;
  if (beforeOver) document.removeEventListener('pointerover', beforeOver);
  document.saOpened = (id) => setTriggerValue('opened', id);
  const over = (event) => {
    const plot = event.target.closest && event.target.closest('.js-plotly-plot');
    if (!plot || plot.saOpens || !plot.on) return;
    plot.saOpens = true;
    plot.on('plotly_click', (click) => {
      const data = click.points[0] && click.points[0].customdata;
      if (Array.isArray(data) && data.length === 2) document.saOpened(data[1]);
    });
  };
  parentElement.saListen = listen;
  parentElement.saOver = over;
  document.addEventListener('click', listen);
  document.addEventListener('pointerover', over);
  return () => {
    document.removeEventListener('click', listen);
    document.removeEventListener('pointerover', over);
  };
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
