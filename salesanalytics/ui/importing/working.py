"""What takes more than a moment, while it runs: the step's name, the rows done, and the button that ends it."""

from __future__ import annotations

import time
from collections.abc import Callable

import streamlit as st

from salesanalytics.i18n import format, text
from salesanalytics.ui.importing.desk import ImportDesk

SHOWN_AFTER_SECONDS = 0.6
"""Sooner than that nothing is shown: a line that is gone at once only flickers."""
_BETWEEN_SECONDS = 0.2
SHARES = {
    "read": (0.0, 0.45),
    "match": (0.45, 0.5),
    "type": (0.5, 0.85),
    "check": (0.85, 1.0),
    "compare": (0.0, 1.0),
    "load": (0.0, 1.0),
}
"""Which part of the bar a step fills."""


class Working:
    """The line, drawn where it was made, from the first word on that comes after a moment. ``cancel``: what its button does, None without one.

    Streamlit ends a running script when it next draws something, so being told often is what makes the button work.
    """

    def __init__(self, desk: ImportDesk, cancel: Callable[[], None] | None) -> None:
        self._desk, self._cancel = desk, cancel
        self._place = st.empty()
        self._bar: object | None = None
        self._since = self._last = time.monotonic()
        self._step = ""

    def said(self, step: str, share: float, rows: int = 0) -> None:
        """Show the step, how much of it is done (0-1), and how many rows that is (0: not said)."""
        now = time.monotonic()
        if now - self._since < SHOWN_AFTER_SECONDS:
            return
        if step == self._step and now - self._last < _BETWEEN_SECONDS:
            return
        self._step, self._last = step, now
        start, end = SHARES[step]
        self._drawn(min(start + (end - start) * share, 1.0), self._words(step, rows))

    def done(self) -> None:
        """Take the line away."""
        self._place.empty()

    def _words(self, step: str, rows: int) -> str:
        lang = self._desk.lang
        name = text(f"data_page.progress_{step}", lang)
        return text("data_page.progress_rows", lang, step=name, n=rows, rows=format.number(rows)) if rows else name

    def _drawn(self, share: float, words: str) -> None:
        if self._bar is None:
            with self._place.container(key="data-working"), st.container(horizontal=True, vertical_alignment="center"):
                self._bar = st.empty()
                if self._cancel is not None:
                    label = text("data_page.cancel", self._desk.lang)
                    st.button(label, key="data-cancel", on_click=self._cancel, icon=":material/close:")
        self._bar.progress(share, words)  # type: ignore[attr-defined]
