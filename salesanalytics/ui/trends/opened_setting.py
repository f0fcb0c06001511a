"""What stands behind a target no table gives: the setting it is, with its value, and the way to change it; it has no rows."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from salesanalytics.i18n import Lang, text
from salesanalytics.insight.aims import Aims
from salesanalytics.metrics.metric import Metric
from salesanalytics.reports.words import in_words
from salesanalytics.settings import Settings
from salesanalytics.settings_keys import flat
from salesanalytics.ui.filters import link_params
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.settings.words import number_words, title
from salesanalytics.ui.styles import apply_rules

DELIVERED = {"first_response": "metrics.first_response_hours", "followups_per_week": "metrics.followups_per_week"}
"""The settings that are an aim of their own metric; another metric's is what somebody set for it."""


@dataclass(frozen=True)
class SettingBehind:
    """A sentence that names the setting and its value, and the section of the Settings page that holds it."""

    sentence: str
    section: str


def setting_behind(metric: Metric, aims: Aims, settings: Settings, lang: Lang) -> SettingBehind:
    """Return what to say of ``metric``'s aims."""
    named = {"metric": metric.title(lang)}
    known = settings.analysis.thresholds.get(metric.name)
    if aims.kind == "set" and known is not None:
        kind = f"setting_spread_{aims.spread_from}" if aims.spread_from else "setting_set"
        value = in_words(known.target, metric.unit, lang, settings.currency)
        return SettingBehind(text(f"trends.{kind}", lang, value=value, **named), "analysis")
    if key := DELIVERED.get(metric.name):
        value = number_words(key, float(str(flat(settings)[key])), lang)
        name = title(key, lang, settings.stages)
        return SettingBehind(text("trends.setting_named", lang, setting=name, value=value), "metrics")
    value = in_words(aims.values[0], metric.unit, lang, settings.currency)
    return SettingBehind(text("trends.setting_delivered", lang, value=value, **named), "analysis")


def setting_dialog(frame: Frame, heading: str, value: str, sentence: str, section: str) -> None:
    """Open the target with its sentence and a link to the section of the settings."""
    st.dialog(heading)(_shown)(frame, value, sentence, section)


def _shown(frame: Frame, value: str, sentence: str, section: str) -> None:
    apply_rules("number")
    show(f'<div class="sa-number"><span class="sa-card-value">{escape(value)}</span></div><p>{escape(sentence)}</p>')
    st.page_link(
        "pages/settings.py",
        label=text("trends.setting_link", frame.lang),
        query_params=[("section", section), *link_params()],
    )
