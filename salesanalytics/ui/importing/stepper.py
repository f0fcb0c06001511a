"""The six steps of an import, as a row: done ones ticked, the present one filled. Steps one can return to are buttons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast

import streamlit as st

from salesanalytics.i18n import Lang, format, text
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.importing.desk import ImportDesk, Step
from salesanalytics.ui.importing.groups import error_rows, warning_rows
from salesanalytics.ui.importing.questions import questions

State = Literal["done", "now", "later"]
ORDER = ("upload", "recognise", "match", "correct", "preview", "load")


@dataclass(frozen=True)
class Marker:
    """One step as drawn."""

    name: str
    title: str
    note: str
    state: State


def stepper(desk: ImportDesk) -> None:
    """Draw the steps of the draft."""
    with st.container(key="data-steps", horizontal=True, gap="xxsmall", vertical_alignment="center"):
        for number, marker in enumerate(markers(desk), start=1):
            _draw(desk, number, marker)


def markers(desk: ImportDesk) -> list[Marker]:
    """Return the steps with what is known of each."""
    place = ORDER.index(desk.step)
    notes = _notes(desk)
    return [
        Marker(
            name,
            text(f"data_page.step_{name}", desk.lang),
            notes.get(name, "") if at <= max(place, ORDER.index("correct")) else "",
            "done" if at < place else "now" if at == place else "later",
        )
        for at, name in enumerate(ORDER)
    ]


def _notes(desk: ImportDesk) -> dict[str, str]:
    lang, batch = desk.lang, desk.batch
    sheets = [sheet for file in batch.files if file.refused is None for sheet in file.sheets if sheet.table]
    columns = sum(match.column is not None for sheet in sheets for match in sheet.columns)
    unused = sum(match.column is None and match.how != "custom" for sheet in sheets for match in sheet.columns)
    unsure = len(questions(batch))
    errors, warnings = error_rows(batch), warning_rows(batch)
    clean = not errors and not warnings
    return {
        "upload": text("data_page.step_upload_note", lang, n=len(desk.draft.files)),
        "recognise": text("data_page.step_recognise_note", lang, n=len(sheets)),
        "match": _match_note(columns, unused, unsure, lang),
        "correct": text("data_page.step_correct_clean", lang)
        if clean
        else text("data_page.step_correct_note", lang, errors=format.number(errors), warnings=format.number(warnings)),
    }


def _match_note(columns: int, unused: int, unsure: int, lang: Lang) -> str:
    if unsure:
        return text("data_page.step_match_open", lang, n=columns, open=unsure)
    used = text("data_page.step_match_note", lang, n=columns)
    return text("data_page.step_match_unused", lang, used=used, n=unused) if unused else used


def _draw(desk: ImportDesk, number: int, marker: Marker) -> None:
    sign = "✓" if marker.state == "done" else str(number)
    current = ' aria-current="step"' if marker.state == "now" else ""
    note = f'<span class="sa-step-note">{escape(marker.note)}</span>' if marker.note else ""
    markup = (
        f'<div class="sa-step {marker.state}"{current}><span class="sa-step-dot">{sign}</span>'
        f"<b>{escape(marker.title)}</b>{note}</div>"
    )
    with st.container(
        key=f"data-step-{marker.state}-{marker.name}", width="content" if number == len(ORDER) else "stretch"
    ):
        show(markup)
        reachable = marker.name in ("match", "correct", "preview") and marker.state != "now"
        if reachable and st.button(marker.title, key=f"data-go-{marker.name}"):
            desk.go(cast("Step", marker.name))
            st.rerun()
