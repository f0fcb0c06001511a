"""What a restated number opens: what was shown and what is, each cause with what it did, and the customers whose rows make the difference."""

from __future__ import annotations

from datetime import date

import streamlit as st

from salesanalytics.i18n import format, text
from salesanalytics.insight.restated.lines import customer_lines
from salesanalytics.insight.restated.restated import Asked, Cause, Restatement
from salesanalytics.reports.restated_words import difference_in_words, row_counts_in_words, values_in_words
from salesanalytics.ui.csv_file import csv_bytes
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.number_words import filter_words
from salesanalytics.ui.panel import headline
from salesanalytics.ui.restated.answers import restated_number
from salesanalytics.ui.restated.lines_table import file_headers, file_rows, lines_table
from salesanalytics.ui.styles import apply_rules
from salesanalytics.ui.tables import Cell, TableColumn, table

HEIGHT = 420


def restated_dialog(frame: Frame, asked: Asked, day: date) -> None:
    """Open what became of a number of ``day``."""
    title = frame.desk.metric(asked[0]).title(frame.lang)
    st.dialog(title, width="large")(_show)(frame, asked, day)


def _show(frame: Frame, asked: Asked, day: date) -> None:
    apply_rules("number", "restated")
    lang = frame.lang
    found = restated_number(frame.desk, day, asked)
    _head(frame, found)
    show(headline(text("restated.causes_title", lang)))
    show(f'<div class="sa-causes">{_causes(frame, found)}</div>')
    lines = customer_lines(found)
    customers = len({one.customer_id for one in lines if one.customer_id})
    if not lines:
        show(f'<div class="sa-sub">{escape(text("restated.customers_none", lang))}</div>')
        return
    moved = sum(one.what == "moved" for one in lines)
    note = text("restated.moved_note", lang, n=moved) if moved else ""
    show(headline(text("restated.customers_title", lang, n=customers), note))
    show(lines_table(frame, found, lines, height=HEIGHT))
    name = text("restated.file_name", lang, metric=found.metric, day=format.day(day))
    st.download_button(
        text("restated.download", lang),
        csv_bytes(file_rows(frame, lines), file_headers(lang)),
        f"{name}.csv",
        "text/csv",
        key="restated-csv",
        on_click="ignore",
    )


def _head(frame: Frame, found: Restatement) -> None:
    lang = frame.lang
    was, now = values_in_words(found, frame.desk.settings, lang)
    until = format.moment(found.known_at.astimezone()) if found.known_at else format.DASH
    facts = {
        text(
            "restated.was", lang
        ): f"{was} · {text('restated.shown_until', lang, moment=until, day=format.day(found.as_of))}",
        text("number.filters", lang): filter_words(found.filters, lang, frame.desk),
    }
    lines = "".join(f"<dt>{escape(name)}</dt><dd>{escape(words)}</dd>" for name, words in facts.items())
    show(
        f'<div class="sa-number"><span class="sa-muted sa-restated-was">{escape(was)}</span><span class="sa-muted">→</span>'
        f'<span class="sa-card-value">{escape(now)}</span></div><dl class="sa-facts">{lines}</dl>'
    )


def _causes(frame: Frame, found: Restatement) -> str:
    lang, settings = frame.lang, frame.desk.settings
    columns = [
        TableColumn(text("restated.column_what", lang), wrap=True),
        TableColumn(text("restated.column_rows", lang), wrap=True),
        TableColumn(text("restated.column_who", lang), wide=True),
        TableColumn(text("restated.column_when", lang), wide=True),
        TableColumn(text("restated.column_effect", lang), number=True),
    ]
    rows: list[list[Cell]] = [
        [
            _what(one, frame),
            row_counts_in_words(one, lang),
            one.who or format.DASH,
            format.moment(one.at.astimezone()) if one.at else format.DASH,
            difference_in_words(one.difference, found.metric, settings, lang),
        ]
        for one in found.causes
    ]
    whole = None if found.was is None or found.now is None else found.now - found.was
    total = difference_in_words(whole, found.metric, settings, lang)
    if len(rows) > 1:
        rows.append([text("changes.total", lang), "", "", "", total])
    return table(columns, rows, text("restated.causes_title", lang))


def _what(cause: Cause, frame: Frame) -> str:
    """What happened, to which file; of settings which and how."""
    lang = frame.lang
    name = text(f"restated.kind.{cause.kind}", lang)
    detail = [
        text("restated.detail", lang, id=number, files=text("customer.list_comma", lang).join(cause.files))
        for number in cause.imports[:1]
    ]
    detail += [
        text("restated.settings_detail", lang, key=one.key, before=one.before, after=one.after) for one in cause.changes
    ]
    return " · ".join([name, *detail])
