"""The Trends page's panel: one thick line or bars with target and past, or up to six lines of a split, each named at its end."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from salesanalytics.charts.theme import CONFIG
from salesanalytics.charts.ticks import nice_ticks
from salesanalytics.charts.trend import Series, trend_figure
from salesanalytics.i18n import format, text
from salesanalytics.insight.time_series import Point, adds_up
from salesanalytics.ui.empty import empty
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.panel import panel
from salesanalytics.ui.phone_trend import phone_trend
from salesanalytics.ui.trends.answers import Trend, stacked
from salesanalytics.ui.trends.chosen import Chosen
from salesanalytics.ui.trends.values import Scale
from salesanalytics.ui.trends.words import bucket_name, bucket_names, part_name, part_words, trend_headline

HEIGHT, PHONE_HEIGHT = 400, 260


def trend_panel(frame: Frame, chosen: Chosen, trend: Trend, scale: Scale) -> None:
    """Draw the panel."""
    lang, settings = frame.lang, frame.desk.settings
    title = trend_headline(trend, chosen, scale, settings, lang)
    with panel("trend", title, _subtitle(chosen, trend, scale, frame), height="content"):
        if trend.empty:
            empty(text("trends.empty", lang), text("trends.empty_note", lang))
            return
        names = bucket_names(trend.buckets, chosen.grain)
        series = _parts(frame, chosen, trend, scale, names) or _lines(frame, chosen, trend, scale, names)
        ticks = _ticks(series, chosen)
        figure, on_phone = (
            trend_figure(
                names,
                series,
                frame.tokens,
                ticks=ticks,
                tick_text=[scale.tick(tick) for tick in ticks],
                whole=trend.whole,
                bars=chosen.bars and (not chosen.split or stacked(chosen)),
                stacked=stacked(chosen),
                height=PHONE_HEIGHT if phone else HEIGHT,
                label_width=190 if chosen.split or trend.whole < len(names) else 150,
                phone=phone,
            )
            for phone in (False, True)
        )
        with st.container(key="trends-plot"):
            st.plotly_chart(figure, key="trends-chart", config=CONFIG, theme=None)
        phone_trend("trends-chart", on_phone, series, frame.tokens)
        _notes(chosen, trend, frame)


def _subtitle(chosen: Chosen, trend: Trend, scale: Scale, frame: Frame) -> str:
    lang = frame.lang
    parts = [
        text("trends.subtitle", lang, metric=chosen.metric.title(lang), grain=text(f"trends.by_{chosen.grain}", lang)),
        scale.name,
        text(
            "trends.span",
            lang,
            start=bucket_name(trend.buckets[0], chosen.grain),
            end=bucket_name(trend.buckets[-1], chosen.grain),
        ),
    ]
    last = trend.points[-1]
    if last.partial and trend.parts:
        words = part_words(last.whole, last.days, lang)
        parts.append(text("trends.part_of", lang, bucket=bucket_name(last.whole, chosen.grain), part=words))
    if chosen.metric.stock:
        parts.append(text("trends.stock", lang))
    else:
        parts.append(f"n = {format.number(sum(point.n for point in trend.points))}")
    if trend.target:
        parts.append(text("trends.dashed", lang))
    if trend.past:
        parts.append(text(f"trends.pale_{chosen.compare}", lang))
    return text("trends.comma", lang).join(part for part in parts if part)


def _hover(names: Sequence[str], points: Sequence[Point], chosen: Chosen, scale: Scale, frame: Frame) -> list[str]:
    sample = chosen.metric.min_sample(frame.desk.settings)
    texts = []
    for name, point in zip(names, points, strict=True):
        extra = [f"n = {format.number(point.n)}"]
        if sample and point.n < sample:
            extra.append(text("ui.small_sample", frame.lang))
        if point.partial:
            extra.append(part_words(point.whole, point.days, frame.lang))
        texts.append(f"{name}: <b>{scale.exact(point.value)}</b><br>{' · '.join(extra)}")
    return texts


def _small(points: Sequence[Point], chosen: Chosen, frame: Frame) -> list[bool]:
    sample = chosen.metric.min_sample(frame.desk.settings)
    return [bool(sample) and point.n < sample for point in points]


def _grey(points: Sequence[Point], chosen: Chosen, trend: Trend, frame: Frame) -> list[bool]:
    small = _small(points, chosen, frame)
    return [one or trend.young(point) for one, point in zip(small, points, strict=True)]


def _lines(frame: Frame, chosen: Chosen, trend: Trend, scale: Scale, names: Sequence[str]) -> list[Series]:
    lang = frame.lang
    last = trend.points[-1]
    label = text("trends.label_actual", lang, value=scale.label(last.value))
    if last.partial:
        label += f"<br><span style='font-size:12px'>{part_words(last.whole, last.days, lang)}</span>"
    found = [
        Series(
            "actual",
            [scale.scaled(point.value) for point in trend.points],
            label,
            _hover(names, trend.points, chosen, scale, frame),
            small=_grey(trend.points, chosen, trend, frame),
        )
    ]
    if trend.target:
        aim = next(value for value in reversed(trend.target) if value is not None)
        words = text("trends.label_target", lang, value=scale.label(aim))
        found.append(Series("target", [scale.scaled(value) for value in trend.target], words))
    if trend.past:
        then = bucket_names([point.whole for point in trend.past], chosen.grain)
        known = next((point.value for point in reversed(trend.past) if point.value is not None), None)
        words = text(f"trends.label_{chosen.compare}", lang, value=scale.label(known))
        hover = [f"{label_}: {scale.exact(point.value)}" for label_, point in zip(then, trend.past, strict=True)]
        found.append(Series("past", [scale.scaled(point.value) for point in trend.past], words, hover))
    return found


def _parts(frame: Frame, chosen: Chosen, trend: Trend, scale: Scale, names: Sequence[str]) -> list[Series]:
    found, height = list[Series](), 0.0
    for place, part in enumerate(trend.parts):
        values = [scale.scaled(point.value) for point in part.points]
        name = part_name(part, chosen.split or "", frame.lang)
        label_at = None
        if stacked(chosen):
            label_at, height = height + (values[-1] or 0.0) / 2, height + (values[-1] or 0.0)
        hover = [f"{name}<br>{words}" for words in _hover(names, part.points, chosen, scale, frame)]
        colour = frame.tokens.muted if part.rest else frame.tokens.categories[place]
        found.append(
            Series(
                "actual",
                values,
                f"{name} {scale.label(part.points[-1].value)}",
                hover,
                colour,
                _grey(part.points, chosen, trend, frame),
                label_at,
            )
        )
    return found


def _ticks(series: Sequence[Series], chosen: Chosen) -> list[float]:
    if stacked(chosen):
        columns = zip(*(one.values for one in series), strict=True)
        return nice_ticks(max((sum(value or 0.0 for value in column) for column in columns), default=1.0))
    known = [value for one in series for value in one.values if value is not None]
    return nice_ticks(max(known, default=1.0), min(known, default=0.0))


def _notes(chosen: Chosen, trend: Trend, frame: Frame) -> None:
    lang = frame.lang
    notes = [text("trends.formula", lang, formula=chosen.metric.formula(lang))]
    left = trend.points[-1].left_out if chosen.metric.stock else sum(point.left_out for point in trend.points)
    if left:
        notes.append(text("trends.left_out", lang, n=left))
    if chosen.compare != "none" and not chosen.split and not trend.past:
        notes.append(text("trends.no_past", lang))
    if trend.reconstructed:
        notes.append(text("trends.reconstructed", lang))
    if chosen.split and chosen.bars and not adds_up(chosen.metric):
        notes.append(text("trends.no_stack", lang))
    if trend.mature and trend.young(trend.points[-1]):
        notes.append(text("trends.young_note", lang, n=(frame.as_of - trend.mature).days))
    if any(_small(trend.points, chosen, frame)):
        sample = chosen.metric.min_sample(frame.desk.settings)
        notes.append(text("trends.small_note", lang, n=sample))
    show(f'<div class="sa-panel-note">{escape(" · ".join(notes))}</div>')
