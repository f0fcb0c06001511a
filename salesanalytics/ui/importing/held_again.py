"""Rows in quarantine corrected later: the import's files are opened again with the corrections made then; only those rows are shown and loaded, as changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from salesanalytics.i18n import format, text
from salesanalytics.store.types import HeldRow, ImportRecord
from salesanalytics.ui.importing.desk import ImportDesk
from salesanalytics.ui.importing.draft import DraftFile, Edit, ImportDraft

IMPORTS_SHOWN = 5


def correct_held(desk: ImportDesk, held: Sequence[HeldRow]) -> None:
    """Draw a button for each of the newest imports with held rows; where its files are gone, say what to do instead."""
    lang = desk.lang
    records = {record.import_id: record for record in desk.workspace.imports()}
    rows = Counter(each.import_id for each in held)
    for import_id in sorted(rows, reverse=True)[:IMPORTS_SHOWN]:
        record = records[import_id]
        draft = draft_again(desk, record, [each for each in held if each.import_id == import_id])
        with st.container(key=f"data-held-{import_id}", horizontal=True, vertical_alignment="center", gap="small"):
            if draft is None:
                st.caption(text("memory.fix_gone", lang, import_id=import_id, day=format.day(record.as_of)))
                continue
            label = text("memory.fix_rows", lang, n=rows[import_id])
            if st.button(label, key=f"data-correct-held-{import_id}", type="primary", icon=":material/edit:"):
                desk.saving(draft)
                desk.go(None)
                st.rerun()
            st.caption(text("memory.fix_note", lang, import_id=import_id, day=format.day(record.as_of)))


def draft_again(desk: ImportDesk, record: ImportRecord, held: Sequence[HeldRow]) -> ImportDraft | None:
    """Return the import's files with held rows as a draft of changes; None where bytes are gone, or a later import of the same date stands over it."""
    later = any(
        other.as_of == record.as_of and other.import_id > record.import_id and other.undone_at is None
        for other in desk.workspace.imports()
    )
    digests = {each.row.digest for each in held}
    files = [file for file in desk.workspace.import_files(record.import_id) if file.digest in digests]
    if later or not files or not all(file.kept for file in files):
        return None
    drafted = tuple(
        DraftFile(file.name, file.digest, len(desk.workspace.file_content(file.digest) or b"")) for file in files
    )
    rows = tuple(sorted({(each.row.digest, each.row.sheet, each.row.row) for each in held}))
    draft = ImportDraft(drafted, as_of=record.as_of, mode="changes", rows=rows)
    made = tuple(each for each in desk.workspace.corrections(record.import_id) if each.digest in digests)
    return draft.with_edit(Edit("", "earlier", made))
