"""The bridge as a waterfall: clickable bars, their names beneath as links, a list instead on a phone."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import streamlit as st

from salesanalytics.charts.theme import CONFIG
from salesanalytics.charts.waterfall import Role, WaterfallBar, axis_ticks, waterfall_figure
from salesanalytics.i18n import format, text
from salesanalytics.insight.changes.bridge import Bar, Bridge, Changes
from salesanalytics.insight.changes.moves import INFLOWS
from salesanalytics.insight.changes.stock import Stock
from salesanalytics.ui.changes.chosen import Chosen, axis_from_zero, chosen_bridge
from salesanalytics.ui.changes.words import (
    Money,
    bar_amount,
    below,
    bridge_money,
    exact,
    headline,
    is_repriced,
    notes,
    number_id,
    subtitle,
)
from salesanalytics.ui.data import digest
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.panel import headline as head_markup
from salesanalytics.ui.tables import Cell, Opens, TableColumn, table

HEIGHT = 330


def waterfall_panel(frame: Frame, chosen: Chosen, found: Changes) -> None:
    """Draw the panel."""
    lang = frame.lang
    with st.container(key="panel-bridge", border=True, gap="xxsmall", height="stretch"):
        with st.container(key="bridge-head", horizontal=True, vertical_alignment="top", gap="small"):
            words = st.container(key="bridge-words")
            with st.container(key="bridge-tools", horizontal=True, vertical_alignment="center", width="content"):
                bridge = chosen_bridge(found, lang)
                from_zero = axis_from_zero(lang)
        money = bridge_money(bridge, frame)
        title = headline(bridge, found, chosen, money)
        with words:
            show(head_markup(title, subtitle(bridge, found, chosen, money)))
        shown = [bar for bar in bridge.bars if chosen.measure == "amount" or not is_repriced(bar)]
        bars = _bars(frame, chosen, found, bridge, shown, money)
        ticks = axis_ticks(bars, from_zero=from_zero)
        with st.container(key="wide-only-bridge", gap="xxsmall"):
            _chart(frame, chosen, bars, ticks, bridge.group)
            show(_names(frame, chosen, found, bridge, shown))
        with st.container(key="phone-only-bridge"):
            show(_list(frame, chosen, found, bridge, shown, money, title))
        show(_notes(frame, chosen, found, bridge, money, min(ticks)))


def bar_id(found: Changes, bridge: Bridge, kind: str) -> str:
    """Return the id of a bar: of all, or of one group."""
    return number_id("bar", kind) if bridge is found.whole else number_id("bar", kind, bridge.group)


def _bars(
    frame: Frame, chosen: Chosen, found: Changes, bridge: Bridge, shown: Sequence[Bar], money: Money
) -> list[WaterfallBar]:
    ends = [_end(frame, chosen, stock, name, money) for name, stock in (("start", bridge.start), ("end", bridge.end))]
    moved = []
    for bar in shown:
        count = bar.customers if bar.kind in INFLOWS else -bar.customers
        drawn = float(count) if chosen.measure == "count" else float(bar.amount) / money.unit.size
        kind = text(f"changes.kind.{bar.kind}", frame.lang)
        meaning = text(f"changes.meaning.{bar.kind}", frame.lang)
        hover = f"<b>{kind}</b> {exact(bar.amount, frame)}<br>{below(bar, frame.lang)}<br>{meaning}"
        number = bar_id(found, bridge, bar.kind)
        moved.append(WaterfallBar(_role(bar), drawn, bar_amount(bar, chosen, money), hover, number))
    return [ends[0], *moved, ends[1]]


def _role(bar: Bar) -> Role:
    if bar.kind == "missing":
        return "missing"
    return "in" if bar.kind in (*INFLOWS, "increased") else "out"


def _end(frame: Frame, chosen: Chosen, stock: Stock, name: str, money: Money) -> WaterfallBar:
    title, deals = text(f"changes.{name}", frame.lang), text("changes.deals", frame.lang, n=stock.customers)
    hover = f"<b>{title}</b> {exact(stock.amount, frame)}<br>{deals}"
    if chosen.measure == "count":
        return WaterfallBar("end", float(stock.customers), format.number(stock.customers), hover, "")
    return WaterfallBar("end", float(stock.amount) / money.unit.size, money.plain(stock.amount), hover, "")


def _chart(frame: Frame, chosen: Chosen, bars: list[WaterfallBar], ticks: list[float], group: str) -> None:
    whole = all(float(tick).is_integer() for tick in ticks)
    words = [format.number(tick, 0 if whole else 1) for tick in ticks]
    figure = waterfall_figure(bars, frame.tokens, ticks=ticks, tick_text=words, height=HEIGHT)
    st.plotly_chart(
        figure, key=f"changes-bridge-{digest(chosen, group, frame.where, ticks)[:10]}", config=CONFIG, theme=None
    )


def _names(frame: Frame, chosen: Chosen, found: Changes, bridge: Bridge, shown: Sequence[Bar]) -> str:
    """The names under the bars, as many equal columns as bars: links, so that the keyboard opens them too."""
    lang = frame.lang
    ends = [
        f"<div><b>{escape(format.month_day(day))} {escape(text(f'changes.{name}', lang))}</b>"
        f"<span>{escape(text('changes.deals', lang, n=stock.customers))}</span></div>"
        for name, day, stock in (("start", found.start_on, bridge.start), ("end", found.end_on, bridge.end))
    ]
    middle = [
        f'<div title="{escape(text(f"changes.meaning.{bar.kind}", lang))}">'
        f'<a class="sa-open" href="#" data-open="{escape(bar_id(found, bridge, bar.kind))}">{escape(text(f"changes.kind.{bar.kind}", lang))}</a>'
        f"<span>{escape(text('changes.deals', lang, n=bar.customers))}</span>{_nameless(bar, frame, chosen)}</div>"
        for bar in shown
    ]
    return f'<div class="sa-bar-names" style="--bars:{len(shown) + 2}">{ends[0]}{"".join(middle)}{ends[1]}</div>'


def _nameless(bar: Bar, frame: Frame, chosen: Chosen) -> str:
    said = text("changes.without_amount", frame.lang, n=bar.unknown)
    return f'<small class="sa-muted">{escape(said)}</small>' if bar.unknown and chosen.measure == "amount" else ""


def _list(
    frame: Frame, chosen: Chosen, found: Changes, bridge: Bridge, shown: Sequence[Bar], money: Money, title: str
) -> str:
    lang = frame.lang
    amount = text("changes.column_amount", lang, unit=money.name)
    columns = [
        TableColumn(text("changes.column_flow", lang)),
        TableColumn(text("changes.column_customers", lang), number=True),
        TableColumn(amount, number=True),
    ]

    def end(name: str, stock: Stock) -> list[Cell]:
        return [text(f"changes.{name}", lang), format.number(stock.customers), money.plain(stock.amount)]

    rows: list[list[Cell]] = [end("start", bridge.start)]
    for bar in shown:
        words = money.plain(bar.amount, signed=True) if bar.unknown < bar.customers else format.DASH
        opened = Opens(words, bar_id(found, bridge, bar.kind))
        rows.append([text(f"changes.kind.{bar.kind}", lang), format.number(bar.customers), opened])
    return table(columns, [*rows, end("end", bridge.end)], title)


def _notes(frame: Frame, chosen: Chosen, found: Changes, bridge: Bridge, money: Money, floor_at: float) -> str:
    lang = frame.lang
    floor = format.number(floor_at)
    if chosen.measure == "amount":
        floor = money.full(Decimal(repr(floor_at)) * money.unit.size)
    axis = text("changes.cut_note", lang, floor=floor)
    # phones show the bridge as a table, which has no axis
    drawn = f'<span class="sa-axis-note">{escape(axis if floor_at > 0 else text("changes.zero_note", lang))} </span>'
    said = notes(bridge, found, chosen, money)
    still = "" if bridge.bars else f"{escape(text('changes.nothing_moved', lang))} "
    return f'<div class="sa-panel-note">{still}{drawn}{escape(" ".join(said))}</div>'
