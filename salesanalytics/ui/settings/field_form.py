"""One setting as a line of a form, made from its declaration: title, note, limits, unit, default and whether it was changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from salesanalytics.i18n import text
from salesanalytics.settings import DEFAULT_SETTINGS, Settings
from salesanalytics.settings_keys import choices, field_of, flat, limits, unit
from salesanalytics.tables import LEADS
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.panel import panel
from salesanalytics.ui.settings.desk import SettingsDesk
from salesanalytics.ui.settings.words import note, title, value_words

_SHOWN_AS = {"share": 100.0, "bytes": 1 / 2**20}
"""Numbers people read in another measure than data hold: percent, megabytes."""

CURRENCIES = ("CNY", "USD", "EUR", "GBP", "JPY", "HKD", "TWD", "SGD")


def group_panel(name: str, keys: Callable[[SettingsDesk], list[str]] | None = None) -> Callable[[SettingsDesk], None]:
    """Return a panel with every declared setting of a group (``alerts``), or with the ``keys`` given."""

    def draw(desk: SettingsDesk) -> None:
        listed = keys(desk) if keys else [key for key in flat(desk.saved) if key.startswith(f"{name}.")]
        with panel(
            f"settings-{name}",
            text(f"settings.title_{name}", desk.lang),
            text(f"settings.note_{name}", desk.lang),
            height="content",
        ):
            for key in listed:
                field(desk, key)

    return draw


def field(desk: SettingsDesk, key: str) -> None:
    """Draw the line of one declared setting (``alerts.silent_days``)."""
    value, lang = flat(desk.proposed)[key], desk.lang
    slug = key.replace(".", "-").replace("_", "-")
    with st.container(key=f"setting-{slug}", horizontal=True, vertical_alignment="center", gap="small"):
        show(_words(desk, key, value))
        label = title(key, lang, desk.proposed.stages)
        widget = f"settings-{key}"
        if options := _options(desk, key):
            _choice(desk, key, widget, label, options)
        elif isinstance(value, tuple):
            _several(desk, key, widget, label)
        else:
            _number(desk, key, widget, label)


def _words(desk: SettingsDesk, key: str, value: object) -> str:
    default = flat(DEFAULT_SETTINGS).get(key)
    told = ""
    if value != default:
        was = text("settings.default", desk.lang, value=value_words(key, default, desk.lang, desk.proposed))
        told = f'<span class="sa-tag warn">{escape(text("settings.changed", desk.lang))}</span> <small>{escape(was)}</small>'
    name = escape(title(key, desk.lang, desk.proposed.stages))
    return f'<div class="sa-setting"><b>{name}</b>{told}<div>{escape(note(key, desk.lang))}</div></div>'


def _options(desk: SettingsDesk, key: str) -> Mapping[str, str]:
    if key == "alerts.stuck_stage":
        stages = desk.proposed.stages
        return {stage: stages.get(stage).name(desk.lang) for stage in stages.open_ids}
    if key == "currency":
        return {code: code for code in dict.fromkeys((*CURRENCIES, desk.proposed.currency))}
    return {each: value_words(key, each, desk.lang, desk.proposed) for each in choices(key)}


def _choice(desk: SettingsDesk, key: str, widget: str, label: str, options: Mapping[str, str]) -> None:
    value = flat(desk.proposed)[key]
    st.session_state[widget] = value if value in options else next(iter(options))
    st.selectbox(
        label,
        list(options),
        key=widget,
        format_func=options.__getitem__,
        on_change=lambda: desk.change(key, st.session_state[widget]),
        label_visibility="collapsed",
        width=190,
    )


def _several(desk: SettingsDesk, key: str, widget: str, label: str) -> None:
    names = {column.name: column.header(desk.lang) for column in LEADS.columns}
    st.session_state[widget] = [name for name in _tuple(flat(desk.proposed)[key]) if name in names]
    st.multiselect(
        label,
        list(names),
        key=widget,
        format_func=names.__getitem__,
        on_change=lambda: desk.change(key, st.session_state[widget]),
        label_visibility="collapsed",
        placeholder="",
    )


def _tuple(value: object) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else ()


def _number(desk: SettingsDesk, key: str, widget: str, label: str) -> None:
    scale = _SHOWN_AS.get(unit(key), 1.0)
    lowest, highest = limits(key)
    declared = field_of(key)
    whole = declared is not None and declared.annotation is int and scale >= 1
    kind: type[int] | type[float] = int if whole or scale == 100.0 else float

    def taken() -> None:
        typed = st.session_state[widget]
        if typed is not None:
            shown = typed / scale
            desk.change(key, round(shown) if declared is not None and declared.annotation is int else round(shown, 6))

    value = float(str(flat(desk.proposed)[key])) * scale
    st.session_state[widget] = kind(round(value, 4))
    counted = text(f"settings.unit_{unit(key)}", desk.lang) if unit(key) != "none" else ""
    with st.container(horizontal=True, vertical_alignment="center", gap="xxsmall", width=190):
        st.number_input(
            label,
            min_value=None if lowest is None else kind(_up(lowest * scale, whole)),
            max_value=None if highest is None else kind(highest * scale),
            step=kind(1) if kind is int else 0.5,
            format=None if kind is int else "%0.10g",
            key=widget,
            on_change=taken,
            label_visibility="collapsed",
            width=120,
        )
        show(f'<span class="sa-muted sa-unit">{escape(counted)}</span>', width="content")


def _up(value: float, whole: bool) -> float:
    return max(value, 1) if whole and value > 0 else value


def general_keys(desk: SettingsDesk) -> list[str]:
    """Return the settings that belong to no group."""
    return [key for key in Settings.model_fields if key in flat(desk.saved)]
