"""Every cell of the customer's row in words, contact data hidden until asked for, and where the row stands."""

from __future__ import annotations

import streamlit as st

from salesanalytics.i18n import text
from salesanalytics.insight.customer import CustomerStory
from salesanalytics.metrics.dimensions import CUSTOM
from salesanalytics.tables import LEADS
from salesanalytics.ui.customer.words import cell_words, column_name
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.panel import headline
from salesanalytics.ui.session import Key

VIEWER = "laptop"
"""who reveals contact data where nobody signs in"""


def facts_panel(frame: Frame, story: CustomerStory) -> None:
    """Draw the panel."""
    lang, settings = frame.lang, frame.desk.settings
    with st.container(key="panel-customer-facts", border=True, gap="xsmall"):
        show(headline(text("customer.facts", lang), text("customer.facts_subtitle", lang)))
        cells = [(name, story.facts.get(name)) for name in LEADS.names if name in story.facts]
        cells += [(f"{CUSTOM}{name}", value) for name, value in story.own.items()]
        filled = [(name, value) for name, value in cells if value not in (None, "")]
        lines = "".join(
            f"<dt>{escape(column_name(name, lang))}</dt><dd>{escape(cell_words(name, value, settings, lang))}</dd>"
            for name, value in filled
        )
        empty_ones = [column_name(name, lang) for name, value in cells if value in (None, "")]
        show(f'<dl class="sa-facts">{lines}</dl>')
        if empty_ones:
            joined = text("customer.list_comma", lang).join(empty_ones)
            show(f'<div class="sa-panel-note">{escape(text("customer.not_filled", lang, columns=joined))}</div>')
        if story.has_contacts:
            _contact_button(frame, story)
        facts = story.facts
        place = text("customer.row_place", lang, file=facts["file"], sheet=facts["sheet"] or "—", row=facts["row"])
        show(f'<div class="sa-panel-note">{escape(place)}</div>')


def _contact_button(frame: Frame, story: CustomerStory) -> None:
    shown = st.session_state.get(Key.CONTACTS_OF) == story.customer_id
    words = text("customer.hide_contacts" if shown else "customer.show_contacts", frame.lang)
    st.button(words, key="customer-contacts", on_click=_switch_contacts, args=(frame, story.customer_id, not shown))


def _switch_contacts(frame: Frame, customer_id: str, reveal: bool) -> None:
    """Show or hide; that somebody looked is on record (the sample, which nobody may change, keeps none)."""
    st.session_state[Key.CONTACTS_OF] = customer_id if reveal else None
    if reveal and not frame.desk.source.is_sample:
        frame.desk.source.workspace.audit(VIEWER, "contact-data-shown", {"customer_id": customer_id})
