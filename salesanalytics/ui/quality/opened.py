"""What stands behind a figure of the Quality page: each number has an id, ``<kind>:<of what>``, and a kind opens its rows."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import cast, get_args

import streamlit as st

from salesanalytics.i18n import format, text
from salesanalytics.insight.late_recording import late_rows
from salesanalytics.insight.quality_gaps import Gap, gap_rows
from salesanalytics.metrics.types import Filters
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.number_detail import rows_dialog
from salesanalytics.ui.quality.answers import gaps_of, late_of
from salesanalytics.ui.quality.opened_cells import open_all_cells, open_column, open_customers, open_rep
from salesanalytics.ui.quality.opened_imports import open_duplicates, open_held, open_issues, open_read
from salesanalytics.ui.quality.opened_sample import open_sample
from salesanalytics.ui.session import Key

LATE = "late"
Opener = Callable[[Frame, str], None]

OPENERS: dict[str, Opener] = {
    "completeness": lambda frame, _: open_all_cells(frame),
    "column": partial(open_column, lacking_only=False),
    "lacking": partial(open_column, lacking_only=True),
    "rep": open_rep,
    "customers": open_customers,
    "duplicates": lambda frame, _: open_duplicates(frame),
    "issues": open_issues,
    "held": open_held,
    "read": open_read,
    "sample": partial(open_sample, which="checked"),
    "wrong": partial(open_sample, which="wrong"),
    "drawn": partial(open_sample, which="drawn"),
}


def open_quality(figure: str) -> None:
    """Ask for the rows of a card; the page shows them in the same run."""
    st.session_state[Key.OPEN_DETAIL] = figure


def rep_number(rep: str | None) -> str:
    """Return the id of a rep's share of follow-ups recorded late; "" is nobody named."""
    return f"{LATE}:{rep or ''}"


def open_what_was_asked(frame: Frame) -> None:
    """Open what a card or a number of a table asked for, once."""
    asked = frame.opened or st.session_state.pop(Key.OPEN_DETAIL, None)
    kind, colon, of = str(asked or "").partition(":")
    if kind == LATE:
        _late(frame, of if colon else None)
    elif kind in get_args(Gap):
        _gap(frame, cast("Gap", kind))
    elif kind in OPENERS:
        OPENERS[kind](frame, of)


def _gap(frame: Frame, gap: Gap) -> None:
    lang, desk = frame.lang, frame.desk
    rows = desk.remember("gap-rows", (gap, frame.where), lambda: gap_rows(desk.view, gap, frame.where))
    title, formula = text(f"quality.gap_{gap}", lang), text(f"number.gap_{gap}", lang)
    rows_dialog(frame, format.number(gaps_of(frame)[gap]), formula, Filters(frame.where), rows, title)


def _late(frame: Frame, rep: str | None) -> None:
    """Open the share of everyone (None), or of one rep."""
    lang, desk, found = frame.lang, frame.desk, late_of(frame)
    delay = found.whole if rep is None else next((one for one in found.reps if (one.rep or "") == rep), None)
    if delay is None:
        return
    rows = desk.remember(
        "late-rows", (frame.filters, rep), lambda: late_rows(desk.view, desk.settings, frame.filters, rep)
    )
    title = text("quality.card_late", lang, days=format.number(desk.settings.quality.late_recorded_days, 0))
    if rep is not None:
        title = f"{title} · {rep or text('quality.unnamed', lang)}"
    value = f"{format.share(delay.share)} ({format.number(delay.late)} / {format.number(delay.n)})"
    formula = desk.metric("late_recorded_share").formula(lang)
    rows_dialog(frame, value, formula, frame.filters, rows, title, like="late_recorded_share")
