"""The What changed page: the bridge, what matters most beside it, what was lost, pushed and handed over, and every customer in one line."""

from __future__ import annotations

import streamlit as st

from salesanalytics.i18n import format, text
from salesanalytics.ui.boundary import error_boundary
from salesanalytics.ui.changes.absence_panels import absence_panels
from salesanalytics.ui.changes.answers import answers_of
from salesanalytics.ui.changes.chosen import chosen_changes
from salesanalytics.ui.changes.groups_panel import groups_panel
from salesanalytics.ui.changes.lines_panel import lines_panel
from salesanalytics.ui.changes.lower_panels import lower_panels
from salesanalytics.ui.changes.opened import open_number
from salesanalytics.ui.changes.side_panels import side_panel
from salesanalytics.ui.changes.waterfall_panel import waterfall_panel
from salesanalytics.ui.dates import import_dates
from salesanalytics.ui.empty import empty
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.restated.panel import restated_panel


def changes_page(frame: Frame) -> None:
    """Draw the page."""
    chosen = chosen_changes(frame)
    if chosen is None:
        _nothing_to_compare(frame)
        return
    with error_boundary(frame.lang):
        answers = answers_of(frame, chosen)
        with st.container(key="changes-upper"):
            with error_boundary(frame.lang):
                waterfall_panel(frame, chosen, answers.changes)
            with error_boundary(frame.lang):
                side_panel(frame, answers)
        restated = st.container(key="changes-restated", border=True)  # filled last: the page does not wait for it
        with error_boundary(frame.lang):
            groups_panel(frame, chosen, answers.changes)
        with st.container(key="changes-lower"), error_boundary(frame.lang):
            lower_panels(frame, answers)
        with error_boundary(frame.lang):
            absence_panels(frame, answers)
        with error_boundary(frame.lang):
            lines_panel(frame, chosen, answers)
        with error_boundary(frame.lang), restated:
            restated_panel(frame, answers.changes.start_on, answers.changes.end_on)
        if number := frame.opened:
            open_number(frame, answers, number)


def _nothing_to_compare(frame: Frame) -> None:
    """Say what is needed: a second import, or a later end."""
    key = "one_import" if len(import_dates(frame.desk)) < 2 else "no_earlier"  # a comparison has two sides
    day = format.day(frame.as_of)
    with st.container(key="panel-changes-none", border=True):
        empty(text(f"changes.{key}", frame.lang, day=day), text(f"changes.{key}_note", frame.lang, day=day))
