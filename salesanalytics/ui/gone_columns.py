"""What a view still asks of a column of the user's own that the data has not got any more: said, instead of silently shown without it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import streamlit as st

from salesanalytics.i18n import Lang, format, text
from salesanalytics.metrics.asking import custom_dimensions
from salesanalytics.metrics.dimensions import CUSTOM
from salesanalytics.ui.data import Desk
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.view_state import ViewState


def gone_note(desk: Desk, lang: Lang) -> None:
    """Draw one line naming the columns the address filters or cuts by and no visible customer has, if there are any."""
    asked = tuple(dict.fromkeys(_asked()))
    if not asked:
        return
    known = desk.remember("custom-dimensions", (), lambda: custom_dimensions(desk.view))
    gone = [name.removeprefix(CUSTOM) for name in asked if name not in known]
    if gone:
        names = text("ui.names_comma", lang).join(gone)
        words = text("ui.gone_columns", lang, names=names, day=format.day(desk.as_of), n=len(gone))
        show(f'<div class="sa-warn" role="status">{escape(words)}</div>')


def unknown_then(then: Desk, state: ViewState) -> tuple[str, ...]:
    """Return the user's own columns that are filtered by and that the date compared with did not know."""
    own = [name for name, _ in state.where if name.startswith(CUSTOM)]
    if not own:
        return ()
    known = then.remember("custom-dimensions", (), lambda: custom_dimensions(then.view))
    return tuple(name.removeprefix(CUSTOM) for name in own if name not in known)


def unknown_note(columns: Sequence[str], day: date, lang: Lang) -> None:
    """Draw one line that says why nothing is compared."""
    names = text("ui.names_comma", lang).join(columns)
    words = text("ui.unknown_then", lang, names=names, day=format.day(day), n=len(columns))
    show(f'<div class="sa-warn" role="status">{escape(words)}</div>')


def _asked() -> Iterator[str]:
    for param in st.query_params:
        if param.startswith(CUSTOM):
            yield param
        for value in st.query_params.get_all(param):
            if value.startswith(CUSTOM):
                yield value
