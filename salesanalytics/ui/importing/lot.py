"""One fix of many cells, opened: each of its corrections can be taken back by itself."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from salesanalytics.i18n import format, text
from salesanalytics.ui.importing.accept_all import LISTED, correction_line
from salesanalytics.ui.importing.desk import ImportDesk


def open_lot(desk: ImportDesk, place: int) -> None:
    """Open the list of the fix at ``place`` as a dialog; its button takes back what is unticked."""
    st.dialog(text("correcting.lot_title", desk.lang), width="large")(_list)(desk, place)


def _list(desk: ImportDesk, place: int) -> None:
    lang, made = desk.lang, desk.draft.edits[place].corrections
    st.caption(text("correcting.lot_note", lang))
    keep = text("correcting.keep", lang)
    frame = pd.DataFrame([{keep: True, **correction_line(desk, each)} for each in made[:LISTED]])
    chosen = st.data_editor(
        frame,
        key=f"data-lot-{place}-{len(made)}",
        hide_index=True,
        disabled=[head for head in frame.columns if head != keep],
        column_config={keep: st.column_config.CheckboxColumn(keep, width="small")},
        height=min(38 + 35 * len(frame), 460),
    )
    back = {at for at, kept in enumerate(chosen[keep]) if not kept}
    if len(made) > LISTED:
        st.caption(text("correcting.lot_more", lang, n=format.number(len(made) - LISTED)))
    n = len(back)
    label = text("correcting.lot_undo", lang, n=format.number(n) if n > 1 else n)
    if st.button(label, key="data-lot-undo", type="primary", disabled=not n):
        desk.correcting(desk.draft.undoing_some(place, back))
