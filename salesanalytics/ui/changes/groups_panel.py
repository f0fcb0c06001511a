"""The bridges of all teams, reps or months side by side: every number opens its deals, the last row is the whole."""

from __future__ import annotations

from decimal import Decimal

import streamlit as st

from salesanalytics.i18n import format, text
from salesanalytics.insight.changes.bridge import Bridge, Changes
from salesanalytics.insight.changes.moves import INFLOWS, KINDS, NOTHING, Kind
from salesanalytics.insight.changes.stock import Stock
from salesanalytics.ui.changes.chosen import Chosen, group_name
from salesanalytics.ui.changes.waterfall_panel import bar_id
from salesanalytics.ui.changes.words import Money, money_for
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.html import show
from salesanalytics.ui.panel import headline
from salesanalytics.ui.tables import Cell, Opens, TableColumn, table

TABLE_HEIGHT = 580


def groups_panel(frame: Frame, chosen: Chosen, found: Changes) -> None:
    """Draw the panel where the changes are cut."""
    if not found.by:
        return
    lang = frame.lang
    money = money_for([bar.amount for one in found.groups for bar in one.bars] or [found.whole.start.amount], frame)
    kinds = [kind for kind in KINDS if any(bar.kind == kind for one in found.groups for bar in one.bars)]
    if chosen.measure == "count":
        kinds = [kind for kind in kinds if kind not in ("increased", "decreased")]
    columns = [
        TableColumn(text(f"changes.column_group_{found.by}", lang)),
        TableColumn(text("changes.column_start", lang), number=True),
        *(TableColumn(text(f"changes.kind.{kind}", lang), number=True, wide=True) for kind in kinds),
        TableColumn(text("changes.column_end", lang), number=True),
    ]
    rows = [_row(frame, chosen, found, one, kinds, money) for one in found.groups]
    unit = money.name if chosen.measure == "amount" else text("changes.column_customers", lang)
    with st.container(key="panel-change-groups", border=True, gap="xxsmall"):
        title = _title(frame, chosen, found, money)
        show(headline(title, text("changes.groups_subtitle", lang, unit=unit)))
        show(table(columns, [*rows, _total(chosen, found, kinds, money)], title, height=TABLE_HEIGHT))


def _title(frame: Frame, chosen: Chosen, found: Changes, money: Money) -> str:
    """Which group changed most, in what is looked at."""
    by_count = chosen.measure == "count"

    def change(one: Bridge) -> Decimal:
        return Decimal(one.end.customers - one.start.customers) if by_count else one.end.amount - one.start.amount

    most = max(found.groups, key=lambda one: abs(change(one)))
    if not change(most):
        return text("changes.groups_title_none", frame.lang)
    said = format.number(change(most), signed=True) if by_count else money.full(change(most), signed=True)
    return text(
        f"changes.groups_title_{found.by}", frame.lang, group=group_name(most.group, found.by, frame.lang), amount=said
    )


def _stock(stock: Stock, chosen: Chosen, money: Money) -> str:
    return format.number(stock.customers) if chosen.measure == "count" else money.plain(stock.amount)


def _row(frame: Frame, chosen: Chosen, found: Changes, bridge: Bridge, kinds: list[Kind], money: Money) -> list[Cell]:
    cells: list[Cell] = [group_name(bridge.group, found.by, frame.lang), _stock(bridge.start, chosen, money)]
    for kind in kinds:
        bar = bridge.bar(kind)
        if not bar.customers:
            cells.append(format.DASH)
            continue
        count = bar.customers if kind in INFLOWS else -bar.customers
        words = format.number(count, signed=True)
        if chosen.measure == "amount":
            nameless = bar.unknown == bar.customers
            words = (
                text("changes.deals", frame.lang, n=bar.customers) if nameless else money.plain(bar.amount, signed=True)
            )
        cells.append(Opens(words, bar_id(found, bridge, kind)))
    return [*cells, _stock(bridge.end, chosen, money)]


def _total(chosen: Chosen, found: Changes, kinds: list[Kind], money: Money) -> list[Cell]:
    cells: list[Cell] = [text("changes.total", money.lang), _stock(found.whole.start, chosen, money)]
    for kind in kinds:
        bars = [one.bar(kind) for one in found.groups]
        count = sum(bar.customers for bar in bars)
        amount = sum((bar.amount for bar in bars), NOTHING)
        signed = count if kind in INFLOWS else -count
        cells.append(
            format.number(signed, signed=True) if chosen.measure == "count" else money.plain(amount, signed=True)
        )
    return [*cells, _stock(found.whole.end, chosen, money)]
