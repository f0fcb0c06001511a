"""The customer page: the search, then one customer's panels."""

from __future__ import annotations

import streamlit as st

from salesanalytics.i18n import format, text
from salesanalytics.insight.customer import CustomerStory, customer_story
from salesanalytics.ui.boundary import error_boundary
from salesanalytics.ui.customer.amounts_panel import amounts_panel
from salesanalytics.ui.customer.facts_panel import facts_panel
from salesanalytics.ui.customer.followups_panel import followups_panel
from salesanalytics.ui.customer.head import customer_head
from salesanalytics.ui.customer.imports_panel import imports_panel
from salesanalytics.ui.customer.links import ID_PARAM
from salesanalytics.ui.customer.search import hits, search_box, where_to_begin
from salesanalytics.ui.customer.stages_panel import stages_panel
from salesanalytics.ui.customer.then_panel import then_panel
from salesanalytics.ui.empty import empty
from salesanalytics.ui.flag_words import all_flags
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.session import Key


def customer_page(frame: Frame) -> None:
    """Draw the page."""
    sought = search_box(frame)
    if sought:
        hits(frame, sought)
    chosen = st.query_params.get(ID_PARAM)
    if not chosen:
        if not sought:
            where_to_begin(frame)
        return
    story = _story(frame, chosen)
    if story is None:
        with st.container(key="panel-unknown", border=True):
            empty(text("customer.unknown", frame.lang, customer=chosen, day=format.day(frame.as_of)))
        return
    _panels(frame, story)


def _story(frame: Frame, customer_id: str) -> CustomerStory | None:
    desk = frame.desk
    reveal = st.session_state.get(Key.CONTACTS_OF) == customer_id
    return desk.remember(
        "customer",
        (customer_id, reveal),
        lambda: customer_story(desk.view, desk.settings, customer_id, reveal=reveal, known_flags=all_flags(desk, ())),
    )


def _panels(frame: Frame, story: CustomerStory) -> None:
    for draw in (customer_head, then_panel, stages_panel):
        with error_boundary(frame.lang):
            draw(frame, story)
    with st.container(key="row-customer"):
        with st.container(key="customer-left"):
            for draw in (followups_panel, imports_panel):
                with error_boundary(frame.lang):
                    draw(frame, story)
        with st.container(key="customer-right"):
            for draw in (amounts_panel, facts_panel):
                with error_boundary(frame.lang):
                    draw(frame, story)
