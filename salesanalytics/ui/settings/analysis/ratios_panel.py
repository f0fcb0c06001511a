"""Ratios somebody makes of two metrics: those there are, and the form for a new one."""

from __future__ import annotations

import re
from functools import partial

import streamlit as st

from salesanalytics.analysis import Analysis, Ratio
from salesanalytics.errors import UserError
from salesanalytics.i18n import text
from salesanalytics.metrics.registry import metrics_of
from salesanalytics.settings import Settings
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.panel import panel
from salesanalytics.ui.settings.analysis.proposing import analysis_of, propose_analysis, without_metric
from salesanalytics.ui.settings.desk import SettingsDesk

UNITS = ("number", "share", "money", "days")
DIRECTIONS = ("up", "down", "neither")


def ratios_panel(desk: SettingsDesk) -> None:
    """Draw the panel."""
    lang = desk.lang
    with panel(
        "settings-ratios", text("settings.ratios_title", lang), text("settings.ratios_note", lang), height="content"
    ):
        for ratio in analysis_of(desk).ratios:
            with st.container(
                key=f"setting-ratio-{ratio.name}", horizontal=True, vertical_alignment="center", gap="small"
            ):
                _line(desk, ratio)
        _form(desk)


def _line(desk: SettingsDesk, ratio: Ratio) -> None:
    lang = desk.lang
    metric = metrics_of(desk.proposed).get(ratio.name)
    said = metric.formula(lang) if metric else f"{ratio.above} ÷ {ratio.below}"
    name = ratio.zh if lang == "zh" else ratio.en
    show(
        f'<div class="sa-setting"><b>{escape(name)}</b> <small>{escape(ratio.name)}</small><div>{escape(said)}</div></div>'
    )
    st.button(
        text("settings.ratio_remove", lang),
        key=f"settings-ratio-{ratio.name}-remove",
        on_click=partial(_gone, desk, ratio),
    )


def _gone(desk: SettingsDesk, ratio: Ratio) -> None:
    propose_analysis(desk, **without_metric(analysis_of(desk), ratio.name))


def _form(desk: SettingsDesk) -> None:
    lang = desk.lang
    names = {name: metric.title(lang) for name, metric in metrics_of(desk.proposed).items()}
    with st.form("settings-ratio-form", border=False, clear_on_submit=False):
        with st.container(horizontal=True, key="ratio-names", gap="small"):
            st.text_input(text("settings.ratio_zh", lang), key="ratio-zh", max_chars=40)
            st.text_input(text("settings.ratio_en", lang), key="ratio-en", max_chars=60)
        with st.container(horizontal=True, key="ratio-sides", gap="small"):
            for side, first in (("above", "sales_amount"), ("below", "leads")):
                st.selectbox(
                    text(f"settings.ratio_{side}", lang),
                    list(names),
                    index=list(names).index(first),
                    format_func=names.__getitem__,
                    key=f"ratio-{side}",
                )
        with st.container(horizontal=True, key="ratio-kind", vertical_alignment="bottom", gap="small"):
            st.selectbox(
                text("settings.ratio_unit", lang),
                UNITS,
                format_func=lambda unit: text(f"metric.document.unit_{unit}", lang),
                key="ratio-unit",
                width=120,
            )
            st.selectbox(
                text("settings.ratio_good", lang),
                DIRECTIONS,
                format_func=lambda good: text(f"metric.document.good_{good}", lang),
                key="ratio-good",
                width=140,
            )
            st.number_input(text("settings.ratio_sample", lang), 0, 10_000, 0, key="ratio-sample", width=130)
            st.form_submit_button(text("settings.ratio_add", lang), key="ratio-add", on_click=_made, args=(desk,))


def _made(desk: SettingsDesk) -> None:
    typed = st.session_state
    zh, en = typed["ratio-zh"].strip(), typed["ratio-en"].strip()
    if not (zh or en):
        desk.attempt(_unnamed)
        return
    analysis = analysis_of(desk)
    ratio = Ratio(
        name=ratio_id(en or zh, desk.proposed),
        zh=zh or en,
        en=en or zh,
        above=typed["ratio-above"],
        below=typed["ratio-below"],
        unit=typed["ratio-unit"],
        good=typed["ratio-good"],
        min_sample=typed["ratio-sample"],
    )
    propose_analysis(desk, ratios=(*analysis.ratios, ratio), **_offered(analysis, ratio.name))


def _offered(analysis: Analysis, name: str) -> dict[str, object]:
    """A new ratio is there to be looked at: in Trends at once, also where somebody ticked what Trends offers."""
    return {"trends": (*analysis.trends, name)} if analysis.trends is not None else {}


def _unnamed() -> Settings:
    raise UserError("ratio-unnamed")


def ratio_id(name: str, settings: Settings) -> str:
    """Return an id made of a name: ``Sales per lead`` → ``sales_per_lead``; numbered where it is taken."""
    known = metrics_of(settings)
    stem = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")[:32]
    stem = stem if re.match(r"[a-z][a-z0-9_]", stem) else f"ratio_{stem}".rstrip("_")
    number, found = 2, stem
    while found in known:
        found, number = f"{stem}_{number}", number + 1
    return found
