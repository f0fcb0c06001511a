"""The Funnel page: switches, the funnel, why customers were lost, who wins more, and the uploaded table beside ours."""

from __future__ import annotations

from typing import cast

import streamlit as st

from salesanalytics.i18n import Lang, text
from salesanalytics.metrics.funnel_sql import Mode
from salesanalytics.ui.analysis_styles import apply_analysis_styles
from salesanalytics.ui.boundary import error_boundary
from salesanalytics.ui.choices import choice
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.funnel.answers import funnel_answer
from salesanalytics.ui.funnel.chart import funnel_panel
from salesanalytics.ui.funnel.intervals_panel import intervals_panel
from salesanalytics.ui.funnel.reasons_panel import reasons_panel
from salesanalytics.ui.funnel.reconciliation_panel import reconciliation_panel
from salesanalytics.ui.html import escape, show

MODES = ("cohort", "flow", "snapshot")


def funnel_page(frame: Frame) -> None:
    """Draw the page."""
    apply_analysis_styles()
    mode, amounts = _choices(frame.lang)
    with error_boundary(frame.lang):
        answer = funnel_answer(frame, mode)
        with st.container(key="funnel-upper"):
            with error_boundary(frame.lang):
                funnel_panel(frame, answer, amounts=amounts)
            with error_boundary(frame.lang):
                reasons_panel(frame, answer)
        with st.container(key="funnel-lower"):
            with error_boundary(frame.lang):
                intervals_panel(frame)
            with error_boundary(frame.lang):
                reconciliation_panel(frame)


def _choices(lang: Lang) -> tuple[Mode, bool]:
    with st.container(key="funnel-tools", horizontal=True, vertical_alignment="center", gap="small"):
        modes = {mode: text(f"funnel.mode_{mode}", lang) for mode in MODES}
        mode = choice("mode", modes, "cohort", label=text("funnel.mode", lang))
        sizes = {size: text(f"funnel.size_{size}", lang) for size in ("customers", "amount")}
        size = choice("size", sizes, "customers", label=text("funnel.size", lang))
        show(f'<span class="sa-tool-note">{escape(text(f"funnel.explained_{mode}", lang))}</span>', width="content")
    return cast("Mode", mode), size == "amount"
