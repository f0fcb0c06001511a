"""What is different about the customer since the date compared with: every cell that changed, then and now."""

from __future__ import annotations

import streamlit as st

from salesanalytics.i18n import format, text
from salesanalytics.insight.customer import CONTACT, CustomerStory, customer_story
from salesanalytics.tables import LEADS
from salesanalytics.ui.customer.words import cell_words, column_name, stage_name
from salesanalytics.ui.flag_words import kind_name
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.html import show
from salesanalytics.ui.panel import headline
from salesanalytics.ui.session import Key
from salesanalytics.ui.tables import TableColumn, table
from salesanalytics.ui.then_words import day_name
from salesanalytics.ui.value_names import value_name


def then_panel(frame: Frame, story: CustomerStory) -> None:
    """Draw the panel; nothing where no date is compared with."""
    then, lang = frame.then, frame.lang
    if then is None:
        return
    day = day_name(then.as_of, frame.as_of)
    reveal = st.session_state.get(Key.CONTACTS_OF) == story.customer_id  # masked words would differ from those shown
    former = then.remember(
        "customer-then",
        (story.customer_id, reveal),
        lambda: customer_story(then.view, then.settings, story.customer_id, reveal=reveal),
    )
    with st.container(key="panel-customer-then", border=True, gap="xsmall"):
        if former is None:
            show(headline(text("customer.then_unknown", lang, day=format.day(then.as_of))))
            return
        rows = changed_rows(frame, former, story)
        title = text("customer.then_title" if rows else "customer.then_none", lang, n=len(rows), day=day)
        show(headline(title, text("customer.then_subtitle", lang)))
        if not rows:
            return
        columns = [
            TableColumn(text("customer.then_column", lang), wrap=True),
            TableColumn(text("customer.then_then", lang, day=day), wrap=True),
            TableColumn(text("customer.then_now", lang, day=day_name(frame.as_of, frame.as_of)), wrap=True),
        ]
        show(table(columns, rows, title))


def changed_rows(frame: Frame, former: CustomerStory, story: CustomerStory) -> list[tuple[str, str, str]]:
    """Return name, then and now of all that differs: whether the customer was there, tier, alerts, and the row's cells (contact data excepted, which are hidden)."""
    lang, settings = frame.lang, frame.desk.settings
    told = [(text("customer.then_there", lang), _there(former, frame), _there(story, frame))]
    before, after = (stage_name(one.facts.get("stage"), settings, lang) for one in (former, story))
    told.append((text("customer.then_stage", lang), before, after))
    told.append((text("dimension.tier", lang), _tier(former, frame), _tier(story, frame)))
    told.append((text("customer.then_alerts", lang), _alerts(former, frame), _alerts(story, frame)))
    for name in LEADS.names:
        if name != "stage" and name not in CONTACT:
            cells = (former.facts.get(name), story.facts.get(name))
            if cells[0] != cells[1]:
                words = [
                    format.DASH if cell in (None, "") else cell_words(name, cell, settings, lang) for cell in cells
                ]
                told.append((column_name(name, lang), words[0], words[1]))
    return [row for row in told if row[1] != row[2]]


def _there(story: CustomerStory, frame: Frame) -> str:
    if story.missing_since is None:
        return text("customer.then_present", frame.lang)
    return text("customer.missing_since", frame.lang, day=format.day(story.missing_since))


def _tier(story: CustomerStory, frame: Frame) -> str:
    tier = story.facts.get("tier")
    return value_name(str(tier), "tier", frame.lang) if tier else format.DASH


def _alerts(story: CustomerStory, frame: Frame) -> str:
    names = [kind_name(flag.kind, frame.lang) for flag in story.flags]
    return text("customer.list_comma", frame.lang).join(names) or format.DASH
