"""The Data page, put together: upload, then the steps of the draft, then what became of former imports."""

from __future__ import annotations

import streamlit as st

from salesanalytics.errors import FileRefused
from salesanalytics.i18n import Lang, text
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.importing.correct_step import correct_step
from salesanalytics.ui.importing.desk import ImportDesk, offer_unfinished, open_desk
from salesanalytics.ui.importing.draft_bar import draft_bar
from salesanalytics.ui.importing.history import history
from salesanalytics.ui.importing.load_step import result_panel
from salesanalytics.ui.importing.looks import data_styles
from salesanalytics.ui.importing.match_step import match_step
from salesanalytics.ui.importing.preview_step import preview_step
from salesanalytics.ui.importing.stepper import stepper
from salesanalytics.ui.importing.templates_panel import templates_panel
from salesanalytics.ui.importing.upload import upload_panel
from salesanalytics.ui.importing.working import Working

_STEPS = {"match": match_step, "correct": correct_step, "preview": preview_step}


def data_page(lang: Lang) -> None:
    """Draw the page."""
    data_styles(lang)
    desk = open_desk(lang)
    if sentence := desk.said():
        st.toast(sentence)
    if desk.draft.files:
        _prepare(desk)
        return
    result_panel(desk)
    offer_unfinished(desk)
    for sentence in desk.too_big():
        st.error(sentence)
    left, right = st.columns([0.64, 0.36], gap="small")
    with left:
        upload_panel(desk)
    with right:
        templates_panel(desk)
    history(desk)


def _prepare(desk: ImportDesk) -> None:
    _work_out(desk)
    draft_bar(desk)
    if not _some_taken(desk):
        _refused(desk)
        return
    stepper(desk)
    _refused(desk)
    _STEPS[desk.step](desk)


def _some_taken(desk: ImportDesk) -> bool:
    return any(report.refused is None for report in desk.batch.files)


def _work_out(desk: ImportDesk) -> None:
    """Read, check and compare the files with the progress shown; afterwards the answers the step needs are there."""
    working = Working(desk, desk.cancel)
    desk.bench.batch(desk.draft, working.said)
    if desk.step != "match" and desk.as_of is not None:
        shown = [desk.draft, desk.suggested] if desk.step == "correct" else [desk.draft]
        for draft in shown:
            batch = desk.bench.batch(draft, working.said)
            rows = sum(frame.height for frame in batch.tables.values())
            desk.bench.impact(draft, desk.as_of, lambda share, n=rows: working.said("compare", share, int(share * n)))  # type: ignore[misc]
    working.done()
    desk.stand_by()


def _refused(desk: ImportDesk) -> None:
    """Say of each file that was not taken why, in its one sentence."""
    sentences = list(desk.too_big())
    known = {report.digest for report in desk.batch.files}
    lost = [file for file in desk.draft.files if file.digest not in known]
    sentences += [text("data_page.file_lost", desk.lang, file=file.name) for file in lost]
    for report in desk.batch.files:
        if report.refused is not None:
            sentences.append(FileRefused(report.refused, **report.refused_params).message(desk.lang))
    if not sentences:
        return
    items = "".join(f"<li>{escape(sentence)}</li>" for sentence in sentences)
    title = "data_page.refused_title" if _some_taken(desk) else "data_page.refused_all"
    head = escape(text(title, desk.lang, n=len(sentences)))
    show(f'<div class="sa-refused" role="alert"><b>✕ {head}</b><ul>{items}</ul></div>')
