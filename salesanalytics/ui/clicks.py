"""Clicks on what pages draw as markup: numbers that open (``tables.Opens``) and switches (``choices``). One listener a page tells Python.

Components are given their data in a list: in a dict Streamlit looks for data frames, for which it loads pandas, a third of a second of each start.
It is part of the filter bar where there is one; a page without mounts ``listen_for_choices``. What both tell is
``{"seq": number, "choices": {URL parameter: value, "" = the usual one}}``, and what they are told back is the ``seq`` answered.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from salesanalytics.ui.session import LANG_PARAM
from salesanalytics.ui.view_state import DATES_AND_PERIOD, is_filter

SCRIPT = (Path(__file__).parent / "assets" / "clicks.js").read_text(encoding="utf-8")
"""Defines ``listenToClicks`` for the component that is built with it."""
KEY, STATE = "listener-clicks", "said"
_NAME = re.compile(r"[a-z_]{1,30}")
_LISTENER = """
export default function ({ data: [data], parentElement, setStateValue }) {
  const own = (parentElement.saClicks ||= { sent: 0, choices: {} });
  if (own.sent <= data.seq) own.choices = {};
  return listenToClicks(own, () => {}, () => {
    own.sent = Math.max(Date.now(), own.sent + 1);
    setStateValue('said', { seq: own.sent, choices: own.choices });
  });
}
"""


@cache
def _component() -> Any:
    return st.components.v2.component("sa_clicks", html="<span></span>", js=SCRIPT + _LISTENER, isolate_styles=False)


def listen_for_choices() -> None:
    """Let switches work on a page without a filter bar. Once a page."""
    _component()(key=KEY, data=[{"seq": answered(KEY, STATE)}], on_said_change=lambda: keep_choices(said(KEY, STATE)))


def said(key: str, state: str) -> Any:
    """Return what a component told last; None before it told anything."""
    kept = st.session_state.get(key)
    return kept.get(state) if isinstance(kept, Mapping) else None


def answered(key: str, state: str) -> int:
    """Return the number of what a component told last; 0 before it told anything."""
    last = said(key, state)
    return last.get("seq", 0) if isinstance(last, Mapping) else 0


def keep_choices(told: Any) -> None:
    """Write the choices told into the URL: a page's own parameters only, never a filter, a date or the language."""
    choices = told.get("choices") if isinstance(told, Mapping) else None
    for name, value in choices.items() if isinstance(choices, Mapping) else ():
        if not _is_choice(name) or not isinstance(value, str):
            continue
        if value:
            st.query_params[name] = value
        elif name in st.query_params:
            del st.query_params[name]


def _is_choice(name: object) -> bool:
    return (
        isinstance(name, str)
        and bool(_NAME.fullmatch(name))
        and not is_filter(name)
        and name not in (*DATES_AND_PERIOD, LANG_PARAM)
    )
