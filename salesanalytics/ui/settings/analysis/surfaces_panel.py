"""What is shown where: tick metrics for the cards, Trends and Heatmap, number them, set target and warning; and the dimensions to cut by."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from salesanalytics.analysis import SURFACES, Surface
from salesanalytics.i18n import Lang, text
from salesanalytics.metrics.dimensions import DIMENSIONS
from salesanalytics.metrics.types import Unit
from salesanalytics.ui.choices import choice
from salesanalytics.ui.data import digest
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.panel import panel
from salesanalytics.ui.settings.analysis.proposing import analysis_of, propose_analysis
from salesanalytics.ui.settings.analysis.ticking import PLACE, SHOWN, TARGET, WARNING, Line, edited, lines
from salesanalytics.ui.settings.desk import SettingsDesk

CUTS = ("industry", "region", "source", "tier", "owner", "team", "grade")
_ROW_HEIGHT = 35
_MOST_HEIGHT = 530


def surfaces_panel(desk: SettingsDesk) -> None:
    """Draw both panels."""
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
        _table(desk, surface)
        usual = getattr(analysis_of(desk), surface) is None
        st.button(
            text("settings.surface_usual", lang),
            key=f"settings-usual-{surface}",
            disabled=usual,
            on_click=lambda: propose_analysis(desk, **{surface: None}),
        )
    with panel(
        "settings-dimensions",
        text("settings.dimensions_title", lang),
        text("settings.dimensions_note", lang),
        height="content",
    ):
        _dimensions(desk)


def _table(desk: SettingsDesk, surface: Surface) -> None:
    lang = desk.lang
    found = lines(desk.proposed, surface)
    # the editor remembers edits by row number: rows in another order need another editor
    key = f"settings-ticks-{surface}-{digest(desk.proposed.analysis)[:12]}"

    def taken() -> None:
        changed = edited(analysis_of(desk), surface, found, st.session_state[key]["edited_rows"])
        propose_analysis(desk, **changed)

    numbers = st.column_config.NumberColumn
    st.data_editor(
        _frame(found, desk, lang),
        key=key,
        on_change=taken,
        hide_index=True,
        num_rows="fixed",
        placeholder="",
        height=min(_MOST_HEIGHT, _ROW_HEIGHT * (len(found) + 1) + 3),
        disabled=["metric", "unit"],
        column_config={
            SHOWN: st.column_config.CheckboxColumn(text("settings.column_shown", lang), width=60),
            PLACE: numbers(text("settings.column_place", lang), step=1, format="%d", width=60),
            "metric": st.column_config.TextColumn(text("settings.column_metric", lang), width="medium"),
            TARGET: numbers(text("settings.column_target", lang), width="small"),
            WARNING: numbers(text("settings.column_warning", lang), width="small"),
            "unit": st.column_config.TextColumn(text("settings.column_unit", lang), width=70),
        },
    )
    if all(line.place is None for line in found):
        show(f'<div class="sa-panel-note">{escape(text("settings.surface_empty", lang))}</div>')


def _frame(found: list[Line], desk: SettingsDesk, lang: Lang) -> pd.DataFrame:
    rows = [
        {
            SHOWN: line.place is not None,
            PLACE: line.place,
            "metric": line.metric.title(lang),
            TARGET: line.target,
            WARNING: line.warning,
            "unit": _unit(line, desk, lang),
        }
        for line in found
    ]
    return pd.DataFrame(rows).astype({PLACE: "Int64", TARGET: "float64", WARNING: "float64"})


def _unit(line: Line, desk: SettingsDesk, lang: Lang) -> str:
    unit = line.metric.unit
    return desk.proposed.currency if unit is Unit.MONEY else text(f"ui.unit_{unit}", lang)


def _dimensions(desk: SettingsDesk) -> None:
    lang, widget = desk.lang, "settings-dimensions"
    ticked = analysis_of(desk).dimensions
    st.session_state[widget] = [name for name in (CUTS if ticked is None else ticked) if name in CUTS]

    def taken() -> None:
        names = tuple(st.session_state[widget])
        propose_analysis(desk, dimensions=None if names in ((), CUTS) else names)

    st.multiselect(
        text("settings.dimensions_title", lang),
        CUTS,
        key=widget,
        format_func=lambda name: DIMENSIONS[name].title(lang),
        on_change=taken,
        label_visibility="collapsed",
        placeholder=text("settings.dimensions_title", lang),
    )
