"""Below the upload: every import with its undo, and the rows in quarantine with their download."""

from __future__ import annotations

import streamlit as st

from salesanalytics.i18n import Lang, format, text
from salesanalytics.store.types import ImportRecord
from salesanalytics.ui.empty import empty
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.importing.desk import ImportDesk
from salesanalytics.ui.importing.import_files import import_files
from salesanalytics.ui.importing.memory import memory, remembered
from salesanalytics.ui.importing.quarantine import quarantine
from salesanalytics.ui.panel import headline

SHOWN = 8


def history(desk: ImportDesk) -> None:
    """Draw both, as tabs."""
    lang = desk.lang
    records = sorted(desk.workspace.imports(), key=lambda record: record.import_id, reverse=True)
    held = desk.workspace.quarantine()
    with st.container(key="panel-data-history", border=True, gap="xxsmall"):
        tabs = st.tabs(
            [
                text("data_page.history_tab", lang, n=format.number(len(records))),
                text("data_page.quarantine_tab", lang, n=format.number(len(held))),
                text("memory.tab", lang, n=format.number(remembered(desk))),
            ]
        )
        with tabs[0]:
            _imports(desk, records)
        with tabs[1]:
            quarantine(desk, held)
        with tabs[2]:
            memory(desk)


def _imports(desk: ImportDesk, records: list[ImportRecord]) -> None:
    lang = desk.lang
    if not records:
        empty(text("data_page.history_empty", lang), text("data_page.history_empty_note", lang))
        return
    head = text("data_page.history_head", lang, n=len(records), moment=format.moment(records[0].loaded_at.astimezone()))
    show(headline(head, text("data_page.history_note", lang)))
    show(_line(_names(lang), "head", _names(lang)))
    for record in records[:SHOWN]:
        _record(desk, record)
    if len(records) > SHOWN:
        with st.expander(text("data_page.history_older", lang, n=len(records) - SHOWN)):
            for record in records[SHOWN:]:
                _record(desk, record)


def _record(desk: ImportDesk, record: ImportRecord) -> None:
    lang = desk.lang
    with st.container(
        key=f"data-import-{record.import_id}", horizontal=True, vertical_alignment="center", gap="xxsmall"
    ):
        show(_line(_cells(desk, record), "undone" if record.undone_at else "", _names(lang)))
        import_files(desk, record)
        if record.undone_at is None:
            with st.popover(text("data_page.undo", lang), key=f"data-undo-{record.import_id}", type="tertiary"):
                rows = sum(counts.new + counts.updated + counts.unchanged for counts in record.tables.values())
                st.caption(
                    text(
                        "data_page.undo_question",
                        lang,
                        import_id=record.import_id,
                        day=format.day(record.as_of),
                        rows=format.number(rows),
                    )
                )
                if st.button(
                    text("data_page.undo_confirm", lang), key=f"data-undo-confirm-{record.import_id}", type="primary"
                ):
                    desk.workspace.undo(record.import_id, desk.who)
                    desk.say(text("data_page.undo_done", lang, import_id=record.import_id))
                    st.rerun()


def _cells(desk: ImportDesk, record: ImportRecord) -> list[str]:
    lang, tables = desk.lang, record.tables.values()
    counts = " / ".join(
        format.number(sum(getattr(each, outcome) for each in tables)) for outcome in ("new", "updated", "unchanged")
    )
    state = (
        text("data_page.history_undone", lang, who=record.undone_by or "")
        if record.undone_at
        else text("data_page.history_active", lang)
    )
    return [
        f"{format.day(record.as_of)} · {format.week(record.as_of)}",
        format.moment(record.loaded_at.astimezone()),
        record.who,
        text(f"data_page.mode_{record.mode}", lang),
        " · ".join(record.files),
        counts,
        format.number(sum(each.missing for each in tables)),
        format.number(sum(each.quarantined for each in tables)),
        state,
    ]


def _names(lang: Lang) -> list[str]:
    names = ("date", "when", "who", "mode", "files", "counts", "missing", "held", "state")
    return [text(f"data_page.history_{name}", lang) for name in names]


def _line(cells: list[str], kind: str, names: list[str]) -> str:
    """A line of the list; each cell carries its column's name, for a phone has no line of headers."""
    spans = "".join(
        f'<span class="c{at}" title="{escape(cell)}" data-name="{escape(name)}">{escape(cell)}</span>'
        for at, (cell, name) in enumerate(zip(cells, names, strict=True))
    )
    return f'<div class="sa-import {kind}">{spans}</div>'
