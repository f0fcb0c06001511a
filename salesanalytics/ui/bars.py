"""Horizontal bars as HTML: name, bar with a tick for what is due or promised, figures right. Selectable, and as wide as their card."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from salesanalytics.ui.html import escape
from salesanalytics.ui.tables import Cell, cell_markup


@dataclass(frozen=True)
class Bar:
    """One bar: ``length`` and ``tick`` as shares (0-1) of the track, None = none; ``strong`` draws it dark; ``cells`` stand to its right."""

    name: str
    length: float
    tick: float | None = None
    strong: bool = False
    lead: str = ""
    cells: Sequence[Cell] = ()
    bold: bool = False


def bars(
    rows: Sequence[Bar],
    label: str,
    *,
    tick_label: str = "",
    tick_at: float | None = None,
    line: bool = False,
    heads: Sequence[str] = (),
) -> str:
    """Return the bars' markup. ``tick_label`` stands over the ticks at ``tick_at`` (0-1); ``line`` draws one line through all rows.

    ``heads``: what the cells right of the bars are, one each.
    """
    width = max((len(row.cells) for row in rows), default=0)
    head = ""
    if tick_label and tick_at is not None:
        head = (
            f'<tr class="sa-bar-head"><td></td><td></td><td><span class="sa-bar-tick-label" style="left:{_percent(tick_at)}">'
            f"{escape(tick_label)}</span></td>{_heads(heads, width)}</tr>"
        )
    elif heads:
        head = f'<tr class="sa-bar-head"><td></td><td></td><td></td>{_heads(heads, width)}</tr>'
    body = "".join(_row(row, line=line) for row in rows)
    kind = "sa-bars line" if line else "sa-bars"
    return f'<table class="{kind}" aria-label="{escape(label)}"><tbody>{head}{body}</tbody></table>'


def _heads(heads: Sequence[str], width: int) -> str:
    return "".join(f'<th scope="col">{escape(name)}</th>' for name in heads) or "<td></td>" * width


def _percent(share: float) -> str:
    return f"{100 * min(max(share, 0.0), 1.0):.2f}%"


def _row(row: Bar, *, line: bool) -> str:
    tick = f'<i class="tick" style="left:{_percent(row.tick)}"></i>' if row.tick is not None else ""
    strength = "strong" if row.strong else ""
    name = f"<b>{escape(row.name)}</b>" if row.bold else escape(row.name)
    cells = "".join(f'<td class="num">{cell_markup(cell)}</td>' for cell in row.cells)
    return (
        f'<tr><td class="lead">{escape(row.lead)}</td><td class="name">{name}</td>'
        f'<td class="track"><div><i class="bar {strength}" style="width:{_percent(row.length)}"></i>{tick}</div></td>{cells}</tr>'
    )
