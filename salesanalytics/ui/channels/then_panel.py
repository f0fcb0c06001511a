"""Every channel beside what was known of it on the date compared with: the figure then, and the change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from salesanalytics.i18n import format, text
from salesanalytics.insight.channels import SHARE, Channel, Channels
from salesanalytics.metrics.metric import Metric
from salesanalytics.metrics.types import Filters, Unit
from salesanalytics.ui.channels.answers import found_channels
from salesanalytics.ui.channels.words import channel_name
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.html import show
from salesanalytics.ui.panel import headline
from salesanalytics.ui.tables import Cell, TableColumn, Toned, table
from salesanalytics.ui.then_words import change_since, count_since, day_name, toned
from salesanalytics.ui.trends.values import Scale, scale_of

FIGURES = ("leads", "lead_conversion", SHARE, "won_customers", "sales_amount", "open_amount")


def channels_then(frame: Frame, filters: Filters) -> Channels | None:
    """Return the channels as known then; None where no date is compared with. ``filters``: those of the page as they were meant then."""
    return found_channels(frame.then, filters) if frame.then else None


def then_panel(frame: Frame, found: Channels, former: Channels | None) -> None:
    """Draw the panel; nothing where no date is compared with."""
    if former is None or frame.against_on is None:
        return
    lang = frame.lang
    title = text("channels.then_title", lang, day=day_name(frame.against_on, frame.as_of))
    metrics = [frame.desk.metric(name) for name in FIGURES]
    columns = [TableColumn(text("dimension.source", lang))]
    scales = {metric.name: _scale(metric, former, frame) for metric in metrics}
    for metric in metrics:
        name, unit = metric.short(lang), scales[metric.name].name if metric.unit is Unit.MONEY else ""
        shown = text("channels.with_unit", lang, name=name, unit=unit) if unit else name
        columns.append(TableColumn(shown, number=True, wide=metric.name != SHARE))
        columns.append(TableColumn("±", number=True, soft=True, wide=metric.name != SHARE))
    known = {one.sources: one for one in (*former.channels, former.total)}
    rows = [_row(one, known.get(one.sources), metrics, scales, frame) for one in (*found.channels, found.total)]
    with st.container(key="panel-channels-then", border=True, gap="xxsmall"):
        show(headline(title, text("channels.then_subtitle", lang)))
        show(table(columns, rows, title))


def _scale(metric: Metric, former: Channels, frame: Frame) -> Scale:
    """The unit of a column: the one that suits its channels, the total in it too."""
    values = [one.figures.values[metric.name] for one in former.channels]
    return scale_of(metric.unit, values, frame.lang, frame.desk.settings.currency)


def _row(
    one: Channel, then: Channel | None, metrics: Sequence[Metric], scales: Mapping[str, Scale], frame: Frame
) -> list[Cell]:
    cells: list[Cell] = [channel_name(one, frame.lang)]
    for metric in metrics:
        cells += _cells(one, then, metric, scales[metric.name], frame)
    return cells


def _cells(one: Channel, then: Channel | None, metric: Metric, scale: Scale, frame: Frame) -> tuple[Cell, Cell]:
    lang, name = frame.lang, metric.name
    if then is None:
        return format.DASH, format.DASH
    now, before = one.figures.values[name], then.figures.values[name]
    words = scale.cell(before)
    if metric.unit is Unit.COUNT:
        return words, toned(count_since(int(now or 0), int(before or 0), metric.good, lang))
    if metric.share and min(one.figures.n[name], then.figures.n[name]) < metric.min_sample(frame.desk.settings):
        return words, Toned(text("ui.small_sample", lang), "neutral")
    return words, toned(change_since(metric.unit, metric.good, now, before, lang))
