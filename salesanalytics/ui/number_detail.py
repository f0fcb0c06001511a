"""What stands behind any number of a table: its value and n, its formula, its filters, and its rows with file, sheet and row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from salesanalytics.i18n import format, text
from salesanalytics.metrics.rows import rows_behind
from salesanalytics.metrics.types import Filters, MetricQuery, MetricRow
from salesanalytics.metrics.wilson import interval_of
from salesanalytics.reports.words import in_words
from salesanalytics.ui.detail import filter_words, rows_table
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.html import escape, show


def metric_dialog(frame: Frame, metric: str, filters: Filters, title: str) -> None:
    """Open the detail of a metric within ``filters``."""
    st.dialog(title, width="large")(_metric)(frame, metric, filters)


def rows_dialog(
    frame: Frame, value: str, formula: str, filters: Filters, rows: Sequence[dict[str, Any]], title: str
) -> None:
    """Open the detail of a number that is no metric: ``rows`` as ``metrics.rows.rows_behind`` returns them."""
    st.dialog(title, width="large")(_draw)(frame, value, formula, filters, format.number(len(rows)), rows, title)


def _metric(frame: Frame, metric: str, filters: Filters) -> None:
    desk, lang = frame.desk, frame.lang
    declared = desk.metric(metric)
    row = desk.ask(MetricQuery((metric,), (), filters)).total
    rows = desk.remember(
        "rows-behind", (metric, filters), lambda: rows_behind(desk.view, metric, filters, desk.settings)
    )
    counted = [one for one in rows if one["counted"]]
    # of a share, those in the numerator first; else lines that are nobody's (a cost, a target) before the customers they are set against
    hits_first = sorted(counted, key=lambda one: not one["hit"] if declared.share else one["customer_id"] is not None)
    value = in_words(row.values[metric], declared.unit, lang, desk.settings.currency)
    _draw(frame, value, declared.formula(lang), filters, _sample(row, metric, frame), hits_first, metric)


def _sample(row: MetricRow, metric: str, frame: Frame) -> str:
    lang, declared = frame.lang, frame.desk.metric(metric)
    words = format.number(row.n.get(metric, 0))
    if declared.share and row.k.get(metric) is not None:
        words = f"{format.number(row.k[metric])} / {words}"
    around = interval_of(declared, row)
    if around:
        words += " · " + text("channels.interval", lang, low=format.share(around[0]), high=format.share(around[1]))
    if row.left_out.get(metric):
        words += " · " + text("channels.left_out", lang, n=row.left_out[metric])
    return words


def _draw(
    frame: Frame,
    value: str,
    formula: str,
    filters: Filters,
    sample: str,
    rows: Sequence[dict[str, Any]],
    name: str,
) -> None:
    lang = frame.lang
    as_of = text("ui.as_of", lang, day=format.day(frame.as_of))
    facts = {
        text("ui.detail_formula", lang): formula,
        text("ui.detail_filters", lang): f"{filter_words(filters, lang)} · {as_of}",
        text("ui.detail_n", lang): sample,
    }
    lines = "".join(f"<dt>{escape(fact)}</dt><dd>{escape(words)}</dd>" for fact, words in facts.items())
    show(f'<div class="sa-card-value">{escape(value)}</div><dl class="sa-facts">{lines}</dl>')
    rows_table(rows, lang, frame.desk.settings.currency, file_name=f"{name}_{format.day(frame.as_of)}.csv")
