"""Formula options: each choice with the formula it leads to, and the country whose holidays are no working days."""

from __future__ import annotations

import streamlit as st
from babel import Locale

from salesanalytics.analysis import Analysis
from salesanalytics.i18n import Lang, text
from salesanalytics.metrics.metric import Metric, Option
from salesanalytics.metrics.registry import formula_options, metrics_of
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.panel import panel
from salesanalytics.ui.settings.analysis.proposing import analysis_of, propose_analysis
from salesanalytics.ui.settings.desk import SettingsDesk

COUNTRIES = ("CN", "HK", "MO", "TW", "SG", "JP", "KR", "US", "CA", "GB", "DE", "FR", "AU", "IN", "MY", "TH", "VN")


def formulas_panel(desk: SettingsDesk) -> None:
    """Draw the panel."""
    lang = desk.lang
    with panel(
        "settings-formulas",
        text("settings.formulas_title", lang),
        text("settings.formulas_note", lang),
        height="content",
    ):
        for option, metrics in formula_options().values():
            with st.container(
                key=f"setting-formula-{option.name}", horizontal=True, vertical_alignment="center", gap="small"
            ):
                _line(desk, option, _most_concerned(option, metrics))
        with st.container(key="setting-country", horizontal=True, vertical_alignment="center", gap="small"):
            _country(desk)


def _most_concerned(option: Option, metrics: tuple[Metric, ...]) -> Metric:
    """The metric whose own declaration a choice changes, before those that only follow from it."""
    changing = (
        metric for metric in metrics for own in metric.options if own.name == option.name and any(own.choices.values())
    )
    return next(changing, metrics[0])


def _line(desk: SettingsDesk, option: Option, metric: Metric) -> None:
    lang, widget = desk.lang, f"settings-formula-{option.name}"
    chosen = analysis_of(desk).formulas.get(option.name, option.usual)
    now = metrics_of(desk.proposed)[metric.name]
    said = f"{now.title(lang)} = {now.formula(lang)}"
    show(f'<div class="sa-setting"><b>{escape(option.title(lang))}</b><div>{escape(said)}</div></div>')
    st.session_state[widget] = chosen if chosen in option.choices else option.usual

    def taken() -> None:
        formulas = {**analysis_of(desk).formulas, option.name: st.session_state[widget]}
        # the usual choice is left unsaid, so that a default stays one
        if formulas[option.name] == option.usual:
            del formulas[option.name]
        propose_analysis(desk, formulas=formulas)

    st.selectbox(
        option.title(lang),
        list(option.choices),
        key=widget,
        format_func=lambda choice: option.choice_title(choice, lang),
        on_change=taken,
        label_visibility="collapsed",
        width=190,
    )


def country_name(code: str, lang: Lang) -> str:
    """Return a country's name in the reader's language."""
    return str(Locale("zh" if lang == "zh" else "en").territories.get(code, code))


def _country(desk: SettingsDesk) -> None:
    lang, analysis = desk.lang, analysis_of(desk)
    name, note = text("settings.country_title", lang), text("settings.country_note", lang)
    show(f'<div class="sa-setting"><b>{escape(name)}</b><div>{escape(note)}</div></div>')
    st.session_state["settings-country"] = analysis.country
    st.selectbox(
        name,
        list(dict.fromkeys((*COUNTRIES, analysis.country, Analysis().country))),
        key="settings-country",
        format_func=lambda code: country_name(code, lang),
        on_change=lambda: propose_analysis(desk, country=st.session_state["settings-country"]),
        label_visibility="collapsed",
        width=190,
    )
