"""The line above the steps: from which date to which, over what range, which files; and the way out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import streamlit as st

from salesanalytics.i18n import format, text
from salesanalytics.intake.as_of_told import days_told
from salesanalytics.store.types import Mode
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.importing.desk import ImportDesk
from salesanalytics.ui.importing.upload import uploader

MODES: tuple[Mode, ...] = ("full", "changes")


def draft_bar(desk: ImportDesk) -> None:
    """Draw the line."""
    with st.container(key="data-bar", horizontal=True, vertical_alignment="center", gap="xxsmall"):
        show(_now(desk), width="content")
        _date(desk)
        _mode(desk)
        _files(desk)
        with st.container(key="data-bar-out", horizontal=True, horizontal_alignment="right", gap="xxsmall"):
            _discard(desk)


def _now(desk: ImportDesk) -> str:
    dates = desk.workspace.as_of_dates()
    if not dates:
        return f'<span class="sa-muted">{escape(text("data_page.bar_nothing", desk.lang))}</span>'
    line = text("data_page.bar_now", desk.lang, day=format.day(dates[-1]), week=format.week(dates[-1]))
    return f'<span class="sa-dot"></span>&ensp;<b>{escape(line)}</b>&ensp;<span class="sa-muted">→</span>'


def _date(desk: ImportDesk) -> None:
    lang, as_of = desk.lang, desk.as_of
    label = (
        text("data_page.bar_date", lang, day=format.day(as_of), week=format.week(as_of))
        if as_of
        else text("data_page.bar_date_unknown", lang)
    )
    with st.popover(label, key=f"data-date-{'known' if as_of else 'open'}"):
        date_choice(desk, "bar")


def date_choice(desk: ImportDesk, where: str) -> None:
    """Draw the choice of the import's date."""
    note = "bar_date_note" if desk.batch.as_of_found else "bar_date_ask"
    st.caption(text(f"data_page.{note}", desk.lang))
    if desk.as_of is None:
        _days_told(desk, where)
    chosen = st.date_input(
        text("data_page.bar_date_label", desk.lang),
        value=desk.as_of,
        format="YYYY-MM-DD",
        key=f"data-as-of-{where}-{desk.as_of}",
        label_visibility="collapsed" if where == "step" else "visible",  # there the card's title says it
    )
    if chosen is not None and chosen != desk.as_of:
        desk.saving(replace(desk.draft, as_of=chosen))
        st.rerun()


def _days_told(desk: ImportDesk, where: str) -> None:
    """Offer the days the files themselves speak of, to be taken with one click."""
    with st.container(key=f"data-days-{where}", horizontal=True, gap="xxsmall"):
        for at, told in enumerate(days_told(desk.batch, date.today())):
            words = text(f"data_page.day_{told.source}", desk.lang, day=format.day(told.day))
            if st.button(words, key=f"data-day-{where}-{told.source}", type="secondary" if at else "primary"):
                desk.saving(replace(desk.draft, as_of=told.day))
                st.rerun()


def _mode(desk: ImportDesk) -> None:
    lang = desk.lang
    names = {mode: text(f"data_page.mode_{mode}", lang) for mode in MODES}
    with st.popover(text("data_page.bar_mode", lang, mode=names[desk.draft.mode]), key="data-mode"):
        chosen = st.radio(
            text("data_page.bar_mode_label", lang),
            MODES,
            index=MODES.index(desk.draft.mode),
            format_func=names.__getitem__,
            captions=[text(f"data_page.mode_{mode}_note", lang) for mode in MODES],
            key=f"data-mode-choice-{desk.draft.mode}",
        )
    if chosen != desk.draft.mode:
        desk.saving(replace(desk.draft, mode=chosen))
        st.rerun()


def _files(desk: ImportDesk) -> None:
    lang, files = desk.lang, desk.draft.files
    key = "bar_files_more" if len(files) > 1 else "bar_files"
    name = files[0].name.replace("_", "\\_").replace("*", "\\*")
    with st.popover(text(f"data_page.{key}", lang, name=name, n=len(files)), key="data-files"):
        for file in files:
            with st.container(horizontal=True, vertical_alignment="center"):
                show(f"<span>{escape(file.name)}</span>")
                if st.button(text("data_page.file_remove", lang), key=f"data-remove-{file.digest}", type="tertiary"):
                    desk.saving(desk.draft.without_file(file.digest))
                    desk.go(None)
                    st.rerun()
        st.caption(text("data_page.upload_more", lang))
        uploader(desk)


def _discard(desk: ImportDesk) -> None:
    lang = desk.lang
    with st.popover(text("data_page.discard", lang), key="data-discard"):
        st.caption(text("data_page.discard_note", lang))
        if st.button(text("data_page.discard_confirm", lang), key="data-discard-confirm", type="primary"):
            desk.discard()
            st.rerun()
