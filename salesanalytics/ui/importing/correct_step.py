"""Correcting: groups on the left, the rows of one in the middle with its fixes, what a load would do on the right."""

from __future__ import annotations

import streamlit as st

from salesanalytics.i18n import format, text
from salesanalytics.intake.issues import CHECK_BY_KIND, message
from salesanalytics.tables import BY_NAME
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.importing.cell_editor import cell_editor
from salesanalytics.ui.importing.desk import ImportDesk
from salesanalytics.ui.importing.fix_forms import fix_forms
from salesanalytics.ui.importing.groups import IssueGroup, issue_groups
from salesanalytics.ui.importing.impact_panel import impact_panel
from salesanalytics.ui.importing.issue_list import chosen_group, issue_list
from salesanalytics.ui.importing.issue_rows import SHOWN, column_letter, issue_lines, rows_markup
from salesanalytics.ui.importing.reading_forms import Becomes
from salesanalytics.ui.panel import panel


def correct_step(desk: ImportDesk) -> None:
    """Draw the step."""
    left, middle, right = st.columns([0.26, 0.53, 0.21], gap="small")
    group = chosen_group(issue_groups(desk.batch))
    with left:
        issue_list(desk)
    with middle:
        _rows(desk, group)
    with right:
        impact_panel(desk)


def _counted(n: int) -> object:
    """Return a number as it is shown; one stays a number, so that its words are in the singular."""
    return format.number(n) if n > 1 else n


def _rows(desk: ImportDesk, group: IssueGroup | None) -> None:
    lang = desk.lang
    if group is None:
        with panel("data-rows", text("data_page.issues_title_none", lang)):
            show(f'<div class="sa-empty sa-good">✓ {escape(text("data_page.step_correct_clean", lang))}</div>')
        return
    title = CHECK_BY_KIND[group.kind].title(lang)
    about_rows = any(issue.row is not None for issue in group.issues)
    between = "" if lang == "zh" else " "  # Chinese sentences follow one another without a space
    headline = text("data_page.rows_title", lang, n=_counted(group.rows), title=title) if about_rows else title
    with panel("data-rows", headline, _where(desk, group)):
        show(
            f'<div class="sa-panel-note">{escape(CHECK_BY_KIND[group.kind].reason(lang))}{between}{escape(CHECK_BY_KIND[group.kind].fix(lang))}</div>'
        )
        becomes = fix_forms(desk, group)
        if about_rows:
            _table(desk, group, becomes)
        else:
            stages = desk.workspace.settings().stages
            for issue in group.issues:
                show(f'<div class="sa-finding bad"><p>{escape(message(issue, lang, stages))}</p></div>')


def _where(desk: ImportDesk, group: IssueGroup) -> str:
    """Name the file, table and column of a group, and Excel's letter of the column."""
    lang, first = desk.lang, group.issues[0]
    table = BY_NAME[group.table].title(lang) if group.table else first.sheet
    sheets = desk.bench.rows(desk.draft).sheets
    match = next(
        (
            match
            for sheet in sheets
            if (sheet.raw.file, sheet.raw.sheet, sheet.table) == (first.file, first.sheet, first.table)
            for match in sheet.columns
            if match.column == group.field
        ),
        None,
    )
    if match is None:
        return text("data_page.rows_note_plain", lang, file=first.file, table=table)
    letter = column_letter(match.position)
    return text("data_page.rows_note", lang, file=first.file, table=table, column=match.header, letter=letter)


def _table(desk: ImportDesk, group: IssueGroup, becomes: Becomes) -> None:
    lang, rows = desk.lang, desk.bench.rows(desk.draft)
    lines = issue_lines(group, rows, becomes)
    decision = group.kind.startswith("duplicate")
    editable = not decision and group.field is not None and any(line.row.header(group.field) for line in lines)
    editing = editable and st.toggle(text("data_page.edit_cells", lang), key=f"data-editing-{group.key}")
    if editing:
        cell_editor(desk, group, lines)
        return
    show(rows_markup(group, lines, rows, lang, decision=decision))
    if len(lines) > SHOWN:
        show(
            f'<div class="sa-panel-note">{escape(text("data_page.rows_first", lang, shown=SHOWN, n=format.number(len(lines))))}</div>'
        )
    show(f'<div class="sa-panel-note">{escape(text("data_page.rows_hint", lang))}</div>')
