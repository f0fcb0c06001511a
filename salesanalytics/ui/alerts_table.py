"""The list of flagged customers: a page of it at a time, in the order one asks for, each row leading to its customer and naming its Excel row. A phone leaves out the wide columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import streamlit as st

from salesanalytics.i18n import Lang, format, text
from salesanalytics.insight.flags import Flag
from salesanalytics.ui.flag_words import flag_columns, flag_row
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.html import show
from salesanalytics.ui.tables import Cell, TableColumn, table

PAGE = 50
URGENT = "urgent"

ORDERS: dict[str, Callable[[Flag, Sequence[str]], Any]] = {
    "amount": lambda flag, _: -(flag.expected_amount if flag.expected_amount is not None else -1.0),
    "contacted": lambda flag, _: flag.contacted_on or date.min,
    "owner": lambda flag, _: (not flag.owner, flag.owner or ""),
    "stage": lambda flag, stages: stages.index(flag.stage),
}
"""What the list may be ordered by besides urgency, in which it comes; a stable order, so that urgency decides among equals."""


def alerts_table(flags: Sequence[Flag], kind: str, order: str, frame: Frame) -> None:
    """Draw one page of the list and the way to the others; the list has no scroll of its own, the page has."""
    lang, settings = frame.lang, frame.desk.settings
    ordered = in_order(flags, order, settings.stages.ids)
    unit = format.money_unit([flag.expected_amount for flag in ordered], lang)
    pages = -(-len(ordered) // PAGE)
    key = f"alerts-page-{kind}-{order}"
    page = min(max(int(st.session_state.get(key, 1) or 1), 1), pages)
    columns = [
        *flag_columns(lang, unit, settings.currency),
        TableColumn(text("alerts.column_contacted", lang), wide=True),
        TableColumn(text("alerts.column_file", lang), soft=True, wide=True, wrap=True),
    ]
    rows = [_row(flag, frame, unit, lang) for flag in ordered[(page - 1) * PAGE : page * PAGE]]
    with st.container(key="alerts-rows"):
        show(table(columns, rows, text("alerts.kind_label", lang)))
    if pages > 1:
        st.pagination(pages, key=key)


def in_order(flags: Sequence[Flag], order: str, stages: Sequence[str]) -> list[Flag]:
    """Return the flags in an order of ``ORDERS``, or as they come; stages in the order of the model."""
    return sorted(flags, key=lambda flag: ORDERS[order](flag, stages)) if order in ORDERS else list(flags)


def _row(flag: Flag, frame: Frame, unit: format.MoneyUnit, lang: Lang) -> list[Cell]:
    return [
        *flag_row(flag, frame.desk.settings, unit, lang),
        format.day(flag.contacted_on),
        text("alerts.source", lang, file=flag.file, sheet=flag.sheet, row=flag.row),
    ]
