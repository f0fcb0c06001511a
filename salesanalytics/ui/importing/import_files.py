"""The uploaded files of an import, to be downloaded as they were; those let go for newer ones are named as such."""

from __future__ import annotations

from functools import partial

import streamlit as st

from salesanalytics.i18n import format, text
from salesanalytics.store.types import ImportedFile, ImportRecord
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.importing.desk import ImportDesk
from salesanalytics.ui.importing.import_corrections import corrections_made


def import_files(desk: ImportDesk, record: ImportRecord) -> None:
    """Draw a button that opens an import's files and the corrections it was made with."""
    label = text("memory.files", desk.lang)
    with st.popover(label, key=f"data-files-{record.import_id}", type="tertiary"):
        for at, file in enumerate(desk.workspace.import_files(record.import_id)):
            _file(desk, record, file, at)
        corrections_made(desk, record.import_id)


def _file(desk: ImportDesk, record: ImportRecord, file: ImportedFile, at: int) -> None:
    lang = desk.lang
    if not file.kept:
        bound = desk.workspace.settings().limits.kept_upload_bytes // 2**20
        note = text("memory.file_gone", lang, file=file.name, limit_mb=format.number(bound))
        show(f'<div class="sa-muted">{escape(note)}</div>')
        return
    st.download_button(
        text("memory.file_download", lang, file=file.name),
        data=partial(_content, desk, record, file),
        file_name=file.name,
        key=f"data-file-{record.import_id}-{at}",
        on_click="ignore",
        icon=":material/download:",
        type="tertiary",
    )


def _content(desk: ImportDesk, record: ImportRecord, file: ImportedFile) -> bytes:
    """Return the file's bytes as they were uploaded, and put the download on record."""
    detail = {"what": "uploaded-file", "file": file.name, "import_id": record.import_id}
    desk.workspace.audit(desk.who, "exported", detail)
    return desk.workspace.file_content(file.digest) or b""
