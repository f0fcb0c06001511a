"""The dimensions to cut by: tick and order them, the user's own columns among them; a ticked column that the data lost says so."""

from __future__ import annotations

import streamlit as st

from salesanalytics.i18n import format, text
from salesanalytics.insight.dimension_fill import filled_dimensions
from salesanalytics.metrics.asking import custom_dimensions
from salesanalytics.metrics.dimensions import CUSTOM, dimension
from salesanalytics.ui.data import Desk
from salesanalytics.ui.filter_values import MOST_VALUES, custom_columns
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.panel import panel
from salesanalytics.ui.settings.analysis.order_table import Arranged, OrderRow, order_table
from salesanalytics.ui.settings.analysis.proposing import analysis_of, propose_analysis
from salesanalytics.ui.settings.desk import SettingsDesk

CUTS = (
    *("industry", "region", "source", "tier", "owner", "team", "grade"),
    *("stage", "competitor", "origin_kind"),
)


def dimensions_panel(desk: SettingsDesk) -> None:
    """Draw the panel."""
    lang = desk.lang
    with panel(
        "settings-dimensions",
        text("settings.dimensions_title", lang),
        text("settings.dimensions_note", lang),
        height="content",
    ):
        values = values_counted(desk.desk)
        usual = usual_dimensions(desk.desk)

        def taken(made: Arranged) -> None:
            propose_analysis(desk, dimensions=None if made.order in ((), usual) else made.order)

        order_table(
            "settings-order-dimensions",
            _rows(desk, values),
            lang,
            taken,
            label=text("settings.dimensions_title", lang),
            name=text("settings.column_dimension", lang),
            bounds=False,
        )
        st.button(
            text("settings.surface_usual", lang),
            key="settings-usual-dimensions",
            disabled=analysis_of(desk).dimensions is None,
            on_click=lambda: propose_analysis(desk, dimensions=None),
        )
        if not any(name.startswith(CUSTOM) for name in values):
            show(f'<div class="sa-panel-note">{escape(text("settings.dimensions_own", lang))}</div>')


def values_counted(data: Desk | None) -> dict[str, int]:
    """Return how many values each dimension has in the present data, the user's own columns last; none without data."""
    if data is None:
        return {}
    own = data.remember("custom-dimensions", (), lambda: custom_dimensions(data.view))
    return data.remember("values-counted", (own,), lambda: filled_dimensions(data.view, (*CUTS, *own)))


def usual_dimensions(data: Desk | None) -> tuple[str, ...]:
    """Return what the pages offer until somebody chooses: the product's own dimensions, then the user's columns that group customers."""
    return (*CUTS, *(custom_columns(data) if data else ()))


def _rows(desk: SettingsDesk, values: dict[str, int]) -> list[OrderRow]:
    own = tuple(name for name in values if name.startswith(CUSTOM))
    ticked = analysis_of(desk).dimensions
    usual = usual_dimensions(desk.desk)
    chosen = usual if ticked is None else ticked
    offered = [name for name in dict.fromkeys(chosen) if name in CUTS or name.startswith(CUSTOM)]
    names = [*offered, *(name for name in (*CUTS, *own) if name not in offered)]
    ranks = {name: at for at, name in enumerate(dict.fromkeys((*CUTS, *own, *names)))}
    return [
        _row(desk, name, name in offered, ranks[name], values, many=name in own and name not in usual) for name in names
    ]


def _row(desk: SettingsDesk, name: str, shown: bool, rank: int, values: dict[str, int], *, many: bool) -> OrderRow:
    lang, n, own = desk.lang, values.get(name, 0), name.startswith(CUSTOM)
    note, warn = text("settings.dimension_values", lang, n=n), False
    if own and name not in values:
        note, warn = text("settings.dimension_gone" if values else "settings.dimension_unknown", lang), bool(values)
    elif many:
        note, warn = text("settings.dimension_many", lang, n=format.number(n), most=MOST_VALUES), shown
    elif not values:
        note = ""
    elif not n:
        note = text("settings.dimension_empty", lang)
    if own:
        note = f"{text('settings.dimension_own', lang)} · {note}"
    return OrderRow(name, dimension(name).title(lang), shown, rank, note, warn)
