"""How old the data is, and the quiet look-out for newer data that refreshes the page in place."""

from __future__ import annotations

from datetime import date

import streamlit as st

from salesanalytics.i18n import Lang, format, text
from salesanalytics.ui.data import Desk, Source, current_source, own_workspace
from salesanalytics.ui.prepared import dates_at_hand, showable
from salesanalytics.ui.session import Key

STALE_AFTER_DAYS = 8
"""Weekly exports: older than a week and a day means one was missed."""

LOOK_EVERY_SECONDS = 4


def is_stale(newest: date, today: date) -> bool:
    """Say whether an export has been missed."""
    return (today - newest).days > STALE_AFTER_DAYS


def freshness(desk: Desk, lang: Lang) -> dict[str, str]:
    """Return the dot before the as-of date: green when fresh, amber with its age when stale. The sample has no age."""
    newest = desk.source.imports[0].as_of
    today = date.today()
    if desk.source.is_sample or not is_stale(newest, today):
        return {"kind": "fresh", "words": text("ui.fresh", lang), "age": ""}
    n = (today - newest).days
    words = text("ui.stale", lang, n=n, day=format.day(newest))
    return {"kind": "stale", "words": words, "age": text("ui.age", lang, n=n)}


def note_shown(source: Source) -> None:
    """Note what the page about to be drawn shows: ``watch_for_new_data`` looks for anything else."""
    st.session_state[Key.SEEN_VERSION] = _seen(source)


def watch_for_new_data() -> None:
    """Look every few seconds whether the data changed, and redraw the page if so, once what it needs is ready. Nothing moves while nothing changed."""
    st.fragment(_look, run_every=LOOK_EVERY_SECONDS)()


def _look() -> None:
    now = current_source()
    if _seen(now) != st.session_state.get(Key.SEEN_VERSION) and showable(now, own_workspace().settings()):
        st.rerun(scope="app")


def _seen(source: Source) -> tuple[object, ...]:
    dates = {record.as_of for record in source.imports}
    return source.folder, source.version, len(dates_at_hand(source, own_workspace().settings())) >= len(dates)
