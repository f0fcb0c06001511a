"""What is about to be saved, what it does to the present data, and the buttons that save it or let it go."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from salesanalytics.access.view import View
from salesanalytics.errors import UserError
from salesanalytics.i18n import format, text
from salesanalytics.insight.settings_effects import Effect, effects, touched
from salesanalytics.metrics.registry import check_analysis, metrics_of
from salesanalytics.reports.words import in_words
from salesanalytics.settings import Settings
from salesanalytics.settings_keys import in_order
from salesanalytics.stage_changes import checked
from salesanalytics.ui.data import Desk
from salesanalytics.ui.empty import empty
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.panel import headline
from salesanalytics.ui.session import Key
from salesanalytics.ui.settings.desk import SettingsDesk
from salesanalytics.ui.settings.read_as import read_as
from salesanalytics.ui.settings.told import told
from salesanalytics.ui.settings.words import stage_name, title
from salesanalytics.ui.tables import TableColumn, table
from salesanalytics.ui.trends.words import value_name


def preview_panel(desk: SettingsDesk) -> None:
    """Draw the panel."""
    lang = desk.lang
    made = desk.changes
    with st.container(key="panel-settings-preview", border=True, gap="small"):
        problem = st.session_state.pop(Key.SETTINGS_PROBLEM, None)
        if problem:
            show(f'<div class="sa-callout" role="alert">{escape(problem)}</div>')
        if not made:
            empty(text("settings.preview_none", lang), text("settings.preview_none_note", lang))
            return
        restores = desk.draft.restores
        lines = len(told(made, desk.proposed, lang))
        note = text("settings.preview_note", lang)
        if desk.draft.at is not None:
            note = f"{text('settings.draft_of', lang, time=_time(desk.draft.at))} · {note}"
        if restores is not None:
            note = f"{text('settings.restoring', lang, version=restores)} · {note}"
        show(headline(text("settings.preview_title", lang, n=lines), note))
        show(_changes_table(desk))
        possible = _possible(desk)
        with st.container(horizontal=True, key="settings-save"):
            st.button(
                text("settings.save", lang),
                key="settings-do-save",
                type="primary",
                on_click=desk.save,
                disabled=not possible,
            )
            st.button(text("settings.discard", lang), key="settings-discard", on_click=desk.discard)
        if possible:
            _effects(desk)


def _time(at: datetime) -> str:
    """The hour of a draft of today, else its day as well."""
    here = at.astimezone()
    return f"{here:%H:%M}" if here.date() == datetime.now().astimezone().date() else format.moment(here)


def _possible(desk: SettingsDesk) -> bool:
    """Say whether the proposal can be saved, and if not, why."""
    try:
        in_order(desk.proposed)
        checked(desk.proposed.stages)
        check_analysis(desk.proposed.analysis)
    except UserError as error:
        named = {
            key: title(str(value), desk.lang, desk.proposed.stages)
            for key, value in error.params.items()
            if key in ("low", "high")
        }
        words = UserError(error.kind, **{**error.params, **named}).message(desk.lang)
        show(f'<div class="sa-callout" role="alert">{escape(words)}</div>')
        return False
    return True


def _changes_table(desk: SettingsDesk) -> str:
    lang = desk.lang
    columns = [
        TableColumn(text("settings.preview_item", lang), wrap=True),
        TableColumn(text("settings.preview_before", lang), soft=True, wrap=True),
        TableColumn(text("settings.preview_after", lang), wrap=True),
    ]
    rows = [(line.title, line.before, line.after) for line in told(desk.changes, desk.proposed, lang)]
    return table(columns, rows, text("settings.preview_title", lang, n=len(rows)))


def _effects(desk: SettingsDesk) -> None:
    lang, data = desk.lang, desk.desk
    if not touched(desk.changes):
        show(f'<div class="sa-panel-note">{escape(text("settings.effects_later", lang))}</div>')
        return
    if data is None:
        show(f'<div class="sa-panel-note">{escape(text("settings.effects_no_data", lang))}</div>')
        return
    found = found_effects(data, desk.saved, desk.proposed, desk)
    rows = [
        (_figure(effect, desk), _value(effect, effect.before, desk), _value(effect, effect.after, desk))
        for effect in found
    ]
    rows += [
        (text("settings.effect_read_as", lang, stage=stage_name(stage, lang, desk.proposed.stages)), "0", f"{n:,}")
        for stage, n in read_as(desk.workspace.quarantine(), desk.saved.stages, desk.proposed.stages).items()
    ]
    sample = text("settings.effects_sample", lang) if data.source.is_sample else ""
    show(
        headline(
            text("settings.effects", lang),
            text("settings.effects_note", lang, day=format.day(data.as_of), sample=sample),
        )
    )
    if not rows:
        show(f'<div class="sa-panel-note">{escape(text("settings.effects_none", lang))}</div>')
        return
    columns = [
        TableColumn(text("settings.effect_figure", lang), wrap=True),
        TableColumn(text("settings.preview_before", lang), number=True, soft=True),
        TableColumn(text("settings.preview_after", lang), number=True),
    ]
    show(table(columns, rows, text("settings.effects", lang)))


def found_effects(data: Desk, saved: Settings, proposed: Settings, desk: SettingsDesk) -> tuple[Effect, ...]:
    """Return what the proposal would change, remembered."""
    made = desk.changes

    def under() -> View:
        return View(data.source.workspace.state(data.as_of, proposed), data.scope)

    return data.remember("settings-effects", (proposed,), lambda: effects(data.view, under, saved, proposed, made))


def _figure(effect: Effect, desk: SettingsDesk) -> str:
    lang = desk.lang
    if effect.dimension == "stage":
        return text("settings.effect_customers_in", lang, stage=_stage(str(effect.value), desk))
    if effect.dimension == "tier":
        return value_name(effect.value or "", "tier", lang)
    return metrics_of(desk.proposed)[effect.metric].title(lang)


def _stage(stage_id: str, desk: SettingsDesk) -> str:
    """A stage that is to be removed is called as it still is."""
    known = desk.proposed.stages if stage_id in desk.proposed.stages.ids else desk.saved.stages
    return stage_name(stage_id, desk.lang, known)


def _value(effect: Effect, value: float | None, desk: SettingsDesk) -> str:
    return in_words(value, effect.unit, desk.lang, desk.proposed.currency)
