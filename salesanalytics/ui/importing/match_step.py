"""Matching: what was recognised, and the few columns only the user can decide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import streamlit as st

from salesanalytics.i18n import Lang, format, text
from salesanalytics.intake.mapping import CUSTOM
from salesanalytics.intake.types import ColumnMatch, MatchedSheet
from salesanalytics.intake.typing_cells import show as shown
from salesanalytics.tables import BY_NAME
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.importing.desk import ImportDesk
from salesanalytics.ui.importing.draft import ImportDraft, SheetChoice
from salesanalytics.ui.importing.draft_bar import date_choice
from salesanalytics.ui.importing.groups import issue_groups
from salesanalytics.ui.importing.questions import (
    NOT_USED,
    OWN,
    Question,
    absent_columns,
    other_columns,
    questions,
    sample_values,
    unanswerable,
)
from salesanalytics.ui.importing.signatures import signature
from salesanalytics.ui.panel import panel
from salesanalytics.ui.tables import Cell, TableColumn, Tag, table

OPENED = 6
"""up to so many unused columns are shown without asking"""


def match_step(desk: ImportDesk) -> None:
    """Draw the step."""
    left, right = st.columns([0.56, 0.44], gap="small")
    with left:
        _recognised(desk)
    with right:
        if desk.as_of is None:
            with panel("data-date", text("data_page.bar_date_label", desk.lang)):
                date_choice(desk, "step")
        _to_confirm(desk)


def _sheets(desk: ImportDesk) -> list[MatchedSheet]:
    return [sheet for file in desk.batch.files for sheet in file.sheets]


def _recognised(desk: ImportDesk) -> None:
    lang, sheets = desk.lang, _sheets(desk)
    known = [sheet for sheet in sheets if sheet.table]
    rows = sum(len(sheet.data_indices) for sheet in known)
    title = text("data_page.sheets_title", lang, n=len(known), rows=format.number(rows))
    with panel("data-sheets", title, text("data_page.sheets_note", lang)):
        columns = [
            TableColumn(text("data_page.column_sheet", lang)),
            TableColumn(text("data_page.column_table", lang)),
            TableColumn(text("data_page.column_header_row", lang), number=True, wide=True),
            TableColumn(text("data_page.column_rows", lang), number=True),
            TableColumn(text("data_page.column_columns", lang), number=True, wide=True),
            TableColumn(text("data_page.column_file", lang), soft=True, wide=True),
        ]
        show(
            table(
                columns, [_sheet_line(desk, sheet) for sheet in sheets if sheet.table or _says_something(sheet)], title
            )
        )
        for line in absent_columns(desk.batch, lang):
            show(f'<div class="sa-panel-note">{escape(line)}</div>')


def _says_something(sheet: MatchedSheet) -> bool:
    return not sheet.raw.hidden and any(shown(cell) for row in sheet.raw.rows for cell in row)


def _sheet_line(desk: ImportDesk, sheet: MatchedSheet) -> list[Cell]:
    if sheet.table is None:
        return [sheet.raw.sheet, Tag(text("data_page.not_a_table", desk.lang)), "—", "—", "—", sheet.raw.file]
    matched = sum(match.column is not None for match in sheet.columns)
    return [
        sheet.raw.sheet,
        BY_NAME[sheet.table].title(desk.lang),
        str(sheet.header_row),
        format.number(len(sheet.data_indices)),
        f"{matched} / {len(sheet.columns)}",
        sheet.raw.file,
    ]


def _to_confirm(desk: ImportDesk) -> None:
    lang = desk.lang
    asked = questions(desk.batch)
    title = text("data_page.match_title", lang, n=len(asked)) if asked else text("data_page.match_title_none", lang)
    with panel("data-match", title, text("data_page.match_note", lang) if asked else ""):
        answers = [(question, _ask(desk, question)) for question in asked]
        settled = [(question, answer) for question, answer in answers if answer is not None]
        if asked and st.button(
            text("data_page.match_confirm", lang, n=len(settled)),
            key="data-confirm",
            type="primary",
            disabled=not settled,
        ):
            _confirm(desk, settled)
        for question in unanswerable(desk.batch):
            _without(desk, question)
        _others(desk)
        unsettled = bool(asked) or desk.as_of is None
        following = "correct" if issue_groups(desk.batch) else "preview"
        if (
            desk.batch.tables
            and not _nothing_to_go_on_with(desk, asked)
            and st.button(
                text(f"data_page.next_{following}", lang), key="data-next", type="secondary" if unsettled else "primary"
            )
        ):
            desk.go("correct" if following == "correct" else "preview")
            st.rerun()


def _nothing_to_go_on_with(desk: ImportDesk, asked: list[Question]) -> bool:
    """Say whether every table recognised still lacks a column it cannot do without: correcting its rows would be for nothing."""
    lacking = {(question.digest, question.sheet) for question in asked if question.missing is not None}
    return all((sheet.raw.digest, sheet.raw.sheet) in lacking for sheet in _sheets(desk) if sheet.table)


def _without(desk: ImportDesk, question: Question) -> None:
    """Say which table stays out for want of a column."""
    declared = BY_NAME[question.table]
    column = declared.column(question.missing or "").header(desk.lang)
    sentence = text(
        "data_page.match_without", desk.lang, sheet=question.sheet, table=declared.title(desk.lang), column=column
    )
    show(f'<div class="sa-finding bad"><p>{escape(sentence)}</p></div>')


def _ask(desk: ImportDesk, question: Question) -> str | None:
    """Draw one question; return what the user says, or None while they have not said anything."""
    lang, declared = desk.lang, BY_NAME[question.table]
    if question.missing is None:
        head = text("data_page.match_header", lang, header=question.header or "")
        options = [*declared.names, NOT_USED, *([OWN] if declared.allows_custom else [])]
        names = {name: declared.column(name).header(lang) for name in declared.names}
        names |= {NOT_USED: text("data_page.match_not_used", lang), OWN: text("data_page.match_own", lang)}
    else:
        column = declared.column(question.missing).header(lang)
        head = text("data_page.match_missing", lang, table=declared.title(lang), column=column)
        options = list(question.candidates)
        names = {header: header for header in options}
    note = _samples(question.samples, lang) if question.samples else ""
    if question.missing is not None:
        note = text("data_page.match_missing_note", lang)
    show(f'<div class="sa-question"><b>{escape(head)}</b> <span class="sa-muted">{escape(note)}</span></div>')
    index = options.index(question.proposal) if question.proposal in options else None
    chosen: str | None = st.selectbox(
        text("data_page.match_as", lang),
        options,
        index=index,
        format_func=lambda option: names[option],
        placeholder=text("data_page.match_choose", lang),
        key=f"data-match-{question.key}",
        label_visibility="collapsed",
    )
    return chosen


def _samples(samples: Iterable[str], lang: Lang) -> str:
    return text("data_page.match_samples", lang, samples=" · ".join(samples))


def _confirm(desk: ImportDesk, settled: list[tuple[Question, str]]) -> None:
    """Put the answers into the draft and remember them for sheets with the same headers."""
    draft = desk.draft
    by_sheet: dict[tuple[str, str], dict[str, str | None]] = {}
    sheets = {(sheet.raw.digest, sheet.raw.sheet): sheet for sheet in _sheets(desk)}
    for question, answer in settled:
        columns = by_sheet.setdefault((question.digest, question.sheet), {})
        columns.update(question.columns(answer))
    for place, columns in by_sheet.items():
        draft = _choosing(desk, draft, sheets[place], columns)
    desk.saving(draft)
    desk.go(None)
    st.rerun()


def _choosing(
    desk: ImportDesk, draft: ImportDraft, sheet: MatchedSheet, columns: Mapping[str, str | None]
) -> ImportDraft:
    """Return the draft with the word on one sheet's columns, and remember it beside what was confirmed of these headers before."""
    raw, name = sheet.raw, signature(sheet)
    before = desk.workspace.remembered_columns().get(name, {})
    desk.workspace.remember_columns(name, {**before, **columns}, desk.who)
    return draft.choosing(SheetChoice(raw.digest, raw.file, raw.sheet, sheet.table or "", columns))


def _others(desk: ImportDesk) -> None:
    """Offer the columns nobody asked about: unmatched ones, kept as dimensions of the user's own or not used."""
    others: list[tuple[MatchedSheet, ColumnMatch]] = other_columns(desk.batch)
    if not others:
        return
    own = any(BY_NAME[sheet.table or "leads"].allows_custom for sheet, _ in others)
    title = text("data_page.match_other_own" if own else "data_page.match_other", desk.lang, n=len(others))
    with st.expander(title, expanded=own and len(others) <= OPENED):
        for sheet, match in others:
            _other(desk, sheet, match)


def _other(desk: ImportDesk, sheet: MatchedSheet, match: ColumnMatch) -> None:
    """Draw one of them with its values; a table that takes dimensions of the user's own lets them choose."""
    lang, declared = desk.lang, BY_NAME[sheet.table or "leads"]
    samples = sample_values(sheet, match)
    note = _samples(samples, lang) if samples else ""
    several = sum(bool(each.table) for each in _sheets(desk)) > 1
    place = f"{sheet.raw.sheet} · {match.header}" if several else match.header
    kept = match.how == "custom"
    if not declared.allows_custom:
        words = escape(text("data_page.match_not_used", lang))
        show(f"<div>{escape(place)} <span class='sa-muted'>— {words} {escape(note)}</span></div>")
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        show(f'<div>{escape(place)} <span class="sa-muted">{escape(note)}</span></div>')
        key = f"data-own-{sheet.raw.digest[:8]}-{sheet.raw.sheet}-{match.position}-{kept}"
        wanted = st.toggle(text("data_page.match_own", lang), value=kept, key=key)
    if wanted != kept:
        desk.saving(_choosing(desk, desk.draft, sheet, {match.header: CUSTOM if wanted else None}))
        desk.go("match")
        st.rerun()
