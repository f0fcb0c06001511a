"""Every version of the settings: who changed what when, undone or restored from here."""

from __future__ import annotations

import streamlit as st

from salesanalytics.errors import UserError
from salesanalytics.i18n import format, text
from salesanalytics.store.types import SettingsVersion
from salesanalytics.ui.empty import empty
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.panel import panel
from salesanalytics.ui.session import Key
from salesanalytics.ui.settings.desk import SettingsDesk, user
from salesanalytics.ui.settings.told import told

MOST = 30


def history_panel(desk: SettingsDesk) -> None:
    """Draw the panel: newest first."""
    lang = desk.lang
    versions = desk.workspace.settings_versions()
    with panel(
        "settings-history", text("settings.history_title", lang), text("settings.history_note", lang), height="content"
    ):
        if not versions:
            empty(text("settings.history_empty", lang), text("settings.history_empty_note", lang))
        for place, version in enumerate(versions[:MOST]):
            _line(desk, version, newest=place == 0)
        if len(versions) > MOST:
            more = text("settings.history_more", lang, n=len(versions) - MOST)
            show(f'<div class="sa-panel-note">{escape(more)}</div>')


def _line(desk: SettingsDesk, version: SettingsVersion, *, newest: bool) -> None:
    lang = desk.lang
    with st.container(
        key=f"setting-version-{version.number}", horizontal=True, vertical_alignment="center", gap="small"
    ):
        show(_words(desk, version))
        if newest:
            st.button(text("settings.undo", lang), key=f"settings-undo-{version.number}", on_click=_undo, args=(desk,))
        else:
            st.button(
                text("settings.restore", lang),
                key=f"settings-restore-{version.number}",
                on_click=desk.propose,
                args=(version.settings, version.number),
            )


def _words(desk: SettingsDesk, version: SettingsVersion) -> str:
    lang = desk.lang
    moment = format.moment(version.saved_at.astimezone())
    head = text("settings.history_line", lang, version=version.number, who=version.who, moment=moment)
    restored = ""
    if version.restores is not None:
        key = "history_restores" if version.restores else "history_restores_defaults"
        restored = (
            f' <span class="sa-tag neutral">{escape(text(f"settings.{key}", lang, version=version.restores))}</span>'
        )
    lines = "".join(
        f"<div>{escape(text('settings.history_change', lang, title=line.title, before=line.before, after=line.after))}</div>"
        for line in told(version.changes, version.settings, lang)
    )
    return f'<div class="sa-setting"><b>{escape(head)}</b>{restored}{lines}</div>'


def _undo(desk: SettingsDesk) -> None:
    try:
        desk.workspace.undo_settings(user())
    except UserError as error:
        st.session_state[Key.SETTINGS_PROBLEM] = error.message(desk.lang)
        return
    desk.discard()
    st.toast(text("settings.undone", desk.lang))
