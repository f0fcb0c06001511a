"""The left card of correcting: groups of issues, errors first, then what has been done, each undoable."""

from __future__ import annotations

import streamlit as st

from salesanalytics.i18n import Lang, format, text
from salesanalytics.intake.issues import CHECK_BY_KIND
from salesanalytics.tables import BY_NAME
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.importing.accept_all import accept_all
from salesanalytics.ui.importing.all_cells import correct_cells, waiting_cells
from salesanalytics.ui.importing.annotated_download import annotated_downloads
from salesanalytics.ui.importing.desk import ImportDesk
from salesanalytics.ui.importing.draft import Edit
from salesanalytics.ui.importing.groups import IssueGroup, error_rows, issue_groups, warning_rows
from salesanalytics.ui.importing.lot import open_lot
from salesanalytics.ui.panel import headline

_GROUP = "data-group"
_ACTIONS = {
    "unknown-stage": "map",
    "unknown-method": "map",
    "spelling-variant": "map",
    "duplicate-conflicting": "keep",
    "duplicate-identical": "merge",
    "date-order-undecided": "order",
    "empty-stage": "fill",
    "missing-expected-cell": "fill",
    "missing-required-cell": "fill",
    "won-without-amount": "fill",
    "won-without-date": "fill",
    "lost-without-reason": "fill",
}


def chosen_group(groups: list[IssueGroup]) -> IssueGroup | None:
    """Return the group the user looks at: the chosen one while it exists, else the first."""
    wanted = st.session_state.get(_GROUP)
    return next((group for group in groups if group.key == wanted), groups[0] if groups else None)


def issue_list(desk: ImportDesk) -> None:
    """Draw the card."""
    lang, groups = desk.lang, issue_groups(desk.batch)
    errors = [group for group in groups if group.severity == "error"]
    warnings = [group for group in groups if group.severity == "warning"]
    n_errors, n_warnings = error_rows(desk.batch), warning_rows(desk.batch)
    with st.container(key="panel-data-issues", border=True, gap="xxsmall"):
        with st.container(horizontal=True, vertical_alignment="top", key="data-issues-head"):
            show(headline(_title(errors, warnings, n_errors, lang), text("data_page.issues_note", lang)))
            if desk.suggested != desk.draft and st.button(
                text("data_page.use_all", lang), key="data-use-all", type="primary"
            ):
                accept_all(desk)
        if len(waiting_cells(desk)) > 1 and st.button(
            text("correcting.all_cells", lang, n=len(waiting_cells(desk))),
            key="data-all-cells",
            type="secondary" if desk.suggested != desk.draft else "primary",
        ):
            correct_cells(desk)
        chosen = chosen_group(groups)
        for severity, own, n in (("errors", errors, n_errors), ("warnings", warnings, n_warnings)):
            if own:
                tone = "bad" if severity == "errors" else "warn"
                head = text(f"data_page.{severity}_head", lang, n=format.number(n) if n > 1 else n)
                show(f'<div class="sa-issue-head sa-{tone}">{escape(head)}</div>')
            for group in own:
                _group(group, lang, here=group == chosen)
        annotated_downloads(desk)
        _done(desk)


def _title(errors: list[IssueGroup], warnings: list[IssueGroup], rows: int, lang: Lang) -> str:
    if errors:
        return text("data_page.issues_title_errors", lang, n=len(errors), rows=format.number(rows))
    if warnings:
        return text("data_page.issues_title_warnings", lang, n=len(warnings))
    return text("data_page.issues_title_none", lang)


def _group(group: IssueGroup, lang: Lang, *, here: bool) -> None:
    title = CHECK_BY_KIND[group.kind].title(lang)
    usual = "correct" if group.severity == "error" and group.field else "look"
    action = text(f"data_page.action_{_ACTIONS.get(group.kind, usual)}", lang)
    tone = "bad" if group.severity == "error" else "warn"
    markup = (
        f'<div class="sa-issue"><span class="sa-issue-n sa-{tone}">{format.number(group.rows)}</span>'
        f'<span class="sa-issue-what"><b>{escape(title)}</b><small>{escape(_about(group, lang))}</small></span>'
        f'<span class="sa-chip">{escape(action)}</span></div>'
    )
    with st.container(key=f"issue-{'here' if here else 'there'}-{group.key}"):
        show(markup)
        if st.button(text("data_page.group_button", lang, title=title, n=group.rows), key=f"data-group-{group.key}"):
            st.session_state[_GROUP] = group.key
            st.rerun()


def _about(group: IssueGroup, lang: Lang) -> str:
    """Say in which table and column, or which values were found most."""
    found = group.spellings()
    if found and len(found) < group.rows and group.field is not None and not group.kind.startswith("duplicate"):
        parts = [text("data_page.found_some", lang, found=value, n=n) for value, n in found[:2]]
        more = [text("data_page.found_more", lang, n=len(found))] if len(found) > 2 else []
        return text("data_page.found_join", lang).join([*parts, *more])
    table = BY_NAME[group.table].title(lang) if group.table else ""
    column = next((issue.column for issue in group.issues if issue.column), None)
    return " · ".join(part for part in (table, column) if part)


def _done(desk: ImportDesk) -> None:
    if not desk.draft.edits:
        return
    lang = desk.lang
    n = sum(len(edit.corrections) for edit in desk.draft.edits)
    head = text("data_page.done_head", lang, n=format.number(n)) if n else text("data_page.done_head_none", lang)
    show(f'<div class="sa-issue-head sa-good">{escape(head)}</div>')
    for place, edit in reversed(list(enumerate(desk.draft.edits))):
        with st.container(key=f"data-done-{place}", horizontal=True, vertical_alignment="center"):
            show(edit_markup(edit, lang))
            if len(edit.corrections) > 1 and st.button(
                text("correcting.lot_open", lang), key=f"data-open-lot-{place}", type="tertiary"
            ):
                open_lot(desk, place)
            if st.button(text("data_page.undo_edit", lang), key=f"data-undo-edit-{place}"):
                desk.correcting(desk.draft.undoing(place))


def edit_markup(edit: Edit, lang: Lang) -> str:
    """Return one fix as a line: how many cells, what was done, what is remembered."""
    title = CHECK_BY_KIND[edit.kind].title(lang) if edit.kind in CHECK_BY_KIND else ""
    if edit.how == "order":
        line = text(
            "data_page.edit_order", lang, column=edit.old or "", order=text(f"data_page.order_{edit.new}", lang)
        )
        return _edit_line("✓", line, "")
    if edit.how in ("decimal", "mask", "cells", "earlier"):
        sign = {".": "point", ",": "comma"}.get(edit.new or "", "point")
        line = text(
            f"correcting.edit_{edit.how}", lang, column=edit.old or "", sign=text(f"correcting.decimal_{sign}", lang)
        )
        return _edit_line(str(len(edit.corrections)), line, "")
    empty = text("data_page.value_empty", lang)
    line = text(f"data_page.edit_{edit.how}", lang, title=title, old=edit.old or empty, new=edit.new or empty)
    remembered = (
        f"<small>{escape(text('data_page.edit_remembered', lang))}</small>" if edit.alias or edit.answers else ""
    )
    return _edit_line(str(len(edit.corrections)), line, remembered)


def _edit_line(count: str, line: str, note: str) -> str:
    return (
        f'<div class="sa-issue"><span class="sa-issue-n sa-muted">{count}</span>'
        f'<span class="sa-issue-what"><b>{escape(line)}</b>{note}</span></div>'
    )
