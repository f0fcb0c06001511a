"""The funnel itself: centred bars with conversion, like-for-like change and dwell in columns; on a phone a short table."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from salesanalytics.charts.funnel import FunnelBar, funnel_figure
from salesanalytics.charts.theme import CONFIG
from salesanalytics.i18n import Lang, format, text
from salesanalytics.insight.funnel_reading import Step, bounds, slow
from salesanalytics.metrics.funnel import FunnelStage
from salesanalytics.metrics.types import Good
from salesanalytics.ui.cards import change_of
from salesanalytics.ui.empty import empty
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.funnel.answers import FunnelAnswer
from salesanalytics.ui.funnel.words import (
    compared_name,
    dwell_words,
    funnel_headline,
    funnel_subtitle,
    stage_name,
)
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.panel import panel
from salesanalytics.ui.tables import TableColumn, table

Column = tuple[str, str]
STEP_HEIGHT = 66
COLUMN_WIDTHS = (0.18, 0.4, 0.33)
YOUNG_SHARE = 0.2
"""A cohort of which more is still open reads low, and says so."""


def funnel_panel(frame: Frame, answer: FunnelAnswer, *, amounts: bool) -> None:
    """Draw the panel."""
    lang, settings = frame.lang, frame.desk.settings
    title = funnel_headline(answer, settings, lang)
    with panel("funnel", title, funnel_subtitle(answer, frame, amounts=amounts)):
        if answer.empty:
            empty(text("funnel.empty", lang), text("funnel.empty_note", lang))
            return
        unit = format.money_unit([stage.amount for stage in answer.stages], lang)
        bars = [_bar(at, answer, frame, unit if amounts else None) for at in range(len(answer.stages))]
        before = compared_name(answer.compared, answer.mode, lang, short=True)
        headers = [
            text(f"funnel.column_{answer.mode}", lang),
            text("funnel.column_change", lang, before=before) if before else "",
            text("funnel.column_dwell", lang),
        ]
        with st.container(key="funnel-chart"):
            worst = None if answer.worst is None else answer.worst + 1
            figure = funnel_figure(
                bars,
                frame.tokens,
                headers=headers,
                worst=worst,
                step_height=STEP_HEIGHT,
                name_width=_name_width(bars, lang),
                column_widths=COLUMN_WIDTHS,
            )
            st.plotly_chart(figure, key="funnel-figure", config=CONFIG, theme=None)
        with st.container(key="funnel-list"):
            show(_phone_table(bars, headers, title, frame))
        _notes(answer, frame)


def _name_width(bars: Sequence[FunnelBar], lang: Lang) -> int:
    longest = max(len(bar.name) for bar in bars)
    return max(76, longest * (20 if lang == "zh" else 12) + 20)


def _bar(at: int, answer: FunnelAnswer, frame: Frame, unit: format.MoneyUnit | None) -> FunnelBar:
    lang, stage = frame.lang, answer.stages[at]
    size = float(stage.customers) if unit is None else stage.amount or 0.0
    currency = frame.desk.settings.currency
    label = (
        format.number(stage.customers)
        if unit is None
        else format.money(stage.amount, lang, unit=unit, currency=currency)
    )
    below = ""
    if answer.mode != "snapshot" and stage.n and stage.not_advanced:
        below = text("funnel.not_advanced", lang, n=format.number(stage.not_advanced))
    arrived = answer.steps[at - 1] if at else None
    long = slow(stage, answer.usual.get(stage.stage), frame.desk.settings)
    last = at == len(answer.stages) - 1
    columns: list[Column] = [
        *_step_columns(arrived, answer, frame),
        ("" if last else dwell_words(stage, lang, slow=long), "bad" if long else "text"),
    ]
    hover = text(
        "funnel.hover",
        lang,
        stage=stage_name(stage.stage, frame.desk.settings, lang),
        n=format.number(stage.customers),
        amount=format.money_exact(stage.amount, currency),
        lost=format.number(stage.lost),
        still=format.number(stage.still),
    )
    return FunnelBar(stage_name(stage.stage, frame.desk.settings, lang), size, label, below, columns, hover)


def _step_columns(step: Step | None, answer: FunnelAnswer, frame: Frame) -> list[Column]:
    lang = frame.lang
    if step is None:
        return [("", "text"), ("", "text")]
    share = format.share(step.share)
    if step.small:
        return [(share, "muted"), (text("funnel.small", lang, n=step.source.n), "muted")]
    shown = (share, "muted") if step.unsure else (f"<b>{share}</b>", "text")
    found = change_of(
        step.change, format.points(step.change, lang), Good.NEITHER if answer.mode == "snapshot" else Good.UP, lang
    )
    if found is None:
        return [shown, (format.DASH if answer.compared else "", "muted")]
    words = " ".join(part for part in (found.arrow, found.figure, found.word) if part)
    return [shown, (f"<b>{words}</b>", "muted" if found.judgement == "neutral" else found.judgement)]


def _phone_table(bars: Sequence[FunnelBar], headers: Sequence[str], title: str, frame: Frame) -> str:
    columns = [
        TableColumn(text("dimension.stage", frame.lang)),
        TableColumn("", number=True),
        TableColumn(headers[0], number=True),
        TableColumn(headers[2], number=True, wrap=True),
    ]
    rows = [
        (bar.name, bar.label, bar.columns[0][0].replace("<b>", "").replace("</b>", ""), bar.columns[2][0])
        for bar in bars
    ]
    return table(columns, rows, title)


def _notes(answer: FunnelAnswer, frame: Frame) -> None:
    lang = frame.lang
    first: FunnelStage = answer.stages[0]
    notes = []
    around = bounds(first) if answer.mode == "cohort" else None
    if around:
        notes.append(
            text(
                "funnel.unknown_stage",
                lang,
                n=first.from_unknown,
                stage=stage_name(first.stage, frame.desk.settings, lang),
                low=format.share(around[0]),
                high=format.share(around[1]),
            )
        )
    still = sum(stage.still for stage in answer.stages)
    if answer.mode == "cohort" and first.customers and still / first.customers > YOUNG_SHARE:
        notes.append(text("funnel.young", lang, n=still, share=format.share(still / first.customers, 0)))
    if answer.compared and answer.mode == "cohort":
        before = compared_name(answer.compared, answer.mode, lang)
        notes.append(text("funnel.like_for_like", lang, before=before, day=format.day(answer.compared.as_of)))
    if notes:
        show(f'<div class="sa-panel-note">{escape(" · ".join(notes))}</div>')
