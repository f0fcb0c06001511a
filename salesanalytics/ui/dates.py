"""The two dates every page stands on, beside each other in the filter bar: the as-of date, and the date compared with. Both go into the URL at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import cast

import streamlit as st

from salesanalytics.i18n import Lang, format, text
from salesanalytics.insight.compared import LAST, NAMED, compared_on
from salesanalytics.ui.data import Desk
from salesanalytics.ui.filters import current_state, keep
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.session import Key
from salesanalytics.ui.view_state import ViewState

NONE, OTHER = "none", "other"
FIRST_DAY = date(1990, 1, 1)


def import_dates(desk: Desk) -> list[date]:
    """Return the as-of dates of the imports, newest first."""
    return sorted({record.as_of for record in desk.source.imports}, reverse=True)


def is_rebuilt(desk: Desk, day: date) -> bool:
    """Say whether a day lies before the first import, so that its state is rebuilt from the rows' own dates. Builds no state."""
    return day < import_dates(desk)[-1]


def chosen_against(desk: Desk, state: ViewState, *, needed: bool) -> date | None:
    """Return the date compared with; None = none is asked for, or there is none. ``needed``: the page compares by itself, with the import before."""
    dates = import_dates(desk)
    found = compared_on(state.against, desk.as_of, dates)
    return compared_on(LAST, desk.as_of, dates) if found is None and needed else found


def as_of_choice(desk: Desk, lang: Lang) -> None:
    """Draw the as-of date as a button that opens the dates of the imports, and any other day."""
    label = f"**{text('ui.as_of', lang, day=format.day(desk.as_of))}** :gray[· {format.week(desk.as_of)}]"
    dates = import_dates(desk)
    days = {day.isoformat(): f"{format.day(day)} · {format.week(day)}" for day in dates}
    current = desk.as_of.isoformat()
    options = [*days, OTHER]

    def chosen(value: str) -> None:
        day = date.fromisoformat(value)
        keep(replace(current_state(), as_of=None if day == dates[0] else day))

    with st.popover(label, key="as-of", type="tertiary"):
        other = _choice("as-of", text("ui.as_of_choose", lang), options, days, current, chosen, lang)
        if other:
            _day("as-of", desk.as_of, max(dates[0], date.today()), chosen, lang)
        st.caption(text("ui.as_of_note", lang))


def against_choice(desk: Desk, state: ViewState, on: date | None, lang: Lang, *, needed: bool) -> None:
    """Draw the date compared with, ``on``, as a button that opens the choices. ``needed``: "none" is not among them."""
    dates = import_dates(desk)
    said = _pill(desk, state, on, lang)
    named = {name: day for name in NAMED if (day := compared_on(name, desk.as_of, dates))}
    words = {} if needed else {NONE: text("ui.against_none", lang)}
    words |= {name: text(f"ui.against_{name}", lang, day=format.day(day)) for name, day in named.items()}
    words |= {day.isoformat(): f"{format.day(day)} · {format.week(day)}" for day in dates if day < desk.as_of}
    current = state.against if state.against in words else on.isoformat() if on and state.against else NONE
    if needed and current == NONE:
        current = LAST

    def chosen(value: str) -> None:
        keep(replace(current_state(), against="" if value == NONE else value))

    with st.popover(said, key="filter-against"):
        other = _choice("against", text("ui.against_choose", lang), [*words, OTHER], words, current, chosen, lang)
        if other:
            _day("against", on, desk.as_of, chosen, lang, before=True)
        st.caption(text("ui.against_note", lang))


def stand(desk: Desk, on: date | None, lang: Lang) -> str:
    """Return the dates a screen or export stands on: ``截至 2026-11-08，对比 2026-11-01``; one before the first import is said to be reconstructed."""
    if on is None:
        return text("compared.alone", lang, day=format.day(desk.as_of))
    known = next((day for day in import_dates(desk) if day <= on), None)
    key = "stand_rebuilt" if known is None else "stand" if known == on else "stand_known"
    return text(f"compared.{key}", lang, day=format.day(desk.as_of), then=format.day(on), known=format.day(known))


def against_note(desk: Desk, on: date | None, lang: Lang) -> None:
    """Draw the line that says what is compared, on every page alike; nothing where no date is chosen."""
    if on is not None:
        words = f"{stand(desk, on, lang)}{text('compared.note', lang)}"
        show(f'<div class="sa-dates" role="note">{escape(words)}</div>')


def _pill(desk: Desk, state: ViewState, on: date | None, lang: Lang) -> str:
    if on is None:
        return f":gray[{text('ui.against_nothing' if state.against else 'ui.against', lang)}]"
    words = text("ui.against_on", lang, day=f"**{format.day(on)}**")
    rebuilt = f" :gray[{text('ui.against_rebuilt', lang)}]" if is_rebuilt(desk, on) else ""
    return f":primary[{words}]{rebuilt}"


def _choice(
    name: str,
    label: str,
    options: Sequence[str],
    words: dict[str, str],
    current: str,
    chosen: Callable[[str], None],
    lang: Lang,
) -> bool:
    """Draw the list of dates; return whether another day than those is wanted."""
    key, asked = f"{name}-date", set[str](st.session_state.get(Key.OTHER_DAY, ()))
    other = name in asked or current not in options
    st.session_state[key] = OTHER if other else current

    def take() -> None:
        value = cast("str", st.session_state[key])
        st.session_state[Key.OTHER_DAY] = tuple(asked | {name} if value == OTHER else asked - {name})
        if value != OTHER:
            chosen(value)

    st.selectbox(
        label,
        options,
        key=key,
        format_func=lambda value: words.get(value) or text("ui.other_day", lang),
        on_change=take,
    )
    return other


def _day(
    name: str, current: date | None, last: date, chosen: Callable[[str], None], lang: Lang, *, before: bool = False
) -> None:
    key = f"{name}-day"
    st.session_state[key] = min(current, last) if current else None

    def take() -> None:
        day = cast("date | None", st.session_state[key])
        if day is not None:
            chosen(day.isoformat())

    st.date_input(
        text("ui.against_day" if before else "ui.as_of_day", lang),
        key=key,
        min_value=FIRST_DAY,
        max_value=last,
        format="YYYY-MM-DD",
        on_change=take,
    )
