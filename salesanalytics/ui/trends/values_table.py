"""The Trends page's table: a row a bucket, newest first, every number of it opening its rows, and its download with exact figures."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from salesanalytics.i18n import Lang, format, text
from salesanalytics.insight.time_series import Point, change
from salesanalytics.metrics.periods import label
from salesanalytics.metrics.types import Good, Unit
from salesanalytics.ui.cards import change_of
from salesanalytics.ui.csv_file import csv_bytes
from salesanalytics.ui.empty import XLSX
from salesanalytics.ui.html import show
from salesanalytics.ui.panel import headline
from salesanalytics.ui.tables import Cell, Opens, TableColumn, Tag, Toned, table
from salesanalytics.ui.trends.answers import Trend
from salesanalytics.ui.trends.chosen import Chosen, average_name, then_day
from salesanalytics.ui.trends.download import csv_headers, csv_rows
from salesanalytics.ui.trends.lines import Drawing
from salesanalytics.ui.trends.opened import ACTUAL, PAST, number_id
from salesanalytics.ui.trends.opened_derived import ATTAINED, AVERAGE, TARGET
from salesanalytics.ui.trends.values import Scale
from salesanalytics.ui.trends.words import part_name, part_words
from salesanalytics.ui.trends.workbook import workbook_bytes

HEIGHT = 640
"""The weeks of a quarter show without a scroll, on a large screen too."""
ATTAINMENTS = ("target_attainment", "customer_target_attainment", "funnel_attainment")
Table = tuple[Sequence[TableColumn], Sequence[Sequence[Cell]]]


def values_panel(drawings: Sequence[Drawing], chosen: Chosen) -> None:
    """Draw the table; nothing where there is nothing."""
    trends = [drawing.trend for drawing in drawings]
    if all(trend.empty for trend in trends):
        return
    frame = drawings[0].frame
    lang, n = frame.lang, len(trends[0].buckets)
    name = drawings[0].chosen.metric.title(lang)
    if chosen.several:
        name = text("trends.several", lang, metric=name, n=len(trends))
    with st.container(key="panel-trend-table", border=True, gap="xxsmall"):
        with st.container(key="trend-table-head", horizontal=True, vertical_alignment="center"):
            title = text("trends.table", lang, metric=name, n=n)
            show(headline(title, text("trends.table_note", lang)))
            st.download_button(
                text("ui.download_excel", lang),
                lambda: workbook_bytes(drawings, chosen),
                text("trends.file_name", lang, metric=name, day=format.day(frame.as_of), ending="xlsx"),
                XLSX,
                key="trends-excel",
                on_click="ignore",
            )
            st.download_button(
                text("ui.download_csv", lang),
                lambda: csv_bytes(
                    csv_rows(chosen, trends), csv_headers(chosen, trends, lang, then_day(drawings[0].frame))
                ),
                text("trends.file_name", lang, metric=name, day=format.day(frame.as_of), ending="csv"),
                "text/csv",
                key="trends-csv",
                on_click="ignore",
            )
        columns, rows = _cells(drawings)
        show(table(columns, rows, title, height=HEIGHT))


def _cells(drawings: Sequence[Drawing]) -> Table:
    if len(drawings) > 1:
        return _several_cells(drawings)
    return _split_cells(drawings[0]) if drawings[0].trend.parts else _whole_cells(drawings[0])


def _bucket_cell(point: Point, grain: str) -> str:
    name = label(point.whole.start, grain)
    return name if grain in ("day", "month", "quarter") else f"{name} ({format.month_day(point.whole.start)})"


def _opens(point: Point, drawing: Drawing, series: str, at: int) -> Cell:
    words = drawing.scale.cell(point.value)
    if point.value is None:
        return words
    small = bool(drawing.sample) and point.n < drawing.sample
    return Opens(words, number_id(drawing.place, series, at), small)


def _derived(words: str, value: float | None, drawing: Drawing, series: str, at: int) -> Cell:
    return words if value is None else Opens(words, number_id(drawing.place, series, at))


def _change_cell(drawing: Drawing, point: Point, before: Point | None) -> Cell:
    lang, sample, trend = drawing.frame.lang, drawing.sample, drawing.trend
    if point.partial:
        return Tag(part_words(point.whole, point.days, lang))
    if sample and point.n < sample:
        return Tag(text("ui.small_sample", lang))
    if trend.young(point):
        return Tag(text("trends.young", lang))
    if before is None or before.partial or (sample and before.n < sample):
        return format.DASH
    difference = change(trend.metric, point.value, before.value)
    found = change_of(difference, drawing.scale.change(difference), trend.metric.good, lang)
    if found is None:
        return format.DASH
    return Toned(" ".join(word for word in (found.arrow, found.figure, found.word) if word), found.judgement)


def _whole_cells(drawing: Drawing) -> Table:
    lang, chosen, trend, scale = drawing.frame.lang, drawing.chosen, drawing.trend, drawing.scale
    columns = [
        TableColumn(text(f"dimension.{chosen.grain}", lang)),
        TableColumn(_in_unit(chosen.metric.short(lang), scale, lang), number=True),
        TableColumn("n", number=True, soft=True),
        TableColumn(text("trends.column_change", lang, one=text(f"trends.one_{chosen.grain}", lang)), number=True),
    ]
    if trend.averages:
        name = average_name(chosen.window, chosen.grain, lang)
        columns.append(TableColumn(_in_unit(name, scale, lang), number=True, wide=True))
    if trend.target:
        columns.append(TableColumn(_in_unit(text("trends.column_target", lang), scale, lang), number=True, wide=True))
        if _attains(trend):
            columns.append(TableColumn(text("trends.column_attained", lang), number=True, wide=True))
    if trend.past:
        name = text(f"trends.column_{chosen.compare}", lang, day=then_day(drawing.frame))
        columns.append(TableColumn(_in_unit(name, scale, lang), number=True, soft=True, wide=True))
    return columns, [_whole_row(drawing, at) for at in reversed(range(len(trend.points)))]


def _whole_row(drawing: Drawing, at: int) -> list[Cell]:
    trend, scale = drawing.trend, drawing.scale
    point, before = trend.points[at], trend.points[at - 1] if at else None
    row: list[Cell] = [
        _bucket_cell(point, drawing.chosen.grain),
        _opens(point, drawing, ACTUAL, at),
        format.number(point.n),
        _change_cell(drawing, point, before),
    ]
    if trend.averages:
        row.append(_derived(scale.cell(trend.averages[at]), trend.averages[at], drawing, AVERAGE, at))
    if trend.target:
        aim = trend.target[at]
        row.append(_derived(scale.cell(aim), aim, drawing, TARGET, at))
        if _attains(trend):
            attained = point.value / aim if aim and point.value is not None and not point.partial else None
            row.append(_derived(format.share(attained), attained, drawing, ATTAINED, at))
    if trend.past:
        row.append(_opens(trend.past[at], drawing, PAST, at))
    return row


def _attains(trend: Trend) -> bool:
    """Whether value ÷ target is an attainment: not where less is better, nor of a share of a target itself."""
    return trend.metric.good is not Good.DOWN and trend.metric.name not in ATTAINMENTS


def _split_cells(drawing: Drawing) -> Table:
    lang, chosen, trend, scale = drawing.frame.lang, drawing.chosen, drawing.trend, drawing.scale
    names = [part_name(part, chosen.split or "", lang) for part in trend.parts]
    columns = [
        TableColumn(text(f"dimension.{chosen.grain}", lang)),
        TableColumn(_in_unit(text("trends.column_all", lang), scale, lang), number=True),
        *(TableColumn(name, number=True, wide=at > 0) for at, name in enumerate(names)),
        *_days_column(drawing),
    ]
    rows = []
    for at in reversed(range(len(trend.points))):
        point = trend.points[at]
        cells = [_opens(part.points[at], drawing, str(place), at) for place, part in enumerate(trend.parts)]
        whole = _opens(point, drawing, ACTUAL, at)
        rows.append([_bucket_cell(point, chosen.grain), whole, *cells, *_days_cell(drawing, point)])
    return columns, rows


def _several_cells(drawings: Sequence[Drawing]) -> Table:
    first = drawings[0]
    lang, grain = first.frame.lang, first.chosen.grain
    columns = [
        TableColumn(text(f"dimension.{grain}", lang)),
        *(
            TableColumn(_in_unit(drawing.chosen.metric.short(lang), drawing.scale, lang), number=True, wide=at > 1)
            for at, drawing in enumerate(drawings)
        ),
        *_days_column(first),
    ]
    rows = []
    for at in reversed(range(len(first.trend.points))):
        cells = [_opens(drawing.trend.points[at], drawing, ACTUAL, at) for drawing in drawings]
        point = first.trend.points[at]
        rows.append([_bucket_cell(point, grain), *cells, *_days_cell(first, point)])
    return columns, rows


def _days_column(drawing: Drawing) -> list[TableColumn]:
    return [TableColumn("", soft=True, wide=True)] if any(drawing.trend.partial) else []


def _days_cell(drawing: Drawing, point: Point) -> list[Cell]:
    if not any(drawing.trend.partial):
        return []
    return [part_words(point.whole, point.days, drawing.frame.lang) if point.partial else ""]


def _in_unit(name: str, scale: Scale, lang: Lang) -> str:
    if scale.unit in (Unit.MONEY, Unit.DAYS):
        return text("trends.in_unit", lang, name=name, unit=scale.name)
    return name
