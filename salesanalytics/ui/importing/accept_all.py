"""Every suggestion at once: one list of what each would change, ticked; what is unticked stays as it is."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from salesanalytics.i18n import Lang, format, text
from salesanalytics.intake.issues import CHECK_BY_KIND
from salesanalytics.intake.types import Correction
from salesanalytics.tables import BY_NAME
from salesanalytics.ui.importing.desk import ImportDesk
from salesanalytics.ui.importing.draft import Edit, ImportDraft

LISTED = 1000


def accept_all(desk: ImportDesk) -> None:
    """Open the list as a dialog; its button applies the ticked changes."""
    st.dialog(text("correcting.accept_title", desk.lang), width="large")(_list)(desk)


def suggested_edits(desk: ImportDesk) -> tuple[Edit, ...]:
    """Return the fixes that taking every suggestion adds to the draft."""
    return desk.suggested.edits[len(desk.draft.edits) :]


def taking(draft: ImportDraft, edits: tuple[Edit, ...], taken: list[bool]) -> ImportDraft:
    """Return the draft with the ticked corrections of ``edits``; ``taken`` goes through them in order, those beyond it are taken."""
    at = 0
    for edit in edits:
        ticks = taken[at : at + len(edit.corrections)]
        ticks += [True] * (len(edit.corrections) - len(ticks))
        at += len(edit.corrections)
        kept = tuple(each for each, tick in zip(edit.corrections, ticks, strict=True) if tick)
        draft = draft.with_edit(replace(edit, corrections=kept))
    return draft


def _list(desk: ImportDesk) -> None:
    lang, edits = desk.lang, suggested_edits(desk)
    corrections = [each for edit in edits for each in edit.corrections]
    st.caption(text("correcting.accept_note", lang))
    tick = text("correcting.take", lang)
    frame = pd.DataFrame([{tick: True, **correction_line(desk, each)} for each in corrections[:LISTED]])
    chosen = st.data_editor(
        frame,
        key=f"data-accept-{len(desk.draft.edits)}",
        hide_index=True,
        disabled=[head for head in frame.columns if head != tick],
        column_config={tick: st.column_config.CheckboxColumn(tick, width="small")},
        height=min(38 + 35 * len(frame), 460),
    )
    taken = [bool(value) for value in chosen[tick]]
    if len(corrections) > LISTED:
        st.caption(text("correcting.accept_more", lang, n=format.number(len(corrections) - LISTED)))
    n = sum(taken) + max(0, len(corrections) - LISTED)
    label = text("data_page.edit_apply", lang, n=format.number(n) if n > 1 else n)
    if st.button(label, key="data-accept-apply", type="primary", disabled=not n):
        desk.correcting(taking(desk.draft, edits, taken))


def correction_line(desk: ImportDesk, each: Correction) -> dict[str, object]:
    """Return one correction as a line of a grid: where, from what, to what, why."""
    lang = desk.lang
    empty = text("data_page.value_empty", lang)
    gone = each.action == "drop"
    check = CHECK_BY_KIND.get(each.reason)
    return {
        text("data_page.column_row", lang): f"{_table(desk, each, lang)} · {each.row}",
        text("correcting.column", lang): each.column or "—",
        text("correcting.before", lang): "—" if gone else each.old or empty,
        text("correcting.after", lang): text("data_page.copy_leave", lang) if gone else each.new or empty,
        text("correcting.why", lang): check.title(lang) if check else "",
    }


def _table(desk: ImportDesk, each: Correction, lang: Lang) -> str:
    """Name the table of a correction's row, or its sheet where several tables are in one."""
    own = {
        sheet.table
        for sheet in desk.bench.rows(desk.draft).sheets
        if (sheet.raw.digest, sheet.raw.sheet) == (each.digest, each.sheet) and sheet.table
    }
    return BY_NAME[own.pop()].title(lang) if len(own) == 1 else each.sheet
