"""The severity of every import check: those that may be chosen, and those that always block, with the reason why."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from salesanalytics.i18n import text
from salesanalytics.intake.issues import CHECKS, Check, severity_of
from salesanalytics.intake.severities import with_severity
from salesanalytics.ui.empty import empty
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.panel import headline, panel
from salesanalytics.ui.settings.desk import SettingsDesk

_GROUPS = {"leads": "leads", "followups": "followups", "conversion": "funnels", "funnel": "funnels"}


def group_of(check: Check) -> str:
    """Return the panel a check is listed in: by the table it speaks of, ``all`` where it may occur in several kinds."""
    groups = {_GROUPS.get(table, "companions") for table in check.tables}
    return groups.pop() if len(groups) == 1 else "all"


def checks_panel(desk: SettingsDesk) -> None:
    """Draw the panels, one a group of tables."""
    lang = desk.lang
    severities = [severity_of(check.kind, desk.proposed) for check in CHECKS]
    with st.container(key="panel-settings-checks", border=True, gap="small"):
        title = text(
            "settings.checks_title", lang, errors=severities.count("error"), warnings=severities.count("warning")
        )
        show(headline(title, text("settings.checks_note", lang)))
        only_changed = st.checkbox(text("settings.checks_only_changed", lang), key="settings-only-changed")
        shown = [check for check in CHECKS if not only_changed or check.kind in desk.proposed.severities]
        if not shown:
            empty(text("settings.checks_none_changed", lang))
    for group in dict.fromkeys(map(group_of, CHECKS)):
        members = [check for check in shown if group_of(check) == group]
        if members:
            with panel(f"settings-checks-{group}", text(f"settings.checks_group_{group}", lang), height="content"):
                _lines(desk, members)


def _lines(desk: SettingsDesk, checks: Sequence[Check]) -> None:
    for check in sorted(checks, key=lambda check: check.fixed):
        with st.container(key=f"setting-check-{check.kind}", horizontal=True, vertical_alignment="center", gap="small"):
            show(_words(desk, check))
            if check.fixed:
                fixed, why = text("settings.checks_fixed", desk.lang), text("settings.checks_fixed_why", desk.lang)
                show(f'<span class="sa-tag neutral" title="{escape(why)}">{escape(fixed)}</span>', width="content")
            else:
                _switch(desk, check)


def _words(desk: SettingsDesk, check: Check) -> str:
    lang = desk.lang
    told = ""
    if check.kind in desk.proposed.severities:
        default = text("settings.checks_default", lang, severity=text(f"check.severity-{check.severity}", lang))
        told = f'<span class="sa-tag warn">{escape(text("settings.changed", lang))}</span> <small>{escape(default)}</small>'
    notes = [check.reason(lang)]
    if check.fixed:
        notes.append(text("settings.checks_fixed_why", lang))
    elif check.fixed_if_required:
        notes.append(text("settings.checks_partly", lang))
    body = "".join(f"<div>{escape(line)}</div>" for line in notes)
    return f'<div class="sa-setting"><b>{escape(check.title(lang))}</b>{told}{body}</div>'


def _switch(desk: SettingsDesk, check: Check) -> None:
    widget = f"settings-severity-{check.kind}"
    st.session_state[widget] = severity_of(check.kind, desk.proposed)

    def taken() -> None:
        chosen = st.session_state[widget]
        if chosen is not None:
            desk.attempt(lambda: with_severity(desk.proposed, check.kind, chosen))

    st.segmented_control(
        text("settings.severity_label", desk.lang, title=check.title(desk.lang)),
        ["error", "warning"],
        key=widget,
        format_func=lambda severity: text(f"check.severity-{severity}", desk.lang),
        on_change=taken,
        label_visibility="collapsed",
        width="content",
        required=True,
    )
