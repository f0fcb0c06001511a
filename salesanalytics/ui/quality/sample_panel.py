"""The weekly sample: a few customers to compare with their source, and what was found of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import cast

import streamlit as st

from salesanalytics.i18n import format, text
from salesanalytics.insight.weekly_sample import audience, iso_week
from salesanalytics.store.types import SampledRow, SampleMark, Verdict
from salesanalytics.ui.empty import empty
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.funnel.words import stage_name
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.importing.desk import local_user
from salesanalytics.ui.panel import panel
from salesanalytics.ui.quality.answers import week_sample
from salesanalytics.ui.quality.completeness_panels import column_name, rep_name
from salesanalytics.ui.quality.downloads import download

VERDICTS: tuple[Verdict, ...] = ("correct", "wrong", "unchecked")
NOTE_LENGTH = 300


def sample_panel(frame: Frame) -> None:
    """Draw this week's rows with their marks, and keep what the user marks."""
    lang, rows = frame.lang, week_sample(frame)
    week = iso_week(frame.as_of)
    checked = sum(row.mark is not None and row.mark.verdict != "unchecked" for row in rows)
    title = text(
        "quality.sample_title" if rows else "quality.sample_none", lang, week=week, checked=checked, of=len(rows)
    )
    with panel("quality-sample", title, text("quality.sample_subtitle", lang)):
        if not rows:
            empty(text("quality.nobody", lang))
            return
        if frame.desk.source.is_sample:
            show(f'<div class="sa-panel-note">{escape(text("quality.sample_readonly", lang))}</div>')
        with st.form(f"quality-sample-{week}", border=False, enter_to_submit=False):
            for place, row in enumerate(rows):
                _row(frame, week, place, row)
            saved = st.form_submit_button(
                text("quality.sample_save", lang), type="primary", disabled=frame.desk.source.is_sample
            )
        if saved:
            _keep(frame, week, rows)
        _download(frame, week, rows)


def _keys(week: str, customer_id: str) -> tuple[str, str]:
    return f"quality-verdict-{week}-{customer_id}", f"quality-note-{week}-{customer_id}"


def _kept(row: SampledRow) -> tuple[Verdict, str]:
    return (row.mark.verdict, row.mark.note) if row.mark else ("unchecked", "")


def _follow(week: str, row: SampledRow) -> tuple[str, str]:
    """Set the widgets of a row to what is kept, unless the user changed them: a colleague's mark made meanwhile is not taken back by ours."""
    verdict, note = _keys(week, row.customer_id)
    state, seen, kept = st.session_state, f"quality-seen-{week}-{row.customer_id}", _kept(row)
    given = (state.get(verdict), state.get(note))
    if None in given or given == state.get(seen):
        state[verdict], state[note] = kept
        state[seen] = kept
    elif given == kept:
        state[seen] = kept
    return verdict, note


def _row(frame: Frame, week: str, place: int, row: SampledRow) -> None:
    lang, (verdict, note) = frame.lang, _follow(week, row)
    name = row.customer_name or row.customer_id
    with st.container(key=f"sample-row-{place}", horizontal=True, vertical_alignment="center", gap="small"):
        show(_markup(frame, row))
        st.segmented_control(
            text("quality.verdict_of", lang, name=name),
            VERDICTS,
            key=verdict,
            format_func=lambda each: text(f"quality.verdict_{each}", lang),
            label_visibility="collapsed",
            required=True,
            width="content",
        )
        st.text_input(
            text("quality.note_of", lang, name=name),
            key=note,
            label_visibility="collapsed",
            placeholder=text("quality.note", lang),
            max_chars=NOTE_LENGTH,
        )


def _markup(frame: Frame, row: SampledRow) -> str:
    lang = frame.lang
    place = text("quality.place_of", lang, file=row.file, sheet=row.sheet or format.DASH, row=row.row)
    cells = "".join(
        f"<div><span>{escape(column_name(name, lang))}</span> {escape(_shown(frame, name, value))}</div>"
        for name, value in row.shown.items()
    )
    marked = ""
    if row.mark and row.mark.at:
        words = text("quality.marked", lang, who=row.mark.who, moment=format.moment(row.mark.at.astimezone()))
        marked = f"<span> · {escape(words)}</span>"
    return (
        f'<div class="sa-sampled"><b>{escape(row.customer_name or row.customer_id)}</b>'
        f"<span> · {escape(row.customer_id)} · {escape(rep_name(row.owner, lang))}</span>{marked}"
        f'<div class="cells">{cells}</div><span>{escape(place)}</span></div>'
    )


def _shown(frame: Frame, column: str, value: str | None) -> str:
    if value is None or not value.strip():
        return format.DASH
    if column == "stage":
        return stage_name(value, frame.desk.settings, frame.lang)
    if column == "expected_amount":
        return format.money_exact(float(value), frame.desk.settings.currency)
    return format.day(date.fromisoformat(value[:10])) if column.endswith("_on") else value


def changed_marks(
    rows: Sequence[SampledRow], given: Mapping[str, tuple[Verdict, str]], who: str
) -> dict[str, SampleMark]:
    """Return the marks that differ from what is kept: customer → mark."""
    marks = {}
    for row in rows:
        verdict, note = given[row.customer_id]
        if (verdict, note.strip()) != _kept(row):
            marks[row.customer_id] = SampleMark(verdict, note.strip(), who)
    return marks


def _keep(frame: Frame, week: str, rows: Sequence[SampledRow]) -> None:
    given: dict[str, tuple[Verdict, str]] = {}
    for row in rows:
        verdict, note = _keys(week, row.customer_id)
        given[row.customer_id] = (
            cast("Verdict", st.session_state[verdict] or "unchecked"),
            str(st.session_state[note] or ""),
        )
    marks = changed_marks(rows, given, local_user())
    if marks:
        frame.desk.source.workspace.mark_sampled(week, audience(frame.desk.scope), rows, marks)
        st.rerun()


def _download(frame: Frame, week: str, rows: Sequence[SampledRow]) -> None:
    lang = frame.lang
    names = ("week", "customer_id", "customer", "rep", "file", "sheet", "row", "verdict", "note", "who")
    download(
        "sample",
        {name: name for name in names},
        [
            {
                "week": week, "customer_id": row.customer_id, "customer": row.customer_name, "rep": row.owner, "file": row.file,
                "sheet": row.sheet, "row": row.row, "verdict": text(f"quality.verdict_{row.mark.verdict if row.mark else 'unchecked'}", lang),
                "note": row.mark.note if row.mark else None, "who": row.mark.who if row.mark else None,
            }
            for row in rows
        ],
        frame,
    )  # fmt: skip
