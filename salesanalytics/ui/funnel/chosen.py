"""What the Funnel page is asked for: mode, size, dimension, the two values compared and the length of a cohort; each kept in the URL."""

from __future__ import annotations

from typing import cast

from salesanalytics.i18n import Lang, text
from salesanalytics.insight.funnel_cohorts import GRAINS
from salesanalytics.insight.funnel_split import Split, usual_values
from salesanalytics.metrics.dimensions import dimension
from salesanalytics.metrics.funnel_sql import Mode
from salesanalytics.metrics.shown import dimensions_shown
from salesanalytics.ui.choices import choice, switch, tools
from salesanalytics.ui.data import Desk
from salesanalytics.ui.filter_values import custom_columns, values_of
from salesanalytics.ui.html import show
from salesanalytics.ui.value_names import value_name

MODES = ("cohort", "flow", "snapshot")
SIZES = ("customers", "amount")
DIMENSIONS = ("source", "industry", "region", "team", "owner", "grade", "tier", "origin_kind")
NO_VALUE = "none"
"""Stands for "no value" in the URL."""


def mode_and_size(lang: Lang) -> tuple[Mode, bool]:
    """Draw both switches and return the mode, and whether bars are amounts."""
    modes = {mode: text(f"funnel.mode_{mode}", lang) for mode in MODES}
    mode = switch("mode", modes, "cohort", label=text("funnel.mode", lang))
    sizes = {size: text(f"funnel.size_{size}", lang) for size in SIZES}
    size = switch("size", sizes, "customers", label=text("funnel.size", lang))
    show(tools(mode, size, note=text(f"funnel.explained_{mode.chosen}", lang)))
    return cast("Mode", mode.chosen), size.chosen == "amount"


def offered(desk: Desk) -> tuple[str, ...]:
    """Return the dimensions the funnel can be cut by: those the settings show and somebody has a value in, and the user's own columns."""
    known = dimensions_shown(desk.settings, (*DIMENSIONS, *custom_columns(desk)))
    return tuple(name for name in known if values_of(desk, name))


def chosen_dimension(desk: Desk, lang: Lang) -> str | None:
    """Draw the drop-down of dimensions and return the chosen one; None where nothing can be cut by."""
    names = offered(desk)
    if not names:
        return None
    options = {name: text("funnel_split.by_name", lang, name=dimension(name).title(lang)) for name in names}
    first = "source" if "source" in options else names[0]
    return choice("by", options, first, label=text("funnel_split.by", lang), many=True)


def chosen_values(split: Split, lang: Lang) -> tuple[tuple[str, str], str] | None:
    """Return the values to compare, and the markup of the two drop-downs they are chosen in; None where there are not two."""
    usual = usual_values(split)
    if usual is None:
        return None
    values = [value for line in split.lines for value in line.values]
    options = {value or NO_VALUE: value_name(value, split.by, lang) for value in values}
    first = switch("a", options, usual[0] or NO_VALUE, label=text("funnel_split.first", lang), many=True)
    others = {name: words for name, words in options.items() if name != first.chosen}
    default = next(name for name in (usual[1] or NO_VALUE, usual[0] or NO_VALUE) if name != first.chosen)
    second = switch("b", others, default, label=text("funnel_split.second", lang), many=True)
    return (_value(first.chosen), _value(second.chosen)), tools(
        first, second, between=text("funnel_split.against", lang)
    )


def _value(name: str) -> str:
    return "" if name == NO_VALUE else name


def chosen_grain(lang: Lang) -> str:
    """Draw the switch of a cohort's length and return it."""
    grains = {grain: text(f"funnel_split.grain_{grain}", lang) for grain in GRAINS}
    return choice("cohort", grains, "month", label=text("funnel_split.grain", lang))
