"""All single cells that hold rows back, in one grid: typed over, emptied or their row left out, each change a fix of its own."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from salesanalytics.i18n import format, text
from salesanalytics.intake.issues import CHECK_BY_KIND
from salesanalytics.intake.types import Issue
from salesanalytics.tables import BY_NAME
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.importing.desk import ImportDesk
from salesanalytics.ui.importing.draft import Edit, ImportDraft
from salesanalytics.ui.importing.rows import UploadRow, context_columns
from salesanalytics.ui.importing.suggesting import COLUMN_WIDE
from salesanalytics.ui.importing.values import value_problem

LISTED = 500
SINGLY = 30
"""up to so many changes each is an edit of its own"""


def waiting_cells(desk: ImportDesk) -> list[Issue]:
    """Return the errors that are about one cell each, in the order of the files; decisions about columns and copies are made elsewhere."""
    found: dict[tuple[str, str, int, str], Issue] = {}
    for issue in desk.batch.errors:
        about_cell = issue.row is not None and issue.field is not None and issue.column is not None
        if about_cell and issue.kind not in COLUMN_WIDE and not issue.kind.startswith("duplicate"):
            found.setdefault((issue.file, issue.sheet, issue.row or 0, issue.field or ""), issue)
    return list(found.values())


def correct_cells(desk: ImportDesk) -> None:
    """Open the grid as a dialog; its button applies what was typed and ticked."""
    st.dialog(text("correcting.cells_title", desk.lang), width="large")(_grid)(desk)


def _grid(desk: ImportDesk) -> None:
    lang = desk.lang
    lines = list(desk.bench.rows(desk.draft).of(waiting_cells(desk)[:LISTED]))
    st.caption(text("correcting.cells_note", lang))
    new, clear, leave = (text(f"correcting.{name}", lang) for name in ("new_value", "clear", "leave"))
    frame = pd.DataFrame(
        [{**_line(desk, issue, row), new: None, clear: False, leave: False} for issue, row in lines]
    ).astype({new: "string"})
    edited = st.data_editor(
        frame,
        key=f"data-cells-{len(desk.draft.edits)}",
        hide_index=True,
        placeholder="",
        disabled=[head for head in frame.columns if head not in (new, clear, leave)],
        column_config={
            new: st.column_config.TextColumn(new),
            clear: st.column_config.CheckboxColumn(clear, width="small"),
            leave: st.column_config.CheckboxColumn(leave, width="small"),
        },
        height=min(38 + 35 * len(frame), 520),
    )
    edits = []
    for (issue, row), value, cleared, left in zip(lines, edited[new], edited[clear], edited[leave], strict=True):
        typed = str(value) if pd.notna(value) and str(value).strip() else None
        edit = _edit(desk, issue, row, typed, cleared=bool(cleared), left=bool(left))
        edits += [edit] if edit else []
    label = (
        text("data_page.edit_apply", lang, n=format.number(len(edits)) if len(edits) > 1 else 1)
        if edits
        else text("data_page.edit_none", lang)
    )
    if st.button(label, key="data-cells-apply", type="primary", disabled=not edits):
        desk.correcting(with_all(desk.draft, edits))


def with_all(draft: ImportDraft, edits: list[Edit]) -> ImportDraft:
    """Return the draft with these fixes, each undoable by itself, or as one lot where they are many."""
    if len(edits) > SINGLY:
        corrections = tuple(each for edit in edits for each in edit.corrections)
        return draft.with_edit(Edit("", "cells", corrections))
    for edit in edits:
        draft = draft.with_edit(edit)
    return draft


def _line(desk: ImportDesk, issue: Issue, row: UploadRow) -> dict[str, object]:
    lang, table = desk.lang, BY_NAME[issue.table or "leads"]
    keys, _ = context_columns(table.name, issue.field, [row.sheet])
    return {
        text("data_page.column_row", lang): f"{table.title(lang)} · {row.number}",
        text("correcting.whose", lang): " · ".join(cell for name in keys if (cell := row.cell(name))),
        text("correcting.column", lang): issue.column,
        text("correcting.found", lang): row.cell(issue.field or "") or text("data_page.value_empty", lang),
        text("correcting.why", lang): CHECK_BY_KIND[issue.kind].title(lang),
    }


def _edit(
    desk: ImportDesk, issue: Issue, row: UploadRow, typed: str | None, *, cleared: bool, left: bool
) -> Edit | None:
    """Return the fix for one line, None where nothing is asked; what does not fit is said and not written."""
    if left:
        return desk.fixer.leave_out([issue], kind=issue.kind)
    if typed is None and not cleared:
        return None
    column = BY_NAME[issue.table or "leads"].column(issue.field or "")
    problem = value_problem(column, typed, desk.workspace.settings().stages)
    if problem:
        words = text(f"data_page.problem_{problem}", desk.lang)
        shown = typed or text("data_page.value_empty", desk.lang)
        sentence = text("data_page.edit_problem", desk.lang, row=row.number, value=shown, problem=words)
        show(f'<div class="sa-bad">✕ {escape(sentence)}</div>')
        return None
    return desk.fixer.set_cell(issue, typed, row) if typed else desk.fixer.set_all([issue], None, kind=issue.kind)
