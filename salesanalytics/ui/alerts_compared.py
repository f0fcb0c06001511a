"""Alerts beside those of the date compared with: which are new since, and which are gone, with where their customers are now."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from salesanalytics.i18n import format, text
from salesanalytics.insight.flag_changes import FlagChanges, flag_changes
from salesanalytics.insight.flags import Flag
from salesanalytics.metrics.types import Filters
from salesanalytics.ui.empty import empty
from salesanalytics.ui.flag_words import TONES, flag_columns, flag_row, kind_name
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.panel import panel
from salesanalytics.ui.tables import Customer, TableColumn, Tag, table
from salesanalytics.ui.then_words import day_name

SHOWN = 10
HEIGHT = 480


def asked_changes(frame: Frame, kind: str | None) -> FlagChanges | None:
    """Return what is new and gone, remembered; None where no date is compared with. ``kind``: a rule, the list to act on, or None for all."""
    then = frame.then
    if then is None:
        return None
    desk, filters = frame.desk, Filters(frame.where)
    return desk.remember(
        "flag-changes",
        (then.as_of, filters, kind),
        lambda: flag_changes(desk.view, then.view, desk.settings, filters, kind),
    )


def compared_panels(frame: Frame, kind: str | None) -> None:
    """Draw both panels; nothing where no date is compared with."""
    found = asked_changes(frame, kind)
    if found is None or frame.against_on is None:
        return
    day = day_name(frame.against_on, frame.as_of)
    with st.container(key="alerts-compared"):
        title = text("alerts.new_title", frame.lang, n=len(found.new), day=day)
        with panel("alerts-new", title, text("alerts.new_subtitle", frame.lang)):
            _new(found.new, title, frame)
        title = text("alerts.gone_title", frame.lang, n=len(found.gone), day=day)
        with panel("alerts-gone", title, text("alerts.gone_subtitle", frame.lang)):
            _gone(found, title, frame)


def _new(shown: Sequence[Flag], title: str, frame: Frame) -> None:
    lang, settings = frame.lang, frame.desk.settings
    if not shown:
        empty(text("alerts.new_none", lang))
        return
    unit = format.money_unit([flag.expected_amount for flag in shown[:SHOWN]], lang)
    rows = [flag_row(flag, settings, unit, lang) for flag in shown[:SHOWN]]
    show(table(flag_columns(lang, unit, settings.currency), rows, title, height=HEIGHT))
    _rest(len(shown), frame)


def _gone(found: FlagChanges, title: str, frame: Frame) -> None:
    lang, settings = frame.lang, frame.desk.settings
    if not found.gone:
        empty(text("alerts.gone_none", lang))
        return

    def now(flag: Flag) -> str:
        stage = found.stages.get(flag.customer_id)
        return settings.stages.get(stage).name(lang) if stage else text("alerts.now_missing", lang)

    columns = [
        TableColumn(text("alerts.column_customer", lang)),
        TableColumn(text("alerts.column_owner", lang), wide=True),
        TableColumn(text("alerts.column_kind", lang)),
        TableColumn(text("alerts.column_stage_then", lang), soft=True, wide=True),
        TableColumn(text("alerts.column_stage_now", lang)),
    ]
    rows = [
        (
            Customer(flag.customer_name or flag.customer_id, flag.customer_id),
            flag.owner or text("ui.pool", lang),
            Tag(kind_name(flag.kind, lang), TONES[flag.kind]),
            settings.stages.get(flag.stage).name(lang),
            now(flag),
        )
        for flag in found.gone[:SHOWN]
    ]
    show(table(columns, rows, title, height=HEIGHT))
    _rest(len(found.gone), frame)


def _rest(n: int, frame: Frame) -> None:
    if n > SHOWN:
        note = text("alerts.compared_rest", frame.lang, shown=SHOWN, n=n)
        show(f'<div class="sa-panel-note">{escape(note)}</div>')
