"""Who wins more than the whole, and who less: lead → won with 95 % intervals by a dimension."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from salesanalytics.charts.intervals import IntervalDot, interval_figure
from salesanalytics.charts.theme import CONFIG
from salesanalytics.i18n import Lang, format, text
from salesanalytics.insight.funnel_reading import GroupWon, groups_won
from salesanalytics.stages import WON
from salesanalytics.ui.choices import choice
from salesanalytics.ui.empty import empty
from salesanalytics.ui.filter_values import values_of
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.funnel.answers import asked_funnel
from salesanalytics.ui.funnel.words import period_words
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.panel import headline
from salesanalytics.ui.tables import TableColumn, Toned, table

DIMENSIONS = ("source", "industry", "region", "owner")
MOST_ROWS = 14
ROOMY_UP_TO = 9
ROW_HEIGHT, TIGHT_ROW_HEIGHT = 34, 27


def intervals_panel(frame: Frame) -> None:
    """Draw the panel."""
    lang, desk = frame.lang, frame.desk
    with st.container(key="panel-intervals", border=True, gap="xxsmall", height="stretch"):
        with st.container(key="interval-head", horizontal=True, vertical_alignment="top"):
            words = st.container()
            filled = [name for name in DIMENSIONS if values_of(desk, name)] or list(DIMENSIONS)
            options = {name: text(f"ui.dimension_{name}", lang) for name in filled}
            by = choice("by", options, filled[0], label=text("funnel.by", lang))
        whole = asked_funnel(desk, frame.filters, "cohort").of(None)
        leads = whole[0].customers if whole else 0
        won = next((stage.customers for stage in whole if stage.stage == WON), 0)
        subtitle = text(
            "funnel.intervals_subtitle", lang, period=period_words(frame, "cohort"), n=desk.settings.metrics.min_sample
        )
        if not leads:
            with words:
                show(headline(text("funnel.none", lang), subtitle))
            empty(text("funnel.empty", lang), text("funnel.empty_note", lang))
            return
        overall = won / leads
        found = groups_won(asked_funnel(desk, frame.filters, "cohort", by), overall, desk.settings, WON)
        title = intervals_headline(found, overall, by, lang)
        with words:
            show(headline(title, subtitle))
        shown = found[:MOST_ROWS]
        dots = [_dot(one, by, lang) for one in shown]
        label = text("funnel.overall", lang, share=format.share(overall))
        with st.container(key="interval-chart"):
            longest = max(len(dot.name) * (14 if lang == "zh" else 8) for dot in dots)
            figure = interval_figure(
                dots,
                overall,
                label,
                frame.tokens,
                row_height=ROW_HEIGHT if len(dots) <= ROOMY_UP_TO else TIGHT_ROW_HEIGHT,
                label_width=min(120, max(64, longest + 10)),
            )
            st.plotly_chart(figure, key=f"funnel-intervals-{by}", config=CONFIG, theme=None)
        with st.container(key="interval-list"):
            show(_phone_table(dots, label, title))
        if len(found) > len(shown):
            note = text("funnel.intervals_more", lang, n=len(found) - len(shown))
            show(f'<div class="sa-panel-note">{escape(note)}</div>')


def group_name(name: str, by: str, lang: Lang) -> str:
    """Return a value as people read it."""
    return name or text("ui.pool" if by == "owner" else "ui.no_value", lang)


def intervals_headline(found: Sequence[GroupWon], overall: float, by: str, lang: Lang) -> str:
    """Return who stands out; only intervals that leave the whole out count."""
    dimension = text(f"ui.dimension_{by}", lang)
    above = [one for one in found if one.standing == "above"]
    below = [one for one in found if one.standing == "below"]
    if above and below:
        return text(
            "funnel.intervals_both",
            lang,
            best=group_name(above[0].name, by, lang),
            share=format.share(above[0].share),
            worst=group_name(below[-1].name, by, lang),
            low=format.share(below[-1].share),
        )
    if above:
        return text(
            "funnel.intervals_above", lang, best=group_name(above[0].name, by, lang), share=format.share(above[0].share)
        )
    if below:
        return text(
            "funnel.intervals_below",
            lang,
            worst=group_name(below[-1].name, by, lang),
            low=format.share(below[-1].share),
        )
    if all(one.standing == "small" for one in found):
        return text("funnel.intervals_small", lang, dimension=dimension)
    return text("funnel.intervals_none", lang, dimension=dimension, share=format.share(overall))


def _dot(one: GroupWon, by: str, lang: Lang) -> IntervalDot:
    mark = {"above": "▲ ", "below": "▼ "}.get(one.standing, "")
    small = one.standing == "small"
    name = group_name(one.name, by, lang)
    around = f"{format.share(one.low)} – {format.share(one.high)}"
    return IntervalDot(
        name=name,
        share=one.share,
        low=one.low,
        high=one.high,
        standing=one.standing,
        value_text=text("ui.small_sample", lang) if small else f"{mark}{format.share(one.share)}",
        sample_text=f"{format.number(one.won)} / {format.number(one.leads)}",
        hover=f"{name}: <b>{format.share(one.share)}</b><br>95 %: {around}<br>{one.won} / {one.leads}",
    )


def _phone_table(dots: Sequence[IntervalDot], label: str, title: str) -> str:
    tones = {"above": "good", "below": "bad", "within": "plain", "small": "neutral"}
    rows = [
        (dot.name, Toned(dot.value_text, tones[dot.standing]), dot.sample_text)  # type: ignore[arg-type]
        for dot in dots
    ]
    return table(
        [TableColumn(""), TableColumn(label, number=True), TableColumn("k / n", number=True, soft=True)], rows, title
    )
