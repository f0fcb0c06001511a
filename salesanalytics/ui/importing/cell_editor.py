"""Cells corrected one by one in a grid; what does not fit its column is explained beside it and not written."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from salesanalytics.i18n import format, text
from salesanalytics.tables import BY_NAME, Kind
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.importing.desk import ImportDesk
from salesanalytics.ui.importing.draft import Edit
from salesanalytics.ui.importing.groups import IssueGroup
from salesanalytics.ui.importing.issue_rows import IssueLine
from salesanalytics.ui.importing.rows import context_columns
from salesanalytics.ui.importing.values import value_options, value_problem

EDITED = 500


def cell_editor(desk: ImportDesk, group: IssueGroup, lines: list[IssueLine]) -> None:
    """Draw the grid and the button that applies what was typed."""
    lang = desk.lang
    table, name = BY_NAME[group.table or ""], group.field or ""
    column = table.column(name)
    stages = desk.workspace.settings().stages
    before, after = context_columns(table.name, name, desk.bench.rows(desk.draft).sheets)
    row_head, new_head = text("data_page.column_row", lang), text("data_page.column_new", lang)
    lines = lines[:EDITED]
    frame = pd.DataFrame(
        {
            row_head: [line.row.number for line in lines],
            **{table.column(c).header(lang): [line.row.cell(c) or "" for line in lines] for c in before},
            column.header(lang): [line.row.cell(name) or "" for line in lines],
            new_head: [None for _ in lines],
            **{table.column(c).header(lang): [line.row.cell(c) or "" for line in lines] for c in after},
        }
    )
    options = value_options(column, stages, lang) if column.kind in (Kind.STAGE, Kind.BOOLEAN) else []
    kind = (
        st.column_config.SelectboxColumn(new_head, options=options)
        if options
        else st.column_config.TextColumn(new_head)
    )
    st.caption(text("data_page.edit_cells_note", lang))
    edited = st.data_editor(
        frame,
        key=f"data-editor-{group.key}-{len(desk.draft.edits)}",
        hide_index=True,
        placeholder="",
        disabled=[head for head in frame.columns if head != new_head],
        column_config={new_head: kind, row_head: st.column_config.NumberColumn(row_head, format="%d", width="small")},
        height=min(38 + 35 * len(lines), 420),
    )
    typed = [
        (line, str(value))
        for line, value in zip(lines, edited[new_head], strict=True)
        if pd.notna(value) and value != ""
    ]
    problems = [(line, value, value_problem(column, value, stages)) for line, value in typed]
    for line, value, problem in problems:
        if problem:
            words = text(f"data_page.problem_{problem}", lang)
            sentence = text("data_page.edit_problem", lang, row=line.row.number, value=value, problem=words)
            show(f'<div class="sa-bad">✕ {escape(sentence)}</div>')
    good = [(line, value) for line, value, problem in problems if problem is None]
    label = (
        text("data_page.edit_apply", lang, n=format.number(len(good))) if good else text("data_page.edit_none", lang)
    )
    if st.button(label, key="data-edit-apply", type="primary", disabled=not good):
        made = [desk.fixer.set_cell(line.issue, value, line.row) for line, value in good]
        corrections = tuple(each for edit in made for each in edit.corrections)
        one = made[0] if len(made) == 1 else None
        desk.fixing(one or Edit(group.kind, "cells_done", corrections))
