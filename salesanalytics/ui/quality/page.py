"""The Quality page: its figures on top, and below them one part at a time."""

from __future__ import annotations

import streamlit as st

from salesanalytics.i18n import text
from salesanalytics.ui.boundary import error_boundary
from salesanalytics.ui.choices import choice
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.quality.accuracy_panel import accuracy_panel
from salesanalytics.ui.quality.cards import quality_cards
from salesanalytics.ui.quality.completeness_panels import columns_panel, reps_panel
from salesanalytics.ui.quality.gaps_panel import gaps_panel
from salesanalytics.ui.quality.imports_panel import imports_panel
from salesanalytics.ui.quality.late_panel import late_panel
from salesanalytics.ui.quality.opened import open_what_was_asked
from salesanalytics.ui.quality.reconciliation_panels import reconciliation_panels
from salesanalytics.ui.quality.sample_panel import sample_panel

PARTS = {
    "records": (columns_panel, reps_panel, late_panel, gaps_panel),
    "imports": (imports_panel,),
    "sample": (sample_panel, accuracy_panel),
    "reconciliation": (reconciliation_panels,),
}


def quality_page(frame: Frame) -> None:
    """Draw the page."""
    with error_boundary(frame.lang):
        quality_cards(frame)
    part = choice(
        "part",
        {name: text(f"quality.part_{name}", frame.lang) for name in PARTS},
        "records",
        label=text("quality.part", frame.lang),
    )
    with st.container(key=f"quality-{part}"):
        for panel in PARTS[part]:
            with error_boundary(frame.lang):
                panel(frame)
    open_what_was_asked(frame)
