"""What the page is asked for: a cut, a group of it, amount or count, the axis, and which customers; each kept in the URL. Its two dates are the filter bar's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, cast

from salesanalytics.i18n import Lang, text
from salesanalytics.insight.changes.bridge import Bridge, Changes
from salesanalytics.insight.changes.moves import Cut
from salesanalytics.ui.choices import choice, switch, tools
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.html import show

Measure = Literal["amount", "count"]
ALL_GROUPS = "*"
NO_GROUP = "none"


@dataclass(frozen=True)
class Chosen:
    """The page's choices. ``start_on`` is the date compared with, ``end_on`` the as-of date; ``by`` None = the whole company."""

    start_on: date
    end_on: date
    by: Cut | None
    measure: Measure
    only_changed: bool


def chosen_changes(frame: Frame) -> Chosen | None:
    """Draw the switches and return what is chosen; None where there is no date to compare with."""
    lang = frame.lang
    if frame.against_on is None:
        return None
    cuts = {name: text(f"changes.cut_{name}", lang) for name in ("company", "team", "owner", "month")}
    by = switch("by", cuts, "company", label=text("changes.cut", lang))
    measures = {name: text(f"changes.measure_{name}", lang) for name in ("amount", "count")}
    measure = switch("measure", measures, "amount", label=text("changes.measure", lang))
    scopes = {name: text(f"changes.scope_{name}", lang) for name in ("changed", "all")}
    listed = switch("listed", scopes, "changed", label=text("changes.scope", lang))
    show(tools(by, measure, listed, note=text("changes.how", lang)))
    cut = None if by.chosen == "company" else cast("Cut", by.chosen)
    return Chosen(frame.against_on, frame.as_of, cut, cast("Measure", measure.chosen), listed.chosen == "changed")


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
