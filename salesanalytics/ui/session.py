"""The session's keys, and what a session knows beside the URL: the chosen language, the theme in use, private workspace choices."""

from __future__ import annotations

from enum import StrEnum
from typing import cast

import streamlit as st

from salesanalytics.charts.tokens import TOKENS, Theme, Tokens
from salesanalytics.i18n import Lang


class Key(StrEnum):
    """Every key of ``st.session_state`` that is not a widget's own. A room that needs one adds it here."""

    LANG = "sa_lang"
    SAMPLE_DISMISSED = "sa_sample_dismissed"
    SEEN_VERSION = "sa_seen_version"
    OPEN_DETAIL = "sa_open_detail"
    IMPORT = "sa_import"
    SETTINGS_DRAFT = "sa_settings_draft"
    SETTINGS_PROBLEM = "sa_settings_problem"
    CONTACTS_OF = "sa_contacts_of"
    PICKER_LABEL = "sa_picker_label"


LANG_PARAM = "lang"


def browser_lang() -> Lang:
    """Return the language the browser asks for: Chinese for any ``zh`` locale, else English; Chinese if it does not say."""
    locale = st.context.locale
    return "zh" if locale is None or locale.casefold().startswith("zh") else "en"


def current_lang() -> Lang:
    """Return the language to show: the URL's, else the session's choice, else the browser's."""
    asked = st.query_params.get(LANG_PARAM)
    if asked in ("zh", "en"):
        st.session_state[Key.LANG] = asked
    return cast("Lang", st.session_state.get(Key.LANG) or browser_lang())


def current_theme() -> Theme:
    """Return the theme the browser shows now; light until it has said so."""
    return "dark" if st.context.theme.type == "dark" else "light"


def current_tokens() -> Tokens:
    """Return the colours of the theme the browser shows now."""
    return TOKENS[current_theme()]
