"""Blank templates to download, in the language of the page."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from salesanalytics.i18n import text
from salesanalytics.intake.workbook import blank_workbook
from salesanalytics.tables import TABLES, Table
from salesanalytics.ui.empty import XLSX
from salesanalytics.ui.importing.desk import ImportDesk
from salesanalytics.ui.panel import panel


def templates_panel(desk: ImportDesk) -> None:
    """Draw the card with one button for the whole workbook and one a standard table. The files are made when asked for."""
    lang = desk.lang
    title, note = text("data_page.templates_title", lang), text("data_page.templates_note", lang)
    with (
        panel("data-templates", title, note),
        st.container(key="data-template-buttons", horizontal=True, gap="xxsmall"),
    ):
        _button(desk, "all", text("data_page.template_all", lang), text("template.workbook_file", lang), TABLES)
        for table in TABLES:
            if not table.companion:
                _button(desk, table.name, table.title(lang), f"{table.title(lang)}.xlsx", (table,))


def _button(desk: ImportDesk, name: str, label: str, file_name: str, tables: tuple[Table, ...]) -> None:
    st.download_button(
        label,
        data=_maker(desk, tables),
        file_name=file_name,
        mime=XLSX,
        key=f"data-template-{name}",
        on_click="ignore",
        icon=":material/download:",
    )


def _maker(desk: ImportDesk, tables: tuple[Table, ...]) -> Callable[[], bytes]:
    lang, stages = desk.lang, desk.workspace.settings().stages
    return lambda: blank_workbook(tables, lang, stages)
