"""What stands behind a number: its formula in words, its filters, n, and the very rows with file, sheet and row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from salesanalytics.i18n import Lang, format, text
from salesanalytics.insight.headline import Headline
from salesanalytics.metrics.rows import rows_behind
from salesanalytics.metrics.types import Filters
from salesanalytics.reports.words import in_words
from salesanalytics.ui.csv_file import csv_bytes
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.overview.answers import overview_headlines
from salesanalytics.ui.session import Key
from salesanalytics.ui.tables import TableColumn, table

MOST_ROWS = 200


def open_detail(metric: str) -> None:
    """Ask for the detail of ``metric``; the page shows it in the same run."""
    st.session_state[Key.OPEN_DETAIL] = metric


def detail_dialog(frame: Frame) -> None:
    """Open the detail that was asked for, once."""
    metric = st.session_state.pop(Key.OPEN_DETAIL, None)
    found = next((one for one in overview_headlines(frame.desk, frame.where) if one.metric == metric), None)
    if found is not None:
        title = frame.desk.metric(found.metric).title(frame.lang)
        st.dialog(title, width="large")(_show)(frame, found)


def filter_words(filters: Filters, lang: Lang) -> str:
    """Return filters in words: ``团队：华东、华南 · 2026-10-01 至 2026-11-08``."""
    parts = [
        f"{text(f'dimension.{name}', lang)}: {', '.join(value or text('ui.no_value', lang) for value in values)}"
        for name, values in filters.where
    ] or [text("ui.filters_none", lang)]
    if filters.start and filters.end:
        parts.append(text("ui.filters_span", lang, start=format.day(filters.start), end=format.day(filters.end)))
    return " · ".join(parts)


def _show(frame: Frame, found: Headline) -> None:
    lang, desk = frame.lang, frame.desk
    declared = desk.metric(found.metric)
    filters = Filters(frame.where, found.start, found.end if found.start else None)
    rows = desk.remember(
        "rows-behind", (found.metric, filters), lambda: rows_behind(desk.view, found.metric, filters, desk.settings)
    )
    value = in_words(found.value, found.unit, lang, desk.settings.currency)
    facts = {
        text("ui.detail_formula", lang): declared.formula(lang),
        text(
            "ui.detail_filters", lang
        ): f"{filter_words(filters, lang)} · {text('ui.as_of', lang, day=format.day(frame.as_of))}",
        text("ui.detail_n", lang): format.number(found.n),
    }
    lines = "".join(f"<dt>{escape(name)}</dt><dd>{escape(words)}</dd>" for name, words in facts.items())
    show(f'<div class="sa-card-value">{escape(value)}</div><dl class="sa-facts">{lines}</dl>')
    rows_table(rows, lang, desk.settings.currency, file_name=f"{found.metric}_{format.day(frame.as_of)}.csv")


def rows_table(rows: Sequence[dict[str, Any]], lang: Lang, currency: str, *, file_name: str) -> None:
    """Draw the rows behind a number, as ``metrics.rows.rows_behind`` returns them, with their download."""
    if not rows:
        show(f'<div class="sa-muted">{escape(text("ui.detail_no_rows", lang))}</div>')
        return
    shown = rows[:MOST_ROWS]
    unit = format.money_unit([row["amount"] for row in shown], lang)
    heading = text("ui.detail_rows", lang, n=len(rows))
    if len(rows) > len(shown):
        heading = text("ui.detail_rows_first", lang, shown=len(shown), n=len(rows))
    columns = [
        TableColumn(text("ui.detail_column_customer", lang)),
        TableColumn(text("ui.detail_column_owner", lang), wide=True),
        TableColumn(text("ui.detail_column_amount", lang, unit=format.unit_name(unit, lang, currency)), number=True),
        TableColumn(text("ui.detail_column_date", lang), wide=True),
        TableColumn(text("ui.detail_column_file", lang), soft=True),
        TableColumn(text("ui.detail_column_sheet", lang), soft=True, wide=True),
        TableColumn(text("ui.detail_column_row", lang), number=True, soft=True),
    ]
    cells = [
        (
            row["name"] or row["customer_id"] or format.DASH,
            row["owner"] or format.DASH,
            format.money_plain(row["amount"], unit),
            format.day(row["on"]),
            row["file"] or format.DASH,
            row["sheet"] or format.DASH,
            str(row["row"]) if row["row"] is not None else format.DASH,
        )
        for row in shown
    ]
    show(f'<div class="sa-title">{escape(heading)}</div>' + table(columns, cells, heading, height=360))
    st.download_button(
        text("ui.download_csv", lang), csv_bytes(rows), file_name, "text/csv", key="detail-csv", on_click="ignore"
    )
