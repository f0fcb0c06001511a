"""The banner over sample data, with the one click that clears it."""

from __future__ import annotations

import streamlit as st

from salesanalytics.i18n import Lang, text
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.session import Key


def sample_banner(lang: Lang) -> None:
    """Say that these are not the user's figures, and offer an empty workspace of their own."""
    with st.container(key="sample-banner", horizontal=True, vertical_alignment="center", gap="small"):
        tag, words = escape(text("ui.sample_tag", lang)), escape(text("ui.sample_note", lang))
        show(f'<span class="sa-tag warn">{tag}</span> <span class="sa-small">{words}</span>', width="content")
        st.button(text("ui.sample_clear", lang), key="sample-clear", type="tertiary", on_click=_clear)


def _clear() -> None:
    st.session_state[Key.SAMPLE_DISMISSED] = True
    st.query_params.clear()
