"""The filter bar: every pill in one component that the browser draws and keeps, so that a choice shows at once and a page draws one element instead of forty.
The same component hears the clicks on the page below it (``ui.clicks``).

What is chosen lies in the URL (``ViewState``); the component tells the whole view with every choice, and this module checks it before it is kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from salesanalytics.i18n import Lang, text
from salesanalytics.ui.clicks import SCRIPT, answered, keep_choices, said
from salesanalytics.ui.filters import current_state, keep
from salesanalytics.ui.periods import DEFAULT_PERIOD, Period
from salesanalytics.ui.view_state import ViewState, is_filter, read_params, write_params

_ASSETS = Path(__file__).parent / "assets"
KEY, STATE = "filter-bar", "view"
Option = tuple[str, str]
"""id and name"""


@dataclass(frozen=True)
class DayField:
    """A day to choose freely between two others (ISO); choosing it sets the fields ``sets`` of the view."""

    label: str
    value: str
    min: str
    max: str
    sets: tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """What is chosen together: one of ``options`` for a field of the view, or any of them for a dimension."""

    field: str
    options: Sequence[Option]
    many: bool = False
    title: str = ""
    days: tuple[DayField, ...] = ()


@dataclass(frozen=True)
class Pill:
    """One button and what it opens. ``label``: words, each with its CSS class ("", ``strong``, ``soft``); ``look``: classes of the button; ``date``: stands before the filters."""

    id: str
    title: str
    label: Sequence[tuple[str, str]]
    groups: Sequence[Group]
    look: str = ""
    note: str = ""
    date: bool = False


@dataclass(frozen=True)
class Bar:
    """All the bar shows. ``dot``: kind, words and age of the data; ``note``: words and kind of the line on the import; ``view``: what is chosen (``shown_view``)."""

    pills: Sequence[Pill]
    dot: Mapping[str, str]
    note: Mapping[str, str]
    view: Mapping[str, Any]
    newest: date
    """the newest import's date, which is what holds where no as-of date is chosen"""


@cache
def _component() -> Any:
    js = (_ASSETS / "filter_bar.js").read_text(encoding="utf-8")
    return st.components.v2.component(
        "sa_filter_bar", html='<div class="sa-fb"></div>', js=SCRIPT + js, isolate_styles=False
    )


def filter_bar(bar: Bar, state: ViewState, lang: Lang) -> str | None:
    """Draw the bar for ``state``; each choice goes into the URL. Return the number that was just clicked on the page, once."""
    n = len(state.where)
    words = {
        "clear": text("ui.clear", lang),
        "reset": text("ui.clear_filters", lang),
        "copy": text("ui.copy_link", lang),
        "copied": text("ui.copied", lang),
        "filters": text("ui.filters_open", lang, n=n) if n else text("ui.filters", lang),
        "close": text("ui.filters_close", lang),
        "search": text("ui.filter_search", lang),
        "nothing": text("ui.filter_nothing", lang),
    }
    data = {
        "pills": [_drawn(pill) for pill in bar.pills],
        "dot": bar.dot,
        "note": bar.note,
        "view": bar.view,
        "words": words,
        "filtered": bool(state.where) or state.period is not DEFAULT_PERIOD,
        "usual_period": DEFAULT_PERIOD.value,
        "seq": answered(KEY, STATE),
    }
    with st.container(key="filterbar"):
        found = _component()(
            key=KEY, data=[data], on_view_change=lambda: _keep(bar.newest), on_opened_change=lambda: None
        )
    return str(found.opened) if found.opened else None


def _drawn(pill: Pill) -> dict[str, Any]:
    # not ``asdict``, which copies each name of each option: a third of what the server does for a change
    groups = [{**vars(group), "days": [vars(day) for day in group.days]} for group in pill.groups]
    return {**vars(pill), "groups": groups}


def shown_view(state: ViewState, as_of: date, against: str) -> dict[str, Any]:
    """Return ``state`` as the component holds it. ``against``: the id chosen among its options."""
    return {
        "as_of": as_of.isoformat(),
        "against": against,
        "period": state.period.value,
        "from": state.start.isoformat() if state.start else "",
        "to": state.end.isoformat() if state.end else "",
        "where": {name: list(values) for name, values in state.where},
    }


def read_view(told: Any) -> ViewState | None:
    """Return what the browser said is chosen, what cannot be read left at its default; None if it said nothing."""
    if not isinstance(told, Mapping):
        return None
    params = {name: [value] for name, value in told.items() if name != "where" and isinstance(value, str) and value}
    where = told.get("where")
    for name, values in where.items() if isinstance(where, Mapping) else ():
        if is_filter(name) and isinstance(values, list) and values:
            params[name] = [value for value in values if isinstance(value, str)]
    return read_params(params)


def chosen_state(told: Any, before: ViewState, newest: date) -> ViewState:
    """Return the state after a choice. The newest import's date is the plain view; days of one's own begin as those of the period there was ``before``."""
    state = read_view(told) or before
    if state.as_of == newest:
        state = replace(state, as_of=None)
    if state.period is Period.CUSTOM and not (state.start or state.end):
        start, end = before.span(state.as_of or newest)
        state = replace(state, start=start, end=end)
    return state


def _keep(newest: date) -> None:
    told, before = said(KEY, STATE), current_state()
    state = chosen_state(told, before, newest)
    if write_params(state) != write_params(before):
        keep(state)
    keep_choices(told)
