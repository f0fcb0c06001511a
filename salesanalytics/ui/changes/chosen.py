"""What the page is asked for: two dates, a cut, a group of it, amount or count, the axis, and which customers; each kept in the URL."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, cast

import streamlit as st

from salesanalytics.i18n import Lang, format, text
from salesanalytics.insight.changes.bridge import Bridge, Changes
from salesanalytics.insight.changes.moves import Cut
from salesanalytics.ui.choices import choice
from salesanalytics.ui.filters import keep
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.html import escape, show

Measure = Literal["amount", "count"]
ALL_GROUPS = "*"
NO_GROUP = "none"


@dataclass(frozen=True)
class Chosen:
    """The page's choices. ``start_on`` lies before ``end_on``, the page's as-of date; ``by`` None = the whole company."""

    start_on: date
    end_on: date
    by: Cut | None
    measure: Measure
    only_changed: bool


def import_dates(frame: Frame) -> list[date]:
    """Return the as-of dates of the imports, newest first."""
    return sorted({record.as_of for record in frame.desk.source.imports}, reverse=True)


def chosen_changes(frame: Frame) -> Chosen | None:
    """Draw the switches and return what is chosen; None where no import lies before the end."""
    lang, dates, end = frame.lang, import_dates(frame), frame.as_of
    earlier = [day for day in dates if day < end]
    with st.container(key="changes-tools", horizontal=True, vertical_alignment="center", gap="small"):
        with st.container(
            key="changes-dates", horizontal=True, vertical_alignment="center", gap="xxsmall", width="content"
        ):
            start = None
            if earlier:
                days = {day.isoformat(): _named(day, "since", lang) for day in earlier}
                asked = choice("since", days, earlier[0].isoformat(), label=text("changes.since", lang), many=True)
                start = date.fromisoformat(asked)
            _end_picker(frame, dates)
        if start is None:
            return None
        cuts = {name: text(f"changes.cut_{name}", lang) for name in ("company", "team", "owner", "month")}
        by = choice("by", cuts, "company", label=text("changes.cut", lang))
        measures = {name: text(f"changes.measure_{name}", lang) for name in ("amount", "count")}
        measure = choice("measure", measures, "amount", label=text("changes.measure", lang))
        scopes = {name: text(f"changes.scope_{name}", lang) for name in ("changed", "all")}
        listed = choice("listed", scopes, "changed", label=text("changes.scope", lang))
        show(f'<span class="sa-tool-note">{escape(text("changes.how", lang))}</span>', width="content")
    cut = None if by == "company" else cast("Cut", by)
    return Chosen(start, end, cut, cast("Measure", measure), listed == "changed")


def _named(day: date, side: str, lang: Lang) -> str:
    return f"{text(f'changes.{side}', lang)} {format.day(day)}"


def _end_picker(frame: Frame, dates: list[date]) -> None:
    """Draw the end's picker: the end is the page's as-of date, so that everything on the page is of one day."""
    key, newest = "changes-until", dates[0]
    st.session_state[key] = frame.as_of

    def chosen() -> None:
        day = cast("date", st.session_state[key])
        keep(replace(frame.state, as_of=None if day == newest else day))

    offered = dates if frame.as_of in dates else sorted([*dates, frame.as_of], reverse=True)
    st.selectbox(
        text("changes.until", frame.lang),
        offered,
        key=key,
        format_func=lambda day: _named(day, "until", frame.lang),
        on_change=chosen,
        label_visibility="collapsed",
        width=180,
    )


def group_name(group: str, by: Cut | None, lang: Lang) -> str:
    """Return a group's name; what has none is said as that."""
    return group or text(f"changes.no_group_{by}", lang)


def group_id(group: str) -> str:
    """Return what stands for a group in the URL."""
    return group or NO_GROUP


def chosen_bridge(found: Changes, lang: Lang) -> Bridge:
    """Draw the choice of a group where the changes are cut, and return its bridge; else that of all."""
    if not found.by:
        return found.whole
    options = {ALL_GROUPS: text("changes.group_all", lang)}
    options |= {group_id(one.group): group_name(one.group, found.by, lang) for one in found.groups}
    picked = choice("group", options, ALL_GROUPS, label=text("changes.group", lang), many=True)
    return next((one for one in found.groups if group_id(one.group) == picked), found.whole)


def axis_from_zero(lang: Lang) -> bool:
    """Draw the switch of the axis and return whether it starts at zero."""
    axes = {name: text(f"changes.axis_{name}", lang) for name in ("cut", "zero")}
    return choice("axis", axes, "cut", label=text("changes.axis", lang)) == "zero"
