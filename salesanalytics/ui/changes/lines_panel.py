"""Every customer in one line, only those with something new or all; with the downloads."""

from __future__ import annotations

import streamlit as st

from salesanalytics.i18n import text
from salesanalytics.insight.changes.beside import deal_lines
from salesanalytics.reports.excel_changes import changes_workbook
from salesanalytics.ui.changes.answers import Answers, everybody
from salesanalytics.ui.changes.chosen import Chosen
from salesanalytics.ui.changes.lines_table import file_headers, file_rows, lines_download, money_of, paged_lines
from salesanalytics.ui.changes.words import file_name
from salesanalytics.ui.empty import XLSX, empty
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.html import show
from salesanalytics.ui.panel import headline


def lines_panel(frame: Frame, chosen: Chosen, answers: Answers) -> None:
    """Draw the panel."""
    lang = frame.lang
    pairs = answers.changes.pairs if chosen.only_changed else everybody(frame, answers.changes)
    lines = deal_lines(pairs, only_changed=chosen.only_changed)
    key = "changed" if chosen.only_changed else "all"
    money = money_of(frame, lines)
    with st.container(key="panel-changes-lines", border=True, gap="xxsmall"):
        with st.container(key="changes-lines-head", horizontal=True, vertical_alignment="top"):
            title = text(f"changes.lines_title_{key}", lang, n=len(lines))
            show(headline(title, text("changes.lines_subtitle", lang, unit=money.name)))
            with st.container(key="changes-files", horizontal=True, width="content"):
                lines_download(frame, lines, key="changes-csv", name=file_name(answers.changes, lang))
                _excel(frame, answers)
        if not lines:
            empty(text("changes.lines_none", lang), text("changes.nothing_moved", lang))
            return
        paged_lines(frame, lines, f"changes-lines-page-{key}")


def _excel(frame: Frame, answers: Answers) -> None:
    """Draw the button of the workbook: the bridge on one sheet, its deals on another."""
    lang, found = frame.lang, answers.changes

    def content() -> bytes:
        lines = deal_lines(everybody(frame, found), only_changed=False)
        settings = frame.desk.settings
        return changes_workbook(found, file_rows(lines, settings, lang), file_headers(lang), lang, settings.currency)

    st.download_button(
        text("changes.download_excel", lang),
        content,
        f"{file_name(found, lang)}.xlsx",
        XLSX,
        key="changes-xlsx",
        on_click="ignore",
    )
