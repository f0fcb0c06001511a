"""Rows held back: shown with their reasons, downloadable with every cell as the user wrote it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from salesanalytics.i18n import Lang, format, text
from salesanalytics.intake.issues import CHECK_BY_KIND
from salesanalytics.store.types import HeldRow
from salesanalytics.tables import BY_NAME
from salesanalytics.ui.csv_file import csv_bytes
from salesanalytics.ui.empty import empty
from salesanalytics.ui.html import show
from salesanalytics.ui.importing.desk import ImportDesk
from salesanalytics.ui.importing.held_again import correct_held
from salesanalytics.ui.panel import headline
from salesanalytics.ui.tables import TableColumn, table

SHOWN = 200


def quarantine(desk: ImportDesk, held: Sequence[HeldRow]) -> None:
    """Draw the rows in quarantine. Who downloads them is on record."""
    lang = desk.lang
    if not held:
        empty(text("data_page.quarantine_empty", lang), text("data_page.quarantine_empty_note", lang))
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        head = text("data_page.quarantine_head", lang, n=format.number(len(held)) if len(held) > 1 else 1)
        show(headline(head, text("data_page.quarantine_note", lang)))
        st.download_button(
            text("data_page.quarantine_download", lang),
            data=lambda: _downloaded(desk, held),
            file_name=text("data_page.quarantine_file", lang),
            mime="text/csv",
            key="data-quarantine-csv",
            on_click="ignore",
            icon=":material/download:",
        )
    correct_held(desk, held)
    columns = [
        TableColumn(text("data_page.quarantine_reasons", lang), wrap=True),
        TableColumn(text("data_page.column_name", lang), wide=True),
        TableColumn(text("data_page.column_row", lang), number=True),
        TableColumn(text("data_page.quarantine_content", lang)),
        TableColumn(text("data_page.column_file", lang), soft=True, wide=True),
    ]
    rows = [
        [reasons(each, lang), BY_NAME[each.row.table].title(lang), str(each.row.row), _content(each), each.row.file]
        for each in held[:SHOWN]
    ]
    show(table(columns, rows, text("data_page.quarantine_tab", lang, n=len(held)), height=420))


def _downloaded(desk: ImportDesk, held: Sequence[HeldRow]) -> bytes:
    desk.workspace.audit(desk.who, "exported", {"what": "quarantine", "rows": len(held)})
    return csv_bytes(quarantine_records(held, desk.lang))


def reasons(held: HeldRow, lang: Lang) -> str:
    """Return why a row is held back, in words."""
    return " · ".join(CHECK_BY_KIND[kind].title(lang) if kind in CHECK_BY_KIND else kind for kind in held.row.kinds)


def _content(held: HeldRow) -> str:
    return " · ".join(value for value in list(held.row.cells.values())[:6] if value)


def quarantine_records(held: Sequence[HeldRow], lang: Lang) -> list[dict[str, object]]:
    """Return the rows of the download: where each came from, why it is held back, then its cells under the user's headers."""
    headers = list(dict.fromkeys(header for each in held for header in each.row.cells))
    own = ["quarantine_import", "column_name", "column_file", "column_sheet", "column_row", "quarantine_reasons"]
    heads = [text(f"data_page.{key}", lang) for key in own]
    return [
        dict[str, object](zip(heads, _origin(each, lang), strict=True))
        | {header: each.row.cells.get(header) or "" for header in headers}
        for each in held
    ]


def _origin(each: HeldRow, lang: Lang) -> tuple[str, ...]:
    row = each.row
    return str(each.import_id), BY_NAME[row.table].title(lang), row.file, row.sheet, str(row.row), reasons(each, lang)
