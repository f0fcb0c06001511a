"""The Trends page's table: a row a bucket, newest first, and its download with exact figures."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from salesanalytics.i18n import Lang, format, text
from salesanalytics.insight.time_series import Point, change
from salesanalytics.metrics.periods import label
from salesanalytics.metrics.types import Unit
from salesanalytics.ui.cards import change_of
from salesanalytics.ui.csv_file import csv_bytes
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.html import show
from salesanalytics.ui.panel import headline
from salesanalytics.ui.tables import Cell, TableColumn, Tag, Toned, table
from salesanalytics.ui.trends.answers import Trend
from salesanalytics.ui.trends.chosen import Chosen
from salesanalytics.ui.trends.values import Scale
from salesanalytics.ui.trends.words import part_name, part_words

HEIGHT = 360


def values_panel(frame: Frame, chosen: Chosen, trend: Trend, scale: Scale) -> None:
    """Draw the table; nothing where there is nothing."""
    lang = frame.lang
    if trend.empty:
        return
    with st.container(key="panel-trend-table", border=True, gap="xxsmall"):
        with st.container(key="trend-table-head", horizontal=True, vertical_alignment="center"):
            title = text("trends.table", lang, metric=chosen.metric.title(lang), n=len(trend.buckets))
            show(headline(title, text("trends.table_note", lang)))
            st.download_button(
                text("ui.download_csv", lang),
                csv_bytes(csv_rows(frame, chosen, trend), csv_headers(chosen, trend, lang)),
                text("trends.file_name", lang, metric=chosen.metric.title(lang), day=format.day(frame.as_of)),
                "text/csv",
                key="trends-csv",
                on_click="ignore",
            )
        columns, rows = _split_cells(chosen, trend, scale, lang) if trend.parts else _cells(frame, chosen, trend, scale)
        show(table(columns, rows, title, height=HEIGHT))


def _bucket_cell(point: Point, grain: str) -> str:
    name = label(point.whole.start, grain)
    return name if grain in ("day", "month", "quarter") else f"{name} ({format.month_day(point.whole.start)})"


def _change_cell(chosen: Chosen, trend: Trend, point: Point, before: Point | None, scale: Scale, frame: Frame) -> Cell:
    lang, sample = frame.lang, chosen.metric.min_sample(frame.desk.settings)
    if point.partial:
        return Tag(part_words(point.whole, point.days, lang))
    if sample and point.n < sample:
        return Tag(text("ui.small_sample", lang))
    if trend.young(point):
        return Tag(text("trends.young", lang))
    difference = change(chosen.metric, point.value, before.value) if before else None
    found = change_of(difference, scale.change(difference), chosen.metric.good, lang)
    if found is None or (before is not None and sample and before.n < sample):
        return format.DASH
    return Toned(" ".join(word for word in (found.arrow, found.figure, found.word) if word), found.judgement)


def _cells(
    frame: Frame, chosen: Chosen, trend: Trend, scale: Scale
) -> tuple[Sequence[TableColumn], Sequence[Sequence[Cell]]]:
    lang = frame.lang
    columns = [
        TableColumn(text(f"dimension.{chosen.grain}", lang)),
        TableColumn(_in_unit(chosen.metric.short(lang), scale, lang), number=True),
        TableColumn("n", number=True, soft=True),
        TableColumn(text("trends.column_change", lang, one=text(f"trends.one_{chosen.grain}", lang)), number=True),
    ]
    if trend.target:
        columns.append(TableColumn(_in_unit(text("trends.column_target", lang), scale, lang), number=True, wide=True))
        columns.append(TableColumn(text("trends.column_attained", lang), number=True, wide=True))
    if trend.past:
        name = text(f"trends.column_{chosen.compare}", lang)
        columns.append(TableColumn(_in_unit(name, scale, lang), number=True, soft=True, wide=True))
    rows = []
    for at in reversed(range(len(trend.points))):
        point = trend.points[at]
        before = trend.points[at - 1] if at else None
        row: list[Cell] = [
            _bucket_cell(point, chosen.grain),
            scale.cell(point.value),
            format.number(point.n),
            _change_cell(chosen, trend, point, before, scale, frame),
        ]
        if trend.target:
            aim = trend.target[at]
            row += [
                scale.cell(aim),
                format.share(point.value / aim if aim and point.value is not None and not point.partial else None),
            ]
        if trend.past:
            row.append(scale.cell(trend.past[at].value))
        rows.append(row)
    return columns, rows


def _split_cells(
    chosen: Chosen, trend: Trend, scale: Scale, lang: Lang
) -> tuple[Sequence[TableColumn], Sequence[Sequence[Cell]]]:
    names = [part_name(part, chosen.split or "", lang) for part in trend.parts]
    whole = _in_unit(text("trends.column_all", lang), scale, lang)
    columns = [
        TableColumn(text(f"dimension.{chosen.grain}", lang)),
        TableColumn(whole, number=True),
        *(TableColumn(name, number=True, wide=at > 0) for at, name in enumerate(names)),
        TableColumn("", soft=True, wide=True),
    ]
    rows = []
    for at in reversed(range(len(trend.points))):
        point = trend.points[at]
        partial = part_words(point.whole, point.days, lang) if point.partial else ""
        cells = [scale.cell(part.points[at].value) for part in trend.parts]
        rows.append([_bucket_cell(point, chosen.grain), scale.cell(point.value), *cells, partial])
    return columns, rows


def _in_unit(name: str, scale: Scale, lang: Lang) -> str:
    if scale.unit in (Unit.MONEY, Unit.DAYS):
        return text("trends.in_unit", lang, name=name, unit=scale.name)
    return name


def csv_headers(chosen: Chosen, trend: Trend, lang: Lang) -> dict[str, str]:
    """Return the download's headings in their order."""
    headers = {
        "bucket": text(f"dimension.{chosen.grain}", lang),
        "start": text("trends.column_start", lang),
        "end": text("trends.column_end", lang),
        "days": text("trends.column_days", lang),
        "value": chosen.metric.title(lang),
        "n": "n",
    }
    if trend.target:
        headers["target"] = text("trends.column_target", lang)
    if trend.past:
        headers["past"] = text(f"trends.column_{chosen.compare}", lang)
    return headers | {f"part_{at}": part_name(part, chosen.split or "", lang) for at, part in enumerate(trend.parts)}


def csv_rows(frame: Frame, chosen: Chosen, trend: Trend) -> list[dict[str, object]]:
    """Return the download's rows, oldest first: exact values, shares 0-1, amounts in currency units, ISO dates."""
    rows = list[dict[str, object]]()
    for at, point in enumerate(trend.points):
        row: dict[str, object] = {
            "bucket": label(point.whole.start, chosen.grain),
            "start": point.whole.start,
            "end": point.whole.end,
            "days": point.days,
            "value": point.value,
            "n": point.n,
        }
        if trend.target:
            row["target"] = trend.target[at]
        if trend.past:
            row["past"] = trend.past[at].value
        rows.append(row | {f"part_{place}": part.points[at].value for place, part in enumerate(trend.parts)})
    return rows
