"""Empty states: one line on what is missing and what to do about it."""

from __future__ import annotations

import streamlit as st

from salesanalytics.i18n import Lang, text
from salesanalytics.tables import TABLES
from salesanalytics.ui.data import own_workspace
from salesanalytics.ui.html import escape, sentence, show
from salesanalytics.ui.session import Key

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def empty(title: str, note: str = "") -> None:
    """Draw an empty state in place: what is missing, and in ``note`` what would fill it."""
    show(empty_markup(title, note))


def empty_markup(title: str, note: str = "") -> str:
    """Return the markup of an empty state."""
    more = f'<div class="sa-muted">{sentence(note)}</div>' if note else ""
    return f'<div class="sa-empty"><div class="sa-title">{escape(title)}</div>{more}</div>'


def nothing_uploaded(lang: Lang) -> None:
    """Draw the empty workspace: what to upload, where, and the way back to the sample."""
    with st.container(key="panel-empty", border=True):
        empty(text("ui.nothing_uploaded", lang), text("ui.nothing_uploaded_note", lang))
        with st.container(horizontal=True, horizontal_alignment="center"):
            if st.button(text("ui.to_upload", lang), key="to-upload", type="primary"):
                st.switch_page("pages/data.py", query_params=dict(st.query_params))
            st.download_button(
                text("ui.blank_templates", lang),
                data=lambda: _templates(lang),
                file_name=text("template.workbook_file", lang),
                mime=XLSX,
                key="empty-template",
                on_click="ignore",
            )
            st.button(text("ui.show_sample", lang), key="show-sample", on_click=_show_sample)


def _templates(lang: Lang) -> bytes:
    """Every table's blank template; imported when asked for, since openpyxl is a tenth of a second of every start."""
    from salesanalytics.intake.workbook import blank_workbook

    return blank_workbook(TABLES, lang, own_workspace().settings().stages)


def _show_sample() -> None:
    st.session_state[Key.SAMPLE_DISMISSED] = False
