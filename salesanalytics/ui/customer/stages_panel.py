"""Stages over time: a lane a stage on one axis of days, what is inferred marked, and every entry with what tells of it."""

from __future__ import annotations

import streamlit as st

from salesanalytics.i18n import Lang, format, text
from salesanalytics.insight.customer import CustomerStory
from salesanalytics.ui.customer.track import stays_of, track
from salesanalytics.ui.customer.words import stage_name
from salesanalytics.ui.empty import empty
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.html import show
from salesanalytics.ui.panel import headline
from salesanalytics.ui.tables import Cell, TableColumn, Tag, table


def stages_panel(frame: Frame, story: CustomerStory) -> None:
    """Draw the panel."""
    lang, settings = frame.lang, frame.desk.settings
    with st.container(key="panel-stages", border=True, gap="xsmall"):
        subtitle = text("customer.stages_rebuilt" if story.reconstructed else "customer.stages_subtitle", lang)
        show(headline(_finding(story, frame), subtitle))
        if not story.entries:
            empty(text("customer.no_stages", lang))
            return
        show(track(story, settings, lang))
        columns = [
            TableColumn(text("customer.column_stage", lang)),
            TableColumn(text("customer.column_entered", lang)),
            TableColumn(text("customer.column_stayed", lang), number=True),
            TableColumn(text("customer.column_told_by", lang), soft=True, wide=True),
            TableColumn("", wide=False),
        ]
        with st.expander(text("customer.all_entries", lang, n=len(story.entries))):
            show(table(columns, _rows(story, frame), text("customer.column_entered", lang)))


def _finding(story: CustomerStory, frame: Frame) -> str:
    lang, facts = frame.lang, story.facts
    stage, met = facts.get("stage"), facts.get("first_contact_on")
    closed = facts.get("won_on") if stage == "won" else facts.get("lost_on") if stage == "lost" else None
    name = stage_name(stage, frame.desk.settings, lang)
    if closed is not None and met is not None and closed >= met:
        return text("customer.closed_after", lang, stage=name, day=format.day(closed), n=(closed - met).days)
    if closed is not None:
        return text("customer.closed_on", lang, stage=name, day=format.day(closed))
    since = facts.get("stage_entered_on")
    inferred = bool(facts.get("stage_entered_inferred"))
    if since is None or (inferred and since == story.as_of):
        return text("customer.stage_now", lang, stage=name)
    key = "customer.stage_at_least" if inferred else "customer.stage_for"
    return text(key, lang, stage=name, n=(story.as_of - since).days)


def _rows(story: CustomerStory, frame: Frame) -> list[list[Cell]]:
    lang, settings = frame.lang, frame.desk.settings
    rows: list[list[Cell]] = []
    for stay in stays_of(story):
        entry = stay.entry
        rows.append(
            [
                stage_name(entry.stage, settings, lang),
                format.day(entry.entered_on),
                _stayed(stay.days, entry.skipped, lang),
                text(f"customer.source_{entry.source}", lang),
                _mark(entry.skipped, entry.inferred, lang),
            ]
        )
    return rows


def _stayed(days: int | None, skipped: bool, lang: Lang) -> str:
    return format.DASH if days is None or skipped else format.days(days, lang)


def _mark(skipped: bool, inferred: bool, lang: Lang) -> Cell:
    if skipped:
        return Tag(text("customer.skipped", lang), "neutral")
    return Tag(text("customer.inferred", lang), "neutral") if inferred else ""
