"""The log of one customer, newest first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import streamlit as st

from salesanalytics.i18n import Lang, format, text
from salesanalytics.insight.customer import CustomerStory
from salesanalytics.settings import Settings
from salesanalytics.ui.customer.words import stage_name
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.html import show
from salesanalytics.ui.panel import headline
from salesanalytics.ui.tables import Cell, TableColumn, Tag, table
from salesanalytics.ui.value_names import value_name

HEIGHT = 420


def followups_panel(frame: Frame, story: CustomerStory) -> None:
    """Draw the panel."""
    lang = frame.lang
    with st.container(key="panel-customer-log", border=True, gap="xxsmall"):
        if not story.followups:
            show(headline(text("customer.no_followups", lang)))
            return
        last = story.followups[0]["followed_up_at"]
        ago = (story.as_of - last.date()).days
        show(headline(text("customer.followups", lang, n=len(story.followups), days=ago), _effective(story, lang)))
        columns = [
            TableColumn(text("customer.column_when", lang)),
            TableColumn(text("customer.column_how", lang), soft=True),
            TableColumn(text("customer.column_what", lang), wrap=True),
            TableColumn(text("customer.column_next", lang), wrap=True, wide=True),
            TableColumn(text("customer.column_stage_after", lang), wide=True),
        ]
        rows = [_row(row, frame.desk.settings, lang) for row in story.followups]
        show(table(columns, rows, text("customer.column_what", lang), height=HEIGHT))


def _effective(story: CustomerStory, lang: Lang) -> str:
    known = [row["effective"] for row in story.followups if row["effective"] is not None]
    return text("customer.effective", lang, k=sum(known), n=len(known)) if known else ""


def _row(row: Mapping[str, Any], settings: Settings, lang: Lang) -> list[Cell]:
    at: datetime = row["followed_up_at"]
    when = format.day(at.date()) if at.time() == datetime.min.time() else at.strftime("%Y-%m-%d %H:%M")
    how = " · ".join(
        str(one) for one in (value_name(row["method"] or "", "method", lang), row["followed_up_by"]) if one
    )
    said = " · ".join(str(row[name]) for name in ("summary", "feedback") if row[name]) or format.DASH
    next_on = row["next_followup_on"]
    planned = " ".join(str(one) for one in (format.day(next_on) if next_on else None, row["next_step"]) if one)
    after: Cell = Tag(stage_name(row["stage_after"], settings, lang)) if row["stage_after"] else ""
    return [when, how, said, planned or format.DASH, after]
