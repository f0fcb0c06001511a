"""The Settings page: one section at a time on the left, what is about to change on the right."""

from __future__ import annotations

import streamlit as st

from salesanalytics.i18n import Lang, text
from salesanalytics.ui.boundary import error_boundary
from salesanalytics.ui.choices import choice
from salesanalytics.ui.clicks import listen_for_choices
from salesanalytics.ui.data import current_source, open_desk, own_workspace
from salesanalytics.ui.freshness import note_shown, watch_for_new_data
from salesanalytics.ui.settings.desk import SettingsDesk
from salesanalytics.ui.settings.preview_panel import preview_panel
from salesanalytics.ui.settings.sections import SECTIONS
from salesanalytics.ui.styles import apply_rules


def settings_page(lang: Lang) -> None:
    """Draw the page."""
    apply_rules("analysis", "settings")
    source = current_source()
    note_shown(source)
    watch_for_new_data()
    data = open_desk(source, source.imports[0].as_of) if source.imports else None
    workspace = own_workspace()
    desk = SettingsDesk(lang, workspace, workspace.settings(), data)
    listen_for_choices()
    names = {name: text(f"settings.section_{name}", lang) for name in SECTIONS}
    section = choice("section", names, "general", label=text("settings.section", lang))
    with st.container(key="settings-row"):
        with st.container(key=f"settings-{section}", gap="small"):
            for draw in SECTIONS[section]:
                with error_boundary(lang):
                    draw(desk)
        with st.container(key="settings-side"), error_boundary(lang):
            preview_panel(desk)
