"""The filter bar: period and dimensions, each a pill that opens; every choice goes into the URL at once. Its dates are ``ui.dates``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import streamlit as st

from salesanalytics.i18n import Lang, format, text
from salesanalytics.metrics.dimensions import dimension
from salesanalytics.ui.browser import copy_button
from salesanalytics.ui.data import Desk
from salesanalytics.ui.filter_values import offered_values
from salesanalytics.ui.html import show
from salesanalytics.ui.periods import DEFAULT_PERIOD, Period, quarter_of
from salesanalytics.ui.session import LANG_PARAM, Key
from salesanalytics.ui.value_names import in_label, value_name
from salesanalytics.ui.view_state import DATES_AND_PERIOD, DIMENSIONS, ViewState, is_filter, read_params, write_params

_OPEN_DRAWER = """<style>@media (max-width: 640px) {
.st-key-filter-pills { display: flex !important; flex-flow: row wrap !important; width: 100% !important; }
[data-testid="stLayoutWrapper"]:has(> .st-key-filter-pills) { display: block !important; flex: 1 0 100% !important; width: 100% !important; }
}</style>"""
PILLS_UP_TO = 12
"""Up to so many values are shown as pills; more in a box one can search."""


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


def filter_bar(desk: Desk, state: ViewState, lang: Lang) -> None:
    """Draw the pills for ``state``; on a phone they are in a drawer that one button opens."""
    _drawer(state, lang)
    with st.container(key="filter-pills", horizontal=True, vertical_alignment="center"):
        _period_pill(state, desk.as_of, lang)
        offered = offered_values(desk)
        for name in DIMENSIONS:
            if name in offered:
                _dimension_pill(name, offered[name], state, lang)
        _more_pill({name: values for name, values in offered.items() if name not in DIMENSIONS}, state, lang)
        if state.where or state.period is not DEFAULT_PERIOD:
            words = text("ui.clear_filters", lang)
            st.button(words, key="clear-filters", type="tertiary", on_click=_clear, args=(state,))
        st.space("stretch")
        show(copy_button(lang), width="content")


def _drawer(state: ViewState, lang: Lang) -> None:
    """Draw the button only phones show. Style alone opens the drawer: what is in it keeps its place in the page."""
    opened = bool(st.session_state.get(Key.FILTERS_OPEN))
    n = len(state.where)
    label = (
        text("ui.filters_close", lang)
        if opened
        else text("ui.filters_open", lang, n=n)
        if n
        else text("ui.filters", lang)
    )
    st.button(label, key="filter-drawer", on_click=lambda: st.session_state.update({Key.FILTERS_OPEN: not opened}))
    if opened:
        st.html(_OPEN_DRAWER)


def _dimension_pill(name: str, options: Sequence[str], state: ViewState, lang: Lang) -> None:
    title, chosen = text(f"ui.dimension_{name}", lang), list(state.chosen(name))
    if chosen:
        more = f" +{len(chosen) - 1}" if len(chosen) > 1 else ""
        label = f":primary[{title} **{in_label(value_name(chosen[0], name, lang))}{more}**]"
    else:
        label = f":gray[{title}] {text('ui.all', lang, n=sum(1 for value in options if value))}"
    with st.popover(label, key=f"filter-{name}"):
        _values_choice(name, title, options, state, lang)


def _more_pill(offered: dict[str, list[str]], state: ViewState, lang: Lang) -> None:
    """Draw one pill for the dimensions without one of their own: what the templates know besides, and the user's own columns."""
    offered = offered | {name: [""] for name, _ in state.where if name not in DIMENSIONS and name not in offered}
    if not offered:
        return
    chosen = [name for name in offered if state.chosen(name)]
    titles = {name: dimension(name).title(lang) for name in offered}
    said = f"{in_label(titles[chosen[0]])}{f' +{len(chosen) - 1}' if len(chosen) > 1 else ''}" if chosen else ""
    words = text("ui.more_filters", lang)
    with st.popover(f":primary[{words} **{said}**]" if chosen else f":gray[{words}]", key="filter-more"):
        for name, values in offered.items():
            st.caption(in_label(titles[name]))
            _values_choice(name, titles[name], values, state, lang)


def _values_choice(name: str, title: str, options: Sequence[str], state: ViewState, lang: Lang) -> None:
    """Draw the values to choose from: pills while they are few, else a box one can search."""
    chosen, key = list(state.chosen(name)), f"filter-{name}-values"
    # A value of another link or day that no longer exists stays choosable, so that it can be seen and taken off.
    offered = [*options, *(value for value in chosen if value not in options)]
    st.session_state[key] = chosen
    few = len(offered) <= PILLS_UP_TO

    def spoken(value: str) -> str:
        return in_label(value_name(value, name, lang)) if few else value_name(value, name, lang)

    if few:
        st.pills(
            title,
            offered,
            selection_mode="multi",
            key=key,
            format_func=spoken,
            on_change=_keep_values,
            args=(name,),
            label_visibility="collapsed",
        )
    else:
        st.multiselect(
            title,
            offered,
            key=key,
            format_func=spoken,
            placeholder=text("ui.all", lang, n=sum(1 for value in options if value)),
            on_change=_keep_values,
            args=(name,),
            label_visibility="collapsed",
        )
    if chosen:
        st.button(text("ui.clear", lang), key=f"{key}-clear", on_click=lambda: keep(current_state().choosing(name, ())))


def _keep_values(name: str) -> None:
    keep(current_state().choosing(name, st.session_state[f"filter-{name}-values"]))


def _period_pill(state: ViewState, as_of: date, lang: Lang) -> None:
    words = f"{text('ui.period', lang)} **{period_name(state, as_of, lang)}**"
    with st.popover(f":primary[{words}]" if state.period is not DEFAULT_PERIOD else words, key="filter-period"):
        st.session_state["filter-period-value"] = state.period.value
        st.radio(
            text("ui.period", lang),
            [period.value for period in Period],
            key="filter-period-value",
            format_func=lambda value: text(f"ui.period_{value.replace('90d', 'last_90')}", lang),
            on_change=lambda: _keep_period(as_of),
        )
        if state.period is Period.CUSTOM:
            _custom_days(state, as_of, lang)


def _keep_period(as_of: date) -> None:
    state = current_state()
    period = Period(st.session_state["filter-period-value"])
    first, last = state.span(as_of) if period is Period.CUSTOM else (None, None)
    keep(replace(state, period=period, start=first, end=last))


def _custom_days(state: ViewState, as_of: date, lang: Lang) -> None:
    for end, current in (("start", state.start), ("end", state.end)):
        key = f"filter-period-{end}"
        st.session_state[key] = current
        st.date_input(
            text(f"ui.period_{end}", lang),
            key=key,
            min_value=date(1990, 1, 1),
            max_value=max(as_of, current or as_of),
            format="YYYY-MM-DD",
            on_change=lambda: keep(
                replace(
                    current_state(),
                    start=st.session_state["filter-period-start"],
                    end=st.session_state["filter-period-end"],
                )
            ),
        )


def _clear(state: ViewState) -> None:
    keep(ViewState(as_of=state.as_of, against=state.against))


def link_params() -> list[tuple[str, str]]:
    """Return what a link to another page has to carry so that the view and the language stay."""
    carried = write_params(current_state())
    if LANG_PARAM in st.query_params:
        carried[LANG_PARAM] = [st.query_params[LANG_PARAM]]
    return [(key, value) for key, values in carried.items() for value in values]
