"""The uploader: files go straight into the workspace's keeping, and the widget lets go of them."""

from __future__ import annotations

import streamlit as st

from salesanalytics.i18n import text
from salesanalytics.ui.importing.desk import ImportDesk
from salesanalytics.ui.panel import panel


def upload_panel(desk: ImportDesk) -> None:
    """Draw the card that asks for files; on the first visit it says what to upload."""
    lang, first = desk.lang, not desk.workspace.as_of_dates()
    kind = "upload_first" if first else "upload"
    limit = desk.workspace.settings().limits.max_file_bytes // 2**20
    note = text("data_page.upload_first_note", lang) if first else text("data_page.upload_note", lang, limit_mb=limit)
    with panel("data-upload", text(f"data_page.{kind}_title", lang), note):
        uploader(desk)


def uploader(desk: ImportDesk) -> None:
    """Draw the uploader and take what it was given."""
    with st.container(key="data-uploader-box"):
        files = st.file_uploader(
            text("data_page.upload_label", desk.lang),
            accept_multiple_files=True,
            key=desk.uploader_key,
            label_visibility="collapsed",
        )
    if files:
        desk.take([(file.name, file.getvalue()) for file in files])
