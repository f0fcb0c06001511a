"""What is shown where: tick metrics for the cards, Trends and Heatmap, order them, set target and warning."""

from __future__ import annotations

import streamlit as st

from salesanalytics.analysis import SURFACES, Surface
from salesanalytics.i18n import Lang, text
from salesanalytics.metrics.registry import metrics_of
from salesanalytics.metrics.types import Unit
from salesanalytics.ui.choices import choice
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.panel import panel
from salesanalytics.ui.settings.analysis.order_table import Arranged, OrderRow, order_table
from salesanalytics.ui.settings.analysis.proposing import analysis_of, propose_analysis
from salesanalytics.ui.settings.analysis.ticking import Line, arranged, lines
from salesanalytics.ui.settings.desk import SettingsDesk


def surfaces_panel(desk: SettingsDesk) -> None:
    """Draw the panel."""
    lang = desk.lang
    with panel(
        "settings-surfaces",
        text("settings.surfaces_title", lang),
        text("settings.surfaces_note", lang),
        height="content",
    ):
        names: dict[str, str] = {surface: text(f"settings.surface_{surface}", lang) for surface in SURFACES}
        picked = choice("surface", names, "cards", label=text("settings.surfaces_title", lang))
        surface = next(each for each in SURFACES if each == picked)
        _table(desk, surface, names[surface])
        usual = getattr(analysis_of(desk), surface) is None
        st.button(
            text("settings.surface_usual", lang),
            key=f"settings-usual-{surface}",
            disabled=usual,
            on_click=lambda: propose_analysis(desk, **{surface: None}),
        )


def _table(desk: SettingsDesk, surface: Surface, label: str) -> None:
    lang, found = desk.lang, lines(desk.proposed, surface)
    rank = {name: at for at, name in enumerate(metrics_of(desk.proposed))}

    def taken(made: Arranged) -> None:
        propose_analysis(desk, **arranged(analysis_of(desk), surface, lines(desk.proposed, surface), made))

    order_table(
        f"settings-order-{surface}",
        [_row(line, rank[line.metric.name], desk, lang) for line in found],
        lang,
        taken,
        label=label,
        name=text("settings.column_metric", lang),
    )
    if all(line.place is None for line in found):
        show(f'<div class="sa-panel-note">{escape(text("settings.surface_empty", lang))}</div>')


def _row(line: Line, rank: int, desk: SettingsDesk, lang: Lang) -> OrderRow:
    unit = line.metric.unit
    words = desk.proposed.currency if unit is Unit.MONEY else text(f"ui.unit_{unit}", lang)
    return OrderRow(
        line.metric.name,
        line.metric.title(lang),
        line.place is not None,
        rank,
        words,
        target=line.target,
        warning=line.warning,
    )
