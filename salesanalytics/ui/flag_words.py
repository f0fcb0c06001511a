"""How a flagged customer's row reads: shared by the overview's short list and the alerts page."""

from __future__ import annotations

from collections.abc import Sequence

from salesanalytics.i18n import Lang, format, text
from salesanalytics.insight.flags import ACTING, Flag, flags
from salesanalytics.metrics.types import Filters
from salesanalytics.settings import Settings
from salesanalytics.ui.data import Desk
from salesanalytics.ui.tables import Cell, Customer, TableColumn, Tag, Tone

TO_ACT_ON = ACTING

TONES: dict[str, Tone] = {
    "silent": "bad",
    "lead-untouched-manager": "warn",
    "stage-stuck": "warn",
    "lead-untouched": "neutral",
    "low-amount": "neutral",
}


def all_flags(desk: Desk, where: tuple[tuple[str, tuple[str, ...]], ...]) -> list[Flag]:
    """Return every flag of the chosen customers, remembered."""
    return desk.remember("flags", (where,), lambda: flags(desk.view, desk.settings, Filters(where)))


def kind_name(kind: str, lang: Lang) -> str:
    """Return a flag's name."""
    return text(f"alerts.kind_{kind.replace('-', '_')}", lang)


def flag_columns(lang: Lang, unit: format.MoneyUnit, currency: str) -> list[TableColumn]:
    """Return the columns of a short list of flagged customers."""
    amount = text("alerts.column_amount", lang, unit=format.unit_name(unit, lang, currency))
    return [
        TableColumn(text("alerts.column_customer", lang)),
        TableColumn(text("alerts.column_owner", lang), wide=True),
        TableColumn(text("alerts.column_stage", lang), soft=True, wide=True),
        TableColumn(amount, number=True, wide=True),
        TableColumn(text("alerts.column_why", lang), wrap=True),
        TableColumn(text("alerts.column_kind", lang)),
    ]


def flag_row(flag: Flag, settings: Settings, unit: format.MoneyUnit, lang: Lang) -> Sequence[Cell]:
    """Return one flagged customer's cells."""
    return (
        Customer(flag.customer_name or flag.customer_id, flag.customer_id),
        flag.owner or text("ui.pool", lang),
        settings.stages.get(flag.stage).name(lang),
        format.money_plain(flag.expected_amount, unit),
        flag.why(lang, settings.currency),
        Tag(kind_name(flag.kind, lang), TONES[flag.kind]),
    )
