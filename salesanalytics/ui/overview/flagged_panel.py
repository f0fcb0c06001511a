"""The flagged customers that need somebody first."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from salesanalytics.i18n import format, text
from salesanalytics.ui.empty import empty
from salesanalytics.ui.filters import link_params
from salesanalytics.ui.flag_words import TO_ACT_ON, flag_columns, flag_row, kind_name
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.html import show
from salesanalytics.ui.overview.answers import most_urgent, open_alerts
from salesanalytics.ui.panel import headline
from salesanalytics.ui.tables import table


def flagged_panel(frame: Frame) -> None:
    """Draw the panel, with the way to the whole list."""
    lang, settings = frame.lang, frame.desk.settings
    urgent = most_urgent(frame.desk, frame.where)
    shown = urgent.first
    with st.container(key="panel-flagged", border=True, height="stretch", gap="xxsmall"):
        title = text(
            "overview.flagged_headline" if shown else "overview.flagged_none",
            lang,
            n=urgent.customers,
            shown=len(shown),
        )
        kinds = [(kind, n) for kind, n in open_alerts(frame.desk, frame.where).items() if n]
        with st.container(key="flagged-head", horizontal=True, vertical_alignment="top"):
            show(headline(title, text("overview.flagged_counts", lang) if kinds else ""))
            if urgent.customers > len(shown):
                link = text("overview.flagged_all", lang, n=urgent.customers)
                st.page_link("pages/alerts.py", label=link, query_params=[*link_params(), ("kind", TO_ACT_ON)])
        _kinds(kinds, frame)
        if not shown:
            empty(text("overview.flagged_none_note", lang))
            return
        unit = format.money_unit([flag.expected_amount for flag in shown], lang)
        rows = [flag_row(flag, settings, unit, lang) for flag in shown]
        show(table(flag_columns(lang, unit, settings.currency), rows, title))


def _kinds(found: Sequence[tuple[str, int]], frame: Frame) -> None:
    """Draw how many customers each rule flags, each the way to its list."""
    if not found:
        return
    then = open_alerts(frame.then, frame.where) if frame.then else {}
    with st.container(key="flagged-kinds", horizontal=True, vertical_alignment="center"):
        for kind, n in found:
            label = f"{kind_name(kind, frame.lang)} **{format.number(n)}**{_since(n, then.get(kind, 0), frame)}"
            st.page_link("pages/alerts.py", label=label, query_params=[*link_params(), ("kind", kind)])


def _since(n: int, then: int, frame: Frame) -> str:
    """The change from the date compared with; nothing where there is none."""
    if frame.then is None:
        return ""
    return f" ({format.number(n - then, signed=True)})"
