"""The imports in which the customer's row changed, and how: column, before, after."""

from __future__ import annotations

import streamlit as st

from salesanalytics.i18n import Lang, format, text
from salesanalytics.insight.customer import HIDDEN, CustomerStory
from salesanalytics.insight.customer_imports import CellChange, ImportEvent
from salesanalytics.settings import Settings
from salesanalytics.ui.customer.words import cell_words, column_name
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.panel import headline
from salesanalytics.ui.tables import Tag, Tone, cell_markup

HEIGHT = 520
_TONES: dict[str, Tone] = {"missing": "warn", "held": "bad", "returned": "good"}


def imports_panel(frame: Frame, story: CustomerStory) -> None:
    """Draw the panel."""
    lang, imports = frame.lang, story.imports
    with st.container(key="panel-customer-imports", border=True, gap="xxsmall"):
        if not imports.events:
            show(headline(text("customer.no_imports", lang)))
            return
        changed = sum(event.kind in ("changed", "returned") and bool(event.changes) for event in imports.events)
        key = "imports" if changed else "imports_same"
        title = text(f"customer.{key}", lang, n=changed or imports.held_in, held=imports.held_in)
        show(headline(title, text("customer.imports_subtitle", lang)))
        lines = "".join(_event(event, frame.desk.settings, lang) for event in reversed(imports.events))
        show(
            f'<div class="sa-events" tabindex="0" role="region" aria-label="{escape(title)}" style="max-height:{HEIGHT}px">{lines}</div>'
        )


def _event(event: ImportEvent, settings: Settings, lang: Lang) -> str:
    kind = ""
    if event.kind != "changed":
        kind = cell_markup(Tag(text(f"customer.event_{event.kind}", lang), _TONES.get(event.kind, "neutral")))
    changes = "".join(_change(change, settings, lang) for change in event.changes)
    place = ""
    if event.file:
        place = text("customer.row_place", lang, file=event.file, sheet=event.sheet or "—", row=event.row)
    return (
        f'<div class="event"><div class="when"><b>{escape(format.day(event.imported_on))}</b>{kind}'
        f'<small>{escape(place)}</small></div><dl class="changes">{changes}</dl></div>'
    )


def _change(change: CellChange, settings: Settings, lang: Lang) -> str:
    name = column_name(change.column, lang)
    if change.before == change.after == HIDDEN:
        return f"<dt>{escape(name)}</dt><dd>{escape(text('customer.changed_hidden', lang))}</dd>"
    before, after = (cell_words(change.column, value, settings, lang) for value in (change.before, change.after))
    return f'<dt>{escape(name)}</dt><dd><span class="sa-muted">{escape(before)}</span> → <b>{escape(after)}</b></dd>'
