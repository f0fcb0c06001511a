"""How a customer's cells, stages and imports read."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from salesanalytics.i18n import Lang, format, text
from salesanalytics.insight.customer import HIDDEN
from salesanalytics.metrics.dimensions import CUSTOM
from salesanalytics.settings import Settings
from salesanalytics.tables import LEADS, Kind
from salesanalytics.ui.value_names import value_name

_STAGES = ("stage", "lost_from_stage", "stage_after")


def stage_name(stage: str | None, settings: Settings, lang: Lang) -> str:
    """Return a stage's name; its id where the model has no such stage (any more)."""
    if not stage:
        return format.DASH
    now = dict(settings.stages.moved).get(stage, stage)
    return settings.stages.get(now).name(lang) if now in settings.stages.ids else stage


def column_name(column: str, lang: Lang) -> str:
    """Return a column's header; a column of the user's own has theirs."""
    return column.removeprefix(CUSTOM) if column.startswith(CUSTOM) else LEADS.column(column).header(lang)


def cell_words(column: str, value: Any, settings: Settings, lang: Lang) -> str:
    """Return a cell of the leads table in words: exact amounts, ISO dates, names of stages and choices; — where it is empty."""
    if value is None or value == "":
        return text("ui.pool", lang) if column == "owner" else format.DASH
    if value == HIDDEN:
        return text("customer.hidden", lang)
    if column in _STAGES:
        return stage_name(str(value), settings, lang)
    if isinstance(value, bool):
        return text(f"customer.{'yes' if value else 'no'}", lang)
    if isinstance(value, datetime):
        return f"{format.day(value.date())} {value:%H:%M}"  # a customer's row is often of another year
    if isinstance(value, date):
        return format.day(value)
    if not column.startswith(CUSTOM) and LEADS.column(column).kind is Kind.MONEY:
        return format.money_exact(value, settings.currency)
    return value_name(str(value), column, lang, settings.stages)
