"""What stands behind any number of a card, chart or table: its value and n, its formula and filters, and its rows with file, sheet and row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

from salesanalytics.i18n import format, text
from salesanalytics.metrics.metric import Metric
from salesanalytics.metrics.opening import OpenedNumber, OpenedPart, open_number, rows_of
from salesanalytics.metrics.parts import parts_of
from salesanalytics.metrics.types import Filters
from salesanalytics.reports.words import in_words
from salesanalytics.ui.data import digest
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.number_files import number_files
from salesanalytics.ui.number_rows import rows_markup
from salesanalytics.ui.number_words import facts_markup_rows, filter_words, number_facts, part_title
from salesanalytics.ui.styles import apply_rules
from salesanalytics.ui.value_names import in_label

PAGE = 200
"""Rows shown at once; the download has them all."""
Rows = Sequence[Mapping[str, Any]]


def metric_dialog(
    frame: Frame, metric: str, filters: Filters, title: str, by: Sequence[str] = (), as_of: date | None = None
) -> None:
    """Open the detail of a metric within ``filters``.

    ``by``: the dimensions of the chart or table it stands in, each limited to one value by the filters (needed by a stock or a pace by time);
    ``as_of``: the state it was read from, where not the page's.
    """
    st.dialog(title, width="large")(_metric)(frame, metric, filters, title, tuple(by), as_of)


def rows_dialog(
    frame: Frame,
    value: str,
    formula: str,
    filters: Filters,
    rows: Sequence[dict[str, Any]] | None,
    title: str,
    like: str | None = None,
) -> None:
    """Open the detail of a number that is no metric: ``rows`` with the columns of ``metrics.row_query``, None where they were never kept; ``like``: the metric whose rows they are, so that each says what it gives."""
    st.dialog(title, width="large")(_rows)(frame, value, formula, filters, rows, title, like)


def _metric(frame: Frame, metric: str, filters: Filters, title: str, by: tuple[str, ...], as_of: date | None) -> None:
    desk, lang = frame.desk.at(as_of) if as_of else frame.desk, frame.lang
    found = desk.remember(
        "opened",
        (metric, filters, by),
        lambda: open_number(desk.view, metric, filters, desk.settings, by, desk.view_at),
    )
    declared = desk.metric(metric)
    value = in_words(found.value, declared.unit, lang, desk.settings.currency)
    exact = format.money_exact(found.value, desk.settings.currency) if declared.unit.value == "money" else ""
    facts = number_facts(found, desk, lang)
    _head(value, exact, facts, grey=found.n < declared.min_sample(desk.settings))

    def read(side: str | None, counted: bool | None, offset: int = 0, limit: int | None = None) -> Rows:
        return rows_of(
            desk.view, found, desk.settings, side, counted=counted, offset=offset, limit=limit, view_at=desk.view_at
        )

    key = digest(metric, filters, by, as_of)[:8]
    chosen = _which(frame, found, key)
    if chosen is None:
        show(f'<div class="sa-muted">{escape(text("number.no_rows", lang))}</div>')
        return
    part, counted = chosen
    n = part.counted if counted else sum(part.left_out.values())
    declared_part = next((one.metric for one in parts_of(declared, desk.settings) if one.side == part.side), declared)
    place = f"{key}-{found.parts.index(part)}-{counted:d}"
    _page(frame, n, place, declared_part, lambda offset: read(part.side, counted, offset, PAGE))
    whole = {title: value, **facts}
    number_files(frame, metric, whole, found.rows, lambda: read(None, None))


def _rows(
    frame: Frame,
    value: str,
    formula: str,
    filters: Filters,
    rows: Sequence[dict[str, Any]] | None,
    title: str,
    like: str | None,
) -> None:
    lang = frame.lang
    facts = {
        text("number.formula", lang): formula,
        text("number.filters", lang): f"{filter_words(filters, lang, frame.desk)} · "
        + text("ui.as_of", lang, day=format.day(frame.as_of)),
    }
    if rows is None:  # the formula says so
        _head(value, "", facts)
        return
    facts[text("number.sample", lang)] = format.number(len(rows))
    _head(value, "", facts)
    if not rows:
        show(f'<div class="sa-muted">{escape(text("number.no_rows", lang))}</div>')
        return
    _page(
        frame,
        len(rows),
        digest(title, filters, formula)[:8],
        frame.desk.metric(like) if like else None,
        lambda offset: rows[offset : offset + PAGE],
    )
    number_files(frame, title, {title: value, **facts}, len(rows), lambda: rows)


def _head(value: str, exact: str, facts: Mapping[str, str], *, grey: bool = False) -> None:
    apply_rules("number")
    lines = "".join(
        f"<dt>{escape(name)}</dt><dd>{'<br>'.join(escape(line) for line in words)}</dd>"
        for name, words in facts_markup_rows(facts)
    )
    beside = f'<span class="sa-muted">{escape(exact)}</span>' if exact and exact != value else ""
    show(
        f'<div class="sa-number"><span class="sa-card-value{" grey" if grey else ""}">{escape(value)}</span>{beside}</div>'
        f'<dl class="sa-facts">{lines}</dl>'
    )


def _which(frame: Frame, found: OpenedNumber, key: str) -> tuple[OpenedPart, bool] | None:
    """Let the reader choose a part, counted or left out; the first there is, until they do."""
    lang, desk = frame.lang, frame.desk
    options: dict[str, tuple[OpenedPart, bool]] = {}
    words: dict[str, str] = {}
    for place, part in enumerate(found.parts):
        of = f"{part_title(part, desk, lang)} · " if part.side else ""
        for counted, n in ((True, part.counted), (False, sum(part.left_out.values()))):
            if n:
                option = f"{place}{'c' if counted else 'x'}"
                options[option] = part, counted
                name = "counted_rows" if counted else "left_out_rows"
                words[option] = in_label(of + text(f"number.{name}", lang, n=format.number(n)))
    if len(options) < 2:
        return next(iter(options.values()), None)
    picked = st.segmented_control(
        text("number.which", lang),
        list(options),
        format_func=lambda option: words[option],
        default=next(iter(options)),
        key=f"number-which-{key}",
        label_visibility="collapsed",
        required=True,
    )
    return options[picked or next(iter(options))]


def _page(frame: Frame, n: int, key: str, metric: Metric | None, read: Callable[[int], Rows]) -> None:
    """Draw one page of rows, and the way to the others under it."""
    lang, pages = frame.lang, -(-n // PAGE)
    place = st.empty() if pages < 2 else st.container()
    # the state is read first: the pages are chosen under the table they change
    page = min(max(int(st.session_state.get(f"number-page-{key}", 1) or 1), 1), pages)
    rows = read((page - 1) * PAGE)
    first, last = (page - 1) * PAGE + 1, min(page * PAGE, n)
    heading = text("number.page_rows", lang, first=format.number(first), last=format.number(last), n=format.number(n))
    with place.container():
        show(
            (f'<div class="sa-muted sa-number-rows">{escape(heading)}</div>' if pages > 1 else "")
            + rows_markup(rows, heading, frame.desk.settings, lang, metric)
        )
    if pages > 1:
        st.pagination(pages, key=f"number-page-{key}")
