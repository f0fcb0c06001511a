"""Finding a customer by name or number."""

from __future__ import annotations

import streamlit as st

from salesanalytics.i18n import format, text
from salesanalytics.insight.customer import FoundCustomer, find_customers
from salesanalytics.ui.customer.links import ID_PARAM
from salesanalytics.ui.customer.words import stage_name
from salesanalytics.ui.empty import empty
from salesanalytics.ui.flag_words import flag_columns, flag_row
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.html import show
from salesanalytics.ui.overview.answers import most_urgent
from salesanalytics.ui.panel import panel
from salesanalytics.ui.tables import Customer, TableColumn, table

MOST = 20
KEY = "customer-search"


def search_box(frame: Frame) -> str:
    """Draw the box and return what is sought; "" = nothing. A number typed in full opens at once."""
    sought = st.text_input(
        text("customer.search", frame.lang),
        key=KEY,
        placeholder=text("customer.search_placeholder", frame.lang),
        label_visibility="collapsed",
        width=340,
    ).strip()
    found = find_customers(frame.desk.view, sought, 2) if sought else []
    if found and (len(found) == 1 or found[0].customer_id.casefold() == sought.casefold()):
        st.query_params[ID_PARAM] = found[0].customer_id
        return ""
    return sought


def hits(frame: Frame, sought: str) -> None:
    """Draw the customers that were found, or that there are none."""
    lang = frame.lang
    found = find_customers(frame.desk.view, sought, MOST + 1)
    if not found:
        with st.container(key="panel-hits", border=True):
            empty(text("customer.nothing_found", lang, sought=sought))
        return
    key = "customer.found_first" if len(found) > MOST else "customer.found"
    with panel("hits", text(key, lang, n=min(len(found), MOST))):
        columns = [
            TableColumn(text("customer.column_customer", lang)),
            TableColumn(text("customer.column_id", lang), soft=True),
            TableColumn(text("customer.column_owner", lang), wide=True),
            TableColumn(text("customer.column_stage", lang)),
        ]
        show(table(columns, [_hit(one, frame) for one in found[:MOST]], text("customer.search", lang)))


def _hit(one: FoundCustomer, frame: Frame) -> tuple[Customer, str, str, str]:
    lang = frame.lang
    stage = stage_name(one.stage, frame.desk.settings, lang) if one.stage else text("customer.missing", lang)
    owner = one.owner or text("ui.pool", lang)
    return Customer(one.customer_name or one.customer_id, one.customer_id), one.customer_id, owner, stage


def where_to_begin(frame: Frame) -> None:
    """Draw what the page shows before anybody was chosen: who needs somebody first."""
    lang, settings = frame.lang, frame.desk.settings
    urgent = most_urgent(frame.desk, frame.where)
    with panel("begin", text("customer.begin", lang), text("customer.begin_note", lang) if urgent.first else ""):
        if urgent.first:
            unit = format.money_unit([flag.expected_amount for flag in urgent.first], lang)
            rows = [flag_row(flag, settings, unit, lang) for flag in urgent.first]
            show(table(flag_columns(lang, unit, settings.currency), rows, text("customer.begin", lang)))
