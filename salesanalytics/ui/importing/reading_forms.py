"""How a whole column is to be read where nothing decides it: date order and decimal sign, each way shown with what it would change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

import streamlit as st

from salesanalytics.i18n import format, text
from salesanalytics.intake.types import DateOrder, DecimalSign, Issue
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.importing.desk import ImportDesk
from salesanalytics.ui.importing.draft import Edit
from salesanalytics.ui.importing.groups import IssueGroup
from salesanalytics.ui.importing.rows import Place

ORDERS: tuple[DateOrder, ...] = ("dmy", "mdy")
SIGNS: tuple[DecimalSign, ...] = (".", ",")
_SIGN_NAMES = {".": "point", ",": "comma"}

Becomes = dict[Place, str]


def place_of(issue: Issue) -> Place:
    """Return where an issue is."""
    return issue.file, issue.sheet, issue.row or 0


def order_forms(desk: ImportDesk, group: IssueGroup) -> Becomes:
    """Ask for the date order of each column of the group."""

    def made(issue: Issue, answer: str) -> Edit:
        return desk.fixer.read_dates(issue, cast("DateOrder", answer))

    names = {order: text(f"data_page.order_{order}", desk.lang) for order in ORDERS}
    return _forms(desk, group, "order", names, made)


def decimal_forms(desk: ImportDesk, group: IssueGroup) -> Becomes:
    """Ask for the decimal sign of each column of the group."""

    def made(issue: Issue, answer: str) -> Edit:
        return desk.fixer.read_numbers(issue, cast("DecimalSign", answer))

    names = {sign: text(f"correcting.decimal_{_SIGN_NAMES[sign]}", desk.lang) for sign in SIGNS}
    return _forms(desk, group, "decimal", names, made)


def _forms(
    desk: ImportDesk, group: IssueGroup, name: str, names: Mapping[Any, str], made: Callable[[Issue, str], Edit]
) -> Becomes:
    lang = desk.lang
    becomes: Becomes = {}
    columns = {(issue.file, issue.sheet): issue for issue in group.issues}
    for at, issue in enumerate(columns.values()):
        label = text(f"correcting.{name}_label", lang, column=issue.column or "")
        differ = len(made(issue, next(iter(names))).corrections)
        note = text(f"correcting.{name}_differ", lang, n=format.number(differ) if differ > 1 else differ)
        show(
            f'<div><span>{escape(label)} <b>{escape(issue.found or "")}</b></span> <span class="sa-muted">{escape(note)}</span></div>'
        )
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"data-fix-{name}-{at}"):
            answer = cast(
                "str | None",
                st.segmented_control(
                    label,
                    list(names),
                    format_func=lambda each: names[each],
                    key=f"data-{name}-{at}",
                    label_visibility="collapsed",
                ),
            )
            apply = text("data_page.order_apply", lang)
            pressed = st.button(apply, key=f"data-{name}-apply-{at}", type="primary", disabled=answer is None)
        if answer is not None:
            edit = made(issue, answer)
            if pressed:
                desk.fixing(edit)
            becomes |= {(issue.file, issue.sheet, each.row): each.new for each in edit.corrections if each.new}
    return becomes
