"""Beside the bridge: the changes that matter most, and the flow from stage to stage."""

from __future__ import annotations

import streamlit as st

from salesanalytics.i18n import format, text
from salesanalytics.insight.changes.beside import StageFlow
from salesanalytics.insight.changes.highlights import Highlight, highlights
from salesanalytics.ui.changes.answers import Answers
from salesanalytics.ui.changes.words import Money, highlight_sentence, money_for, number_id, stage_name
from salesanalytics.ui.empty import empty
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.panel import headline
from salesanalytics.ui.tables import Cell, Opens, TableColumn, Toned, table
from salesanalytics.ui.value_names import value_name

MOST_FLOWS = 8


def side_panel(frame: Frame, answers: Answers) -> None:
    """Draw both, one under the other."""
    with st.container(key="panel-changes-side", border=True, gap="xxsmall", height="stretch"):
        _highlights(frame, answers)
        _stages(frame, answers.flows)


def topic_id(one: Highlight) -> str:
    """Return the id of what a sentence is about."""
    if one.topic in ("out-of-quarter", "backward", "first-amount"):
        return number_id(one.topic)
    return number_id("bar", one.topic)


def _highlights(frame: Frame, answers: Answers) -> None:
    lang = frame.lang
    found = highlights(answers.changes.whole, answers.flows, answers.pushed)
    show(headline(text("changes.highlights_title", lang), text("changes.highlights_subtitle", lang)))
    if not found:
        empty(text("changes.highlights_none", lang))
        return
    money = money_for([one.amount for one in found], frame)
    items = "".join(_item(one, money) for one in found)
    show(f'<ol class="sa-highlights">{items}</ol>')


def _item(one: Highlight, money: Money) -> str:
    said = escape(highlight_sentence(one, money))
    return f'<li><a class="sa-open plain" href="#" data-open="{escape(topic_id(one))}">{said}</a></li>'


def _stages(frame: Frame, flows: tuple[StageFlow, ...]) -> None:
    lang, settings = frame.lang, frame.desk.settings
    forward = sum(one.customers for one in flows if one.forward)
    back = sum(one.customers for one in flows if not one.forward)
    money = money_for([one.amount for one in flows], frame)
    title = text("changes.stages_title", lang, forward=forward, back=back)
    if not flows:
        title = text("changes.stages_title_none", lang)
    if not flows:
        show(headline(title))
        return
    show(headline(title, text("changes.stages_subtitle", lang, unit=money.name)))
    columns = [
        TableColumn(text("changes.column_flow", lang)),
        TableColumn(text("changes.column_customers", lang), number=True),
        TableColumn(text("changes.column_amount", lang, unit=money.name), number=True),
        TableColumn(text("changes.column_most", lang), wide=True),
    ]
    rows: list[list[Cell]] = []
    for one in flows[:MOST_FLOWS]:
        words = text(
            "changes.turned",
            lang,
            before=stage_name(one.stage_from, settings, lang),
            after=stage_name(one.stage_to, settings, lang),
        )
        owner = value_name(one.owner, "owner", lang)
        rows.append(
            [
                words if one.forward else Toned(f"▼ {words}", "bad"),
                Opens(format.number(one.customers), number_id("flow", one.stage_from, one.stage_to)),
                format.DASH if one.unknown == one.customers else money.plain(one.amount),
                text("changes.most", lang, owner=owner, n=one.owner_count),
            ]
        )
    show(table(columns, rows, title))
