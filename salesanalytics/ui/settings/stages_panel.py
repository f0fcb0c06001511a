"""The stage model: names, order, spellings, chances; a stage added, and one removed with a place for its customers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import streamlit as st

from salesanalytics.i18n import Lang, text
from salesanalytics.metrics.types import MetricQuery
from salesanalytics.settings import Settings
from salesanalytics.stage_changes import FIXED, add, edit, new_id, remove, reorder
from salesanalytics.stages import LOST, WON, Stage, StageModel
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.panel import panel
from salesanalytics.ui.settings.desk import SettingsDesk


def stages_panel(desk: SettingsDesk) -> None:
    """Draw the panels: the stages in order, and the form for a new one."""
    lang, stages = desk.lang, desk.proposed.stages
    counts = _customers(desk)
    title = text("settings.stages_title", lang, n=len(stages.forward))
    with panel("settings-stages", title, text("settings.stages_note", lang), height="content"):
        for place, stage in enumerate(stages.all, start=1):
            with st.container(key=f"stage-row-{place}", horizontal=True, vertical_alignment="bottom", gap="xsmall"):
                _line(desk, stage, counts.get(stage.id, 0))
    with panel(
        "settings-new-stage", text("settings.stage_add", lang), text("settings.stage_add_note", lang), height="content"
    ):
        _new_stage(desk)


def _customers(desk: SettingsDesk) -> dict[str | None, int]:
    """Return how many customers stand in each stage now."""
    if desk.desk is None:
        return {}
    rows = desk.desk.ask(MetricQuery(("leads",), ("stage",))).rows
    return {row.dims["stage"]: int(row.values["leads"] or 0) for row in rows}


def _line(desk: SettingsDesk, stage: Stage, customers: int) -> None:
    lang = desk.lang
    held = text("settings.stage_customers", lang, n=customers)
    more = f" · {text('settings.stages_lost_note', lang)}" if stage.id == LOST else ""
    place = desk.proposed.stages.order(stage.id)
    numbered = f"{place}. " if place else ""
    show(
        f'<div class="sa-setting"><b>{numbered}{escape(stage.name(lang))}</b> <small>{escape(held + more)}</small>{_kept(stage, lang)}</div>'
    )
    _words(desk, stage, "zh", text("settings.stage_zh", lang), 140)
    _words(desk, stage, "en", text("settings.stage_en", lang), 140)
    _aliases(desk, stage)
    _chance(desk, stage)
    _places(desk, stage)
    _removal(desk, stage, customers)


def _kept(stage: Stage, lang: Lang) -> str:
    if stage.id not in FIXED:
        return ""
    why, words = text("settings.stage_kept_help", lang), text("settings.stage_kept", lang)
    return f' <span class="sa-tag neutral" title="{escape(why)}">{escape(words)}</span>'


def _words(desk: SettingsDesk, stage: Stage, name: str, label: str, width: int) -> None:
    widget = f"settings-stage-{stage.id}-{name}"
    st.session_state[widget] = getattr(stage, name)

    def taken() -> None:
        _change(desk, lambda stages: edit(stages, stage.id, **{name: st.session_state[widget].strip()}))

    st.text_input(label, key=widget, on_change=taken, width=width, max_chars=40)


def _aliases(desk: SettingsDesk, stage: Stage) -> None:
    widget = f"settings-stage-{stage.id}-aliases"
    separator = "，" if desk.lang == "zh" else ", "
    st.session_state[widget] = separator.join(stage.aliases)

    def taken() -> None:
        written = st.session_state[widget].replace("，", ",").replace("、", ",").split(",")
        aliases = tuple(dict.fromkeys(part.strip() for part in written if part.strip()))
        _change(desk, lambda stages: edit(stages, stage.id, aliases=aliases))

    st.text_input(text("settings.stage_aliases", desk.lang), key=widget, on_change=taken)


def _chance(desk: SettingsDesk, stage: Stage) -> None:
    if stage.id in (WON, LOST):
        return
    widget = f"settings-stage-{stage.id}-chance"
    st.session_state[widget] = round(stage.default_probability * 100)

    def taken() -> None:
        share = (st.session_state[widget] or 0) / 100
        _change(desk, lambda stages: edit(stages, stage.id, default_probability=share))

    st.number_input(
        text("settings.stage_probability", desk.lang),
        min_value=0,
        max_value=100,
        key=widget,
        on_change=taken,
        width=100,
    )


def _places(desk: SettingsDesk, stage: Stage) -> None:
    ids = [each.id for each in desk.proposed.stages.forward]
    if stage.id in (WON, LOST):
        return
    at = ids.index(stage.id)
    for step, sign, name in ((-1, ":material/arrow_upward:", "up"), (1, ":material/arrow_downward:", "down")):
        to = at + step
        st.button(
            text(f"settings.stage_{name}", desk.lang),
            key=f"settings-stage-{stage.id}-{name}",
            icon=sign,
            disabled=not 0 <= to < len(ids) - 1,
            on_click=partial(_swap, desk, ids, at, to),
        )


def _swap(desk: SettingsDesk, ids: list[str], at: int, to: int) -> None:
    order = [*ids]
    order[at], order[to] = order[to], order[at]
    _change(desk, lambda stages: reorder(stages, order))


def _removal(desk: SettingsDesk, stage: Stage, customers: int) -> None:
    lang, stages = desk.lang, desk.proposed.stages
    if stage.id in FIXED:
        return
    with st.popover(text("settings.stage_remove", lang), key=f"settings-stage-{stage.id}-remove"):
        others = {other.id: other.name(lang) for other in stages.all if other.id != stage.id}
        title = text("settings.stage_remove_title", lang, stage=stage.name(lang))
        show(
            f'<b>{escape(title)}</b><div class="sa-panel-note">{escape(text("settings.stage_remove_note", lang, n=customers))}</div>'
        )
        place = stages.order(stage.id) or 2
        before = stages.forward[max(place - 2, 0)].id
        into = st.selectbox(
            text("settings.stage_remove_into", lang),
            list(others),
            index=list(others).index(before),
            format_func=others.__getitem__,
            key=f"settings-stage-{stage.id}-into",
        )
        st.button(
            text("settings.stage_remove_do", lang),
            key=f"settings-stage-{stage.id}-remove-do",
            on_click=partial(_change, desk, partial(_removed, stage_id=stage.id, into=into)),
        )


def _removed(stages: StageModel, stage_id: str, into: str) -> StageModel:
    return remove(stages, stage_id, into)


def _new_stage(desk: SettingsDesk) -> None:
    lang, stages = desk.lang, desk.proposed.stages
    with (
        st.form("settings-new-stage-form", border=False, clear_on_submit=True),
        st.container(key="stage-new", horizontal=True, vertical_alignment="bottom", gap="small"),
    ):
        st.text_input(text("settings.stage_zh", lang), key="settings-new-zh", width=150, max_chars=40)
        st.text_input(text("settings.stage_en", lang), key="settings-new-en", width=150, max_chars=40)
        st.text_input(text("settings.stage_aliases", lang), key="settings-new-aliases")
        names = {stage.id: stage.name(lang) for stage in stages.forward if stage.id != WON}
        st.selectbox(
            text("settings.stage_after", lang),
            list(names),
            index=len(names) - 1,
            format_func=names.__getitem__,
            key="settings-new-after",
            width=150,
        )
        st.number_input(text("settings.stage_probability", lang), 0, 100, 30, key="settings-new-chance", width=120)
        st.form_submit_button(text("settings.stage_add_do", lang), key="settings-new-do", on_click=_added, args=(desk,))


def _added(desk: SettingsDesk) -> None:
    typed = st.session_state
    written = typed["settings-new-aliases"].replace("，", ",").replace("、", ",").split(",")
    aliases = tuple(part.strip() for part in written if part.strip())
    zh, en = typed["settings-new-zh"].strip(), typed["settings-new-en"].strip()
    share, after = typed["settings-new-chance"] / 100, typed["settings-new-after"]

    def made(stages: StageModel) -> StageModel:
        return add(stages, Stage(new_id(stages, en), zh or en, en or zh, aliases, share), after)

    _change(desk, made)


def _change(desk: SettingsDesk, made: Callable[[StageModel], StageModel]) -> None:
    def settings() -> Settings:
        proposed = desk.proposed
        stages = made(proposed.stages)
        alerts = proposed.alerts
        if alerts.stuck_stage not in stages.open_ids:
            heir = dict(stages.moved).get(alerts.stuck_stage)
            alerts = alerts.model_copy(update={"stuck_stage": heir if heir in stages.open_ids else stages.open_ids[-1]})
        return proposed.model_copy(update={"stages": replace(stages), "alerts": alerts})

    desk.attempt(settings)
