"""What a filter offers: the values the visible customers have in a dimension, and the columns of the user's own worth filtering by."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import TypeAdapter

from salesanalytics.metrics.asking import custom_dimensions
from salesanalytics.metrics.dimensions import dimension, expression
from salesanalytics.metrics.families import METRICS
from salesanalytics.metrics.shown import dimensions_shown
from salesanalytics.ui.data import Desk
from salesanalytics.ui.view_state import DIMENSIONS, MORE, ViewState, is_filter

MOST_VALUES = 200
"""A custom column of more values than this (a phone number, a remark) says something of each customer and is no group."""


def custom_columns(desk: Desk) -> tuple[str, ...]:
    """Return the custom columns of the visible customers, as dimension names; those with a value of its own for everyone are left out."""
    return desk.remember("custom-columns", (), lambda: tuple(_groups(desk)), _written_as(tuple[str, ...]))


def _groups(desk: Desk) -> list[str]:
    return [name for name in custom_dimensions(desk.view) if len(_values(desk, name)) <= MOST_VALUES]


def own_dimensions(desk: Desk) -> tuple[str, ...]:
    """Return the custom columns the pages offer: those ticked in the settings, in that order; all of them until somebody chooses."""
    return dimensions_shown(desk.settings, custom_columns(desk))


def values_of(desk: Desk, name: str) -> list[str]:
    """Return the values the visible customers have in a dimension of the filter bar, "" for those without one; none if nobody has one."""
    if not is_filter(name):
        raise ValueError(name)
    values = desk.remember("values", (name,), lambda: _values(desk, name), _written_as(list[str]))
    return values if any(values) else []


def offered_values(desk: Desk) -> dict[str, list[str]]:
    """Return what ``values_of`` does for every dimension of the filter bar that anybody has a value in, remembered together: every page asks for all of them."""
    names = (*DIMENSIONS, *MORE, *own_dimensions(desk))
    return desk.remember(
        "offered-values", names, lambda: {name: values for name in names if (values := values_of(desk, name))}
    )


def ask_values(desk: Desk) -> None:
    """Ask what the filter bar of any page offers, so that whoever opens one next finds it."""
    offered_values(desk)
    for name in custom_columns(desk):
        values_of(desk, name)


@cache
def _written_as(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _values(desk: Desk, name: str) -> list[str]:
    found = expression(METRICS["leads"], dimension(name))
    if found is None:
        raise ValueError(name)
    sql = f"SELECT DISTINCT coalesce({found[0]}, '') AS value FROM leads AS r ORDER BY value"
    return [str(row["value"]) for row in desk.view.fetch(sql, found[1])]


def without_strangers(desk: Desk, state: ViewState) -> ViewState:
    """Return the state less custom columns the data has not got (any more), which an old link may name."""
    if not any(name.startswith("custom:") for name, _ in state.where):
        return state
    known = desk.remember("custom-dimensions", (), lambda: custom_dimensions(desk.view))
    for name, _ in state.where:
        if name.startswith("custom:") and name not in known:
            state = state.choosing(name, ())
    return state
