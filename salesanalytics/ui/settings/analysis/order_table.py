"""A table to tick, order and bound things in, drawn by the browser.

Streamlit's own editor is replaced whenever its rows change their order, and what was typed while the server answered went with it. This one stays, rearranges itself
at once, and tells the whole table each time: the last word holds at any speed of typing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from salesanalytics.i18n import Lang, text
from salesanalytics.ui.clicks import answered, said

_ASSETS = Path(__file__).parents[2] / "assets"
STATE = "table"


@dataclass(frozen=True)
class OrderRow:
    """One thing to show; the ticked come first, in their order. ``rank``: its place among those not ticked. ``note`` stands beside the name, as a warning if ``warn``."""

    id: str
    name: str
    shown: bool
    rank: int
    note: str = ""
    warn: bool = False
    target: float | None = None
    warning: float | None = None


@dataclass(frozen=True)
class Arranged:
    """What somebody made of a table: the ticked ids in their order, and the bounds (target, warning) by id."""

    order: tuple[str, ...]
    bounds: Mapping[str, tuple[float | None, float | None]]


@cache
def _component() -> Any:
    css, js = ((_ASSETS / f"order_table.{kind}").read_text(encoding="utf-8") for kind in ("css", "js"))
    return st.components.v2.component("sa_order_table", html='<div class="order"></div>', css=css, js=js)


def order_table(
    key: str,
    rows: Sequence[OrderRow],
    lang: Lang,
    on_arranged: Callable[[Arranged], None],
    *,
    label: str,
    name: str,
    bounds: bool = True,
) -> None:
    """Draw the table; ``on_arranged`` is told what was made of it. ``label`` is read out, ``name`` heads the things' column."""
    words = {
        "tick": text("settings.column_shown", lang),
        "place": text("settings.column_place", lang),
        "name": name,
        "target": text("settings.column_target", lang),
        "warning": text("settings.column_warning", lang),
        "up": text("settings.stage_up", lang),
        "down": text("settings.stage_down", lang),
    }

    def told() -> None:
        arranged = read_arranged(said(key, STATE), {row.id for row in rows})
        if arranged is not None:
            on_arranged(arranged)

    _component()(
        key=key,
        data=[
            {
                "rows": [asdict(row) for row in rows],
                "words": words,
                "label": label,
                "bounds": bounds,
                "seq": answered(key, STATE),
            }
        ],
        on_table_change=told,
    )


def read_arranged(arranged: Any, known: set[str]) -> Arranged | None:
    """Return what the browser said of the table, what it cannot know left out; None if it said nothing that can be read."""
    if not isinstance(arranged, Mapping) or not isinstance(arranged.get("order"), list):
        return None
    order = tuple(dict.fromkeys(each for each in arranged["order"] if isinstance(each, str) and each in known))
    given = arranged.get("bounds")
    bounds = {
        name: (_bound(pair[0]), _bound(pair[1]))
        for name, pair in (given.items() if isinstance(given, Mapping) else ())
        if name in known and isinstance(pair, list) and len(pair) == 2
    }
    return Arranged(order, bounds)


def _bound(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
