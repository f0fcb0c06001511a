"""What a won customer costs, channel by channel; one line on what to upload where no cost is given."""

from __future__ import annotations

import streamlit as st

from salesanalytics.i18n import Lang, format, text
from salesanalytics.insight.channels import Channel, Channels
from salesanalytics.metrics.families import METRICS
from salesanalytics.metrics.types import Filters
from salesanalytics.ui.bars import Bar, bars
from salesanalytics.ui.channels.answers import costs_given
from salesanalytics.ui.channels.chosen import span_words
from salesanalytics.ui.channels.words import channel_name
from salesanalytics.ui.filters import link_params
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.panel import panel
from salesanalytics.ui.tables import Opens

COSTS = ("cost_per_won", "cost_per_lead", "channel_cost", "return_on_cost")


def cost_panel(frame: Frame, found: Channels, filters: Filters) -> None:
    """Draw the panel, or the line."""
    lang = frame.lang
    if not found.costed:
        _no_cost(frame)
        return
    lines = [(at, one) for at, one in enumerate(found.channels) if one.figures.values["channel_cost"] is not None]
    # the dearest first; what brought nobody for its money before all others
    lines.sort(key=lambda item: -_dearness(item[1]))
    title = _headline([one for _, one in lines], lang, frame.desk.settings.currency)
    with panel("channels-cost", title, _subtitle(found, filters, frame)):
        show(_bars(lines, found, frame))
        for note in _notes(found, lang):
            show(f'<div class="sa-panel-note">{escape(note)}</div>')


def _dearness(one: Channel) -> float:
    cost = one.figures.values["cost_per_won"]
    return float("inf") if cost is None else cost


def _headline(lines: list[Channel], lang: Lang, currency: str) -> str:
    known = [one for one in lines if one.figures.values["cost_per_won"] is not None and one.named]
    if not known:
        return text("channels.cost_title", lang)
    dear, cheap = max(known, key=_dearness), min(known, key=_dearness)
    if dear is cheap:
        return text("channels.cost_one", lang, name=channel_name(dear, lang), cost=_money(dear, lang, currency))
    return text(
        "channels.cost_headline",
        lang,
        dear=channel_name(dear, lang),
        cost=_money(dear, lang, currency),
        times=format.number(_dearness(dear) / _dearness(cheap), 1) if _dearness(cheap) else format.DASH,
        cheap=channel_name(cheap, lang),
    )


def _money(one: Channel, lang: Lang, currency: str) -> str:
    return format.money(one.figures.values["cost_per_won"], lang, unit=format.ONE, currency=currency)


def _subtitle(found: Channels, filters: Filters, frame: Frame) -> str:
    lang, currency = frame.lang, frame.desk.settings.currency
    values = found.total.figures.values
    return text(
        "channels.cost_subtitle",
        lang,
        period=span_words(filters, lang),
        total=format.money(values["channel_cost"], lang, currency=currency),
        n=format.number(found.total.figures.n["cost_per_won"]),
        one=format.currency_symbol(currency) + "1",
        back=format.currency_symbol(currency) + format.number(values["return_on_cost"], 1),
    )


def _bars(lines: list[tuple[int, Channel]], found: Channels, frame: Frame) -> str:
    lang, currency = frame.lang, frame.desk.settings.currency
    whole = found.total.figures.values["cost_per_won"]
    longest = max([one.figures.values["cost_per_won"] or 0.0 for _, one in lines] + [whole or 0.0]) or 1.0
    unit = format.money_unit([one.figures.values["channel_cost"] for _, one in lines], lang)
    rows = [_bar(at, one, whole, longest, unit, lang) for at, one in [*lines, (len(found.channels), found.total)]]
    units = (format.ONE, format.ONE, unit)
    heads = [
        text("channels.with_unit", lang, name=METRICS[name].short(lang), unit=format.unit_name(size, lang, currency))
        for name, size in zip(COSTS, units, strict=False)
    ]
    return bars(
        rows,
        text("channels.cost_title", lang),
        tick_label=text(
            "channels.cost_overall", lang, cost=format.money(whole, lang, unit=format.ONE, currency=currency)
        ),
        tick_at=whole / longest if whole else None,
        heads=[*heads, METRICS["return_on_cost"].short(lang)],
    )


def _bar(at: int, one: Channel, whole: float | None, longest: float, unit: format.MoneyUnit, lang: Lang) -> Bar:
    values = one.figures.values
    words = (
        format.money_plain(values["cost_per_won"], format.ONE),
        format.money_plain(values["cost_per_lead"], format.ONE),
        format.money_plain(values["channel_cost"], unit),
        format.number(values["return_on_cost"], 1),
    )
    return Bar(
        channel_name(one, lang),
        (values["cost_per_won"] or 0.0) / longest,
        tick=whole / longest if whole else None,
        strong=bool(one.sources) and (values["cost_per_won"] or 0.0) > (whole or 0.0),
        cells=[
            figure if figure == format.DASH else Opens(figure, f"{at}:{name}")
            for figure, name in zip(words, COSTS, strict=True)
        ],
        bold=not one.sources,
    )


def _notes(found: Channels, lang: Lang) -> list[str]:
    left, won = (
        found.total.figures.left_out.get("cost_per_lead", 0),
        found.total.figures.left_out.get("cost_per_won", 0),
    )
    notes = []
    if left or won:
        notes.append(text("channels.cost_left_out", lang, leads=format.number(left), won=format.number(won)))
    notes.append(text("channels.cost_limits", lang))
    return notes


def _no_cost(frame: Frame) -> None:
    lang = frame.lang
    with st.container(key="panel-channels-cost", border=True):
        if costs_given(frame.desk):
            show(f'<div class="sa-muted sa-small">{escape(text("channels.cost_not_divisible", lang))}</div>')
            return
        with st.container(key="channels-no-cost", horizontal=True, vertical_alignment="center"):
            show(f'<div class="sa-muted sa-small">{escape(text("channels.cost_none", lang))}</div>', width="content")
            st.page_link("pages/data.py", label=text("ui.to_upload", lang), query_params=link_params())
