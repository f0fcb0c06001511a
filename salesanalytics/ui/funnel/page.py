"""The Funnel page: the funnel and why customers were lost, cut by a dimension, two values side by side, entry cohorts, and the uploaded table beside ours."""

from __future__ import annotations

import streamlit as st

from salesanalytics.ui.boundary import error_boundary
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.funnel.answers import FunnelAnswer, funnel_answer
from salesanalytics.ui.funnel.chosen import mode_and_size
from salesanalytics.ui.funnel.cohorts_panel import cohorts_panel
from salesanalytics.ui.funnel.comparison_panel import comparison_panel
from salesanalytics.ui.funnel.download import download
from salesanalytics.ui.funnel.funnel_panel import funnel_panel
from salesanalytics.ui.funnel.opened import open_number
from salesanalytics.ui.funnel.reasons_panel import reasons_panel
from salesanalytics.ui.funnel.reconciliation_panel import reconciliation_panel
from salesanalytics.ui.funnel.split_panel import split_panel


def funnel_page(frame: Frame) -> None:
    """Draw the page."""
    with st.container(key="funnel-tools", horizontal=True, vertical_alignment="center", gap="small"):
        mode, amounts = mode_and_size(frame.lang)
        files = st.container(width="content")
    with error_boundary(frame.lang):
        answer = funnel_answer(frame, mode)
        with st.container(key="funnel-upper"):
            with error_boundary(frame.lang):
                funnel_panel(frame, answer, amounts=amounts)
            with error_boundary(frame.lang):
                reasons_panel(frame, answer)
        _lower(frame, answer, files)
        if number := frame.opened:
            open_number(frame, answer, number)


def _lower(frame: Frame, answer: FunnelAnswer, files: st.delta_generator.DeltaGenerator) -> None:
    cut = None
    if not answer.empty:
        with error_boundary(frame.lang):
            cut = split_panel(frame, answer)
    with st.container(key="funnel-lower"):
        if cut is not None:
            with error_boundary(frame.lang):
                comparison_panel(frame, *cut)
        with error_boundary(frame.lang):
            reconciliation_panel(frame)
    with error_boundary(frame.lang):
        cohorts = cohorts_panel(frame)
        with files:
            download(frame, answer, cut[1] if cut else None, cohorts)
