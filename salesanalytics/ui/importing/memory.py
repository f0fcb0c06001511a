"""What was answered once and is not asked again: columns, spellings, date orders and decimal signs; each can be forgotten."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from salesanalytics.i18n import Lang, text
from salesanalytics.intake.answers import Answer, table_of
from salesanalytics.intake.mapping import CUSTOM
from salesanalytics.tables import BY_NAME
from salesanalytics.ui.empty import empty
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.importing.desk import ImportDesk
from salesanalytics.ui.panel import headline

SHOWN = 100
_SIGNS = {".": "point", ",": "comma"}
Line = tuple[str, str, Callable[[], None]]
"""what is remembered, where, and what forgets it"""


def remembered(desk: ImportDesk) -> int:
    """Return how many answers are remembered."""
    columns = sum(len(columns) for columns in desk.workspace.remembered_columns().values())
    return columns + len(desk.workspace.remembered_answers())


def memory(desk: ImportDesk) -> None:
    """Draw the list."""
    lang = desk.lang
    lines = [*_columns(desk), *_answers(desk)]
    if not lines:
        empty(text("memory.empty", lang), text("memory.empty_note", lang))
        return
    show(headline(text("memory.title", lang, n=len(lines)), text("memory.note", lang)))
    for at, (what, where, forget) in enumerate(lines[:SHOWN]):
        with st.container(key=f"data-remembered-{at}", horizontal=True, vertical_alignment="center", gap="small"):
            show(f'<div><b>{escape(what)}</b> <span class="sa-muted">{escape(where)}</span></div>')
            if st.button(text("memory.forget", lang), key=f"data-forget-{at}", type="tertiary"):
                forget()
                desk.say(text("memory.forgotten", lang))
                st.rerun()


def _columns(desk: ImportDesk) -> list[Line]:
    lines: list[Line] = []
    for signature, columns in sorted(desk.workspace.remembered_columns().items()):
        table = BY_NAME.get(signature.split(":", 1)[0])
        if table is None:
            continue
        for header, column in columns.items():
            known = column is not None and column in table.names
            other = text("data_page.match_own" if column == CUSTOM else "memory.not_ours", desk.lang)
            meaning = table.column(column or "").header(desk.lang) if known else other
            what = text("memory.becomes", desk.lang, old=header, new=meaning)
            where = text("memory.where_header", desk.lang, table=table.title(desk.lang))
            lines.append((what, where, _forgetting(desk, signature, header)))
    return lines


def _forgetting(desk: ImportDesk, signature: str, header: str) -> Callable[[], None]:
    return lambda: desk.workspace.forget_column(signature, header, desk.who)


def _answers(desk: ImportDesk) -> list[Line]:
    answers = desk.workspace.remembered_answers()
    return [(*_said(answer, desk.lang), _forgetting_answer(desk, answer)) for answer in answers]


def _forgetting_answer(desk: ImportDesk, answer: Answer) -> Callable[[], None]:
    return lambda: desk.workspace.forget_answer(answer, desk.who)


def _said(answer: Answer, lang: Lang) -> tuple[str, str]:
    table = BY_NAME[table_of(answer)]
    name = answer.scope.split(".", 1)[1] if answer.kind == "value" else answer.name
    column = table.column(name).header(lang) if name in table.names else name
    if answer.kind == "value":
        what = text("memory.becomes", lang, old=answer.name, new=answer.meaning)
    elif answer.kind == "date-order":
        what = text("data_page.edit_order", lang, column=column, order=text(f"data_page.order_{answer.meaning}", lang))
    else:
        sign = text(f"correcting.decimal_{_SIGNS.get(answer.meaning, 'point')}", lang)
        what = text("correcting.edit_decimal", lang, column=column, sign=sign)
    return what, text("memory.where_column", lang, table=table.title(lang), column=column)
