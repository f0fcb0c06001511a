"""Downloads of the rows behind a number: all of them, exact, with file, sheet and Excel row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from salesanalytics.i18n import Lang, format, has_text, text
from salesanalytics.settings import Settings
from salesanalytics.ui.csv_file import csv_bytes
from salesanalytics.ui.empty import XLSX
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.value_names import value_name

COLUMNS = (
    "side", "metric", "customer_id", "name", "label", "note", "owner", "team", "stage", "on", "amount", "numerator",
    "denominator", "hit", "ended", "counted", "reason", "file", "sheet", "row",
)  # fmt: skip
_HEADINGS = {"amount": "plain_amount", "ended": "ended"}
Rows = Sequence[Mapping[str, Any]]


def number_files(frame: Frame, name: str, facts: Mapping[str, str], n: int, read: Callable[[], Rows]) -> None:
    """Draw the buttons; ``read`` fetches all rows when one is pressed. ``name``: what the file is called, with the date after it."""
    lang, settings = frame.lang, frame.desk.settings
    stem = f"{name}_{format.day(frame.as_of)}"

    def workbook() -> bytes:
        from salesanalytics.reports.excel_rows import rows_workbook  # few open a number to keep it

        headers, lines = file_table(read(), settings, lang)
        return rows_workbook(facts, headers, lines, lang)

    def plain() -> bytes:
        headers, lines = file_table(read(), settings, lang)
        return csv_bytes([dict(zip(headers, line, strict=True)) for line in lines])

    with st.container(key="number-files", horizontal=True, vertical_alignment="center", gap="small"):
        for kind, make, ending, mime in (("excel", workbook, "xlsx", XLSX), ("csv", plain, "csv", "text/csv")):
            st.download_button(
                text(f"number.download_{kind}", lang),
                make,
                f"{stem}.{ending}",
                mime,
                key=f"number-{kind}",
                icon=":material/download:",
                on_click="ignore",
            )
        st.html(f'<span class="sa-muted">{text("number.download_note", lang, n=n)}</span>')


def file_table(rows: Rows, settings: Settings, lang: Lang) -> tuple[list[str], list[list[object]]]:
    """Return headers and lines of a file; columns in which no row has anything are left out."""
    kept = [name for name in COLUMNS if any(row.get(name) not in (None, "") for row in rows)]
    headers = [text(f"number.column_{_HEADINGS.get(name, name)}", lang) for name in kept]
    return headers, [[_cell(name, row.get(name), settings, lang) for name in kept] for row in rows]


def _cell(name: str, value: object, settings: Settings, lang: Lang) -> object:
    match name, value:
        case _, None:
            return None
        case "side", str(side):
            return " / ".join(_place(each, lang) for each in side.split("/"))
        case "metric", str(metric):
            return text(f"metric.{metric}.name", lang) if has_text(f"metric.{metric}.name", lang) else metric
        case "reason", str(reason):
            return text(f"number.reason_{reason}", lang)
        case "stage", str(stage):
            return value_name(stage, "stage", lang, settings.stages)
        case _, bool(answer):
            return text("number.yes" if answer else "number.no", lang)
        case _:
            return value


def _place(side: str, lang: Lang) -> str:
    key = f"number.side_{side.partition(':')[0]}"
    return text(key, lang) if side else ""
