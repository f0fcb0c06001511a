"""Downloads of the Quality page: CSV, exact figures, nothing a spreadsheet would calculate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from salesanalytics.i18n import format, text
from salesanalytics.ui.csv_file import csv_bytes
from salesanalytics.ui.frame import Frame


def download(name: str, headers: Mapping[str, str], rows: Sequence[Mapping[str, object]], frame: Frame) -> None:
    """Draw a download button, whose file is written when it is pressed. ``headers``: key of a row → its heading's key in the catalogue (``quality.<key>``), in order."""
    if rows:
        st.download_button(
            text("quality.download", frame.lang, n=len(rows)),
            lambda: csv_bytes(rows, {key: text(f"quality.{heading}", frame.lang) for key, heading in headers.items()}),
            text(
                "quality.file_name",
                frame.lang,
                part=text(f"quality.file_{name}", frame.lang),
                day=format.day(frame.as_of),
            ),
            "text/csv",
            key=f"quality-csv-{name}",
            on_click="ignore",
        )
