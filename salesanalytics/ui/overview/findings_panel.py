"""The findings, in plain sentences with their evidence."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from salesanalytics.i18n import format, text
from salesanalytics.insight.findings import Finding
from salesanalytics.ui.boundary import error_boundary
from salesanalytics.ui.empty import empty
from salesanalytics.ui.filters import link_params
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.html import escape, sentence, show
from salesanalytics.ui.overview.answers import weightiest_findings
from salesanalytics.ui.overview.movers_list import movers_list
from salesanalytics.ui.overview.opened import finding_question
from salesanalytics.ui.overview.opened_step import BEFORE, is_step
from salesanalytics.ui.panel import panel
from salesanalytics.ui.tables import Opens, cell_markup


def findings_panel(frame: Frame) -> None:
    """Draw the weightiest findings."""
    lang = frame.lang
    found = weightiest_findings(frame.desk, frame.where)
    title = text("overview.findings", lang, n=len(found)) if found else text("overview.findings_title", lang)
    with panel("findings", title, text("overview.findings_subtitle", lang)):
        if not found:
            empty(text("overview.findings_none", lang))
        for place, finding in enumerate(found):
            with st.container(key=f"finding-{finding.tone}-{place}", gap=None):
                _draw(finding, place, frame)
        with error_boundary(lang):
            movers_list(frame, 1 if len(found) > 1 else 2)


def _draw(finding: Finding, place: int, frame: Frame) -> None:
    lang = frame.lang
    sample = " · ".join(_samples(frame, finding, place))
    show(
        f'<div class="sa-finding"><b>{escape(finding.title(lang))}</b><p>{sentence(finding.detail(lang))}</p>'
        f"<small>{sample}</small></div>"
    )
    page, asked = finding.target
    file = f"pages/{page}.py"
    if page != "overview" and Path(file).exists():
        kept = [(name, value) for name, value in link_params() if name not in asked]
        st.page_link(file, label=text("overview.finding_evidence", lang), query_params=[*kept, *asked.items()])


def _samples(frame: Frame, finding: Finding, place: int) -> list[str]:
    """The finding's sample, and of a slower stage that of the days before: each opens its rows."""
    n = text("overview.finding_n", frame.lang, n=format.number(finding.n))
    step = is_step(finding)
    said = [cell_markup(Opens(n, f"finding:{place}")) if step or finding_question(frame, finding) else escape(n)]
    if step:
        before = text("overview.finding_n_before", frame.lang, n=finding.params["before_n"])
        said.append(cell_markup(Opens(before, f"finding:{place}:{BEFORE}")))
    return said
