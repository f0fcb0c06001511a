"""What is chosen, as the URL carries it: read, kept, said in words, and carried along by links. The bar it is chosen in is ``ui.filter_bar``."""

from __future__ import annotations

from datetime import date

import streamlit as st

from salesanalytics.i18n import Lang, format, text
from salesanalytics.ui.periods import Period, quarter_of
from salesanalytics.ui.session import LANG_PARAM
from salesanalytics.ui.view_state import DATES_AND_PERIOD, ViewState, is_filter, read_params, write_params


def current_state() -> ViewState:
    """Return the state the URL describes."""
    return read_params({key: st.query_params.get_all(key) for key in st.query_params})


def keep(state: ViewState) -> None:
    """Write ``state`` into the URL; parameters that are not the filter bar's stay as they are."""
    others = {
        key: st.query_params.get_all(key)
        for key in st.query_params
        if key not in DATES_AND_PERIOD and not is_filter(key)
    }
    st.query_params.from_dict(others | write_params(state))


def period_name(state: ViewState, as_of: date, lang: Lang) -> str:
    """Return the period in words: ``2026 Q4 至今``, ``Q4 2026 to date``, ``2026-08-01 – 2026-08-31``."""
    if state.period is Period.CUSTOM:
        return f"{format.day(state.start)} – {format.day(state.end)}"
    return text(
        f"ui.period_now_{state.period.replace('90d', 'last_90')}",
        lang,
        year=as_of.year,
        quarter=quarter_of(as_of),
        month=as_of.month,
        week=format.week(as_of),
    )


def link_params() -> list[tuple[str, str]]:
    """Return what a link to another page has to carry so that the view and the language stay."""
    carried = write_params(current_state())
    if LANG_PARAM in st.query_params:
        carried[LANG_PARAM] = [st.query_params[LANG_PARAM]]
    return [(key, value) for key, values in carried.items() for value in values]
