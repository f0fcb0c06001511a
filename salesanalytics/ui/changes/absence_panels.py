"""Rows that are not in the newest export, and rows that came back: each customer with amount and when last seen. Nothing where there are neither."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from salesanalytics.i18n import Lang, format, text
from salesanalytics.insight.changes.absences import Absence
from salesanalytics.insight.changes.moves import NOTHING
from salesanalytics.ui.changes.answers import Answers
from salesanalytics.ui.changes.lower_panels import head, rows_and_rest
from salesanalytics.ui.changes.words import Money, money_for, number_id, owner_name, stage_name
from salesanalytics.ui.empty import empty
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.panel import panel
from salesanalytics.ui.tables import Cell, Customer, table


def absence_panels(frame: Frame, answers: Answers) -> None:
    """Draw both panels beside each other."""
    if not answers.missing and not answers.reappeared:
        return
    with st.container(key="changes-absent"):
        _panel(
            frame, "missing", answers.missing, _missing_cells(frame), ("customer", "owner", "stage", "amount", "seen")
        )
        columns = ("customer", "owner", "amount", "seen", "back")
        _panel(frame, "reappeared", answers.reappeared, _back_cells(frame), columns)


def _panel(
    frame: Frame,
    kind: str,
    found: Sequence[Absence],
    cells: Callable[[Absence, Money], list[Cell]],
    columns: tuple[str, ...],
) -> None:
    lang = frame.lang
    amounts = [abs(one.move.amount) for one in found]
    money = money_for(amounts, frame)
    total = money.full(sum(amounts, NOTHING))
    title = text(f"changes.{kind}_title" if found else f"changes.{kind}_title_none", lang, n=len(found))
    with panel(f"changes-{kind}", title, text(f"changes.{kind}_subtitle", lang, amount=total) if found else ""):
        if not found:
            empty(text(f"changes.{kind}_none", lang))
            return
        place = columns.index("amount")
        rows = rows_and_rest(
            frame, found, cells, lambda one: abs(one.move.amount), number_id("bar", kind), money, place
        )
        show(table(head(frame, money, *columns), rows, title))
        if any(one.last_seen_in for one in found):
            show(f'<div class="sa-panel-note">{escape(text("changes.seen_note", lang))}</div>')


def _amount(one: Absence, money: Money) -> str:
    return format.DASH if one.move.unknown else money.plain(abs(one.move.amount))


def seen_words(one: Absence, lang: Lang) -> str:
    """Return the day of the last import that held a row, and its file where a later one of that day does not hold it."""
    day = format.day(one.last_seen_on)
    return text("changes.seen_in", lang, day=day, file=one.last_seen_in) if one.last_seen_in else day


def _missing_cells(frame: Frame) -> Callable[[Absence, Money], list[Cell]]:
    def cells(one: Absence, money: Money) -> list[Cell]:
        deal = one.move.deal
        stage = stage_name(deal.stage, frame.desk.settings, frame.lang)
        return [
            Customer(deal.name, deal.customer_id),
            owner_name(deal, frame.lang),
            stage,
            _amount(one, money),
            seen_words(one, frame.lang),
        ]

    return cells


def _back_cells(frame: Frame) -> Callable[[Absence, Money], list[Cell]]:
    def cells(one: Absence, money: Money) -> list[Cell]:
        deal = one.move.deal
        days = [seen_words(one, frame.lang), format.day(one.back_on)]
        return [Customer(deal.name, deal.customer_id), owner_name(deal, frame.lang), _amount(one, money), *days]

    return cells
