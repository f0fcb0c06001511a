"""A funnel as HTML: centred bars with their count, what fell out between them, and columns to the right. Selectable, and every number opens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from salesanalytics.ui.html import escape
from salesanalytics.ui.tables import Cell, Opens, cell_markup

LEAST_WIDTH, WIDE = 0.006, 0.16
"""The narrowest bar, and the least width (of the widest bar) that holds its number."""


@dataclass(frozen=True)
class FunnelRow:
    """One stage: ``size`` sets the bar's width, ``label`` stands on it. ``below``: what fell out before the next stage, ``aside`` more of it.

    ``cells``: the columns to the right, as many as the funnel has headers; ``worst`` tints the step to the next stage; ``grey``: columns that are not judged.
    """

    name: str
    size: float
    label: Opens
    hover: str
    cells: Sequence[Cell]
    below: Sequence[Cell] = ()
    aside: Sequence[Cell] = ()
    worst: bool = False
    grey: frozenset[int] = frozenset()


def funnel_markup(
    rows: Sequence[FunnelRow], headers: Sequence[str], label: str, *, slopes: bool, wide: Sequence[int]
) -> str:
    """Return the funnel's markup. ``slopes`` joins the bars; ``wide``: places of the columns a phone leaves out."""
    largest = max((row.size for row in rows), default=0.0) or 1.0
    widths = [max(row.size / largest, LEAST_WIDTH) for row in rows]
    head = "".join(
        f'<th scope="col" class="num{_wide(place, wide)}">{escape(words)}</th>' for place, words in enumerate(headers)
    )
    body = ""
    for at, row in enumerate(rows):
        body += _stage(row, widths[at], wide)
        if at + 1 < len(rows):
            body += _step(row, widths[at], widths[at + 1], len(headers), slopes=slopes)
    return (
        f'<table class="sa-funnel" aria-label="{escape(label)}"><thead><tr><td></td><td></td>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def _wide(place: int, wide: Sequence[int]) -> str:
    return " wide" if place in wide else ""


def _stage(row: FunnelRow, width: float, wide: Sequence[int]) -> str:
    inside = width >= WIDE
    place = "" if inside else f' style="left:calc({50 + width * 50:.2f}% + 8px)"'
    cells = "".join(
        f'<td class="num{_wide(at, wide)}{" grey" if at in row.grey else ""}">{cell_markup(cell)}</td>'
        for at, cell in enumerate(row.cells)
    )
    return (
        f'<tr class="stage"><th scope="row">{escape(row.name)}</th>'
        f'<td class="track"><div title="{escape(row.hover)}"><i style="width:{width * 100:.2f}%"></i>'
        f'<b class="{"in" if inside else "out"}"{place}>{cell_markup(row.label)}</b></div></td>{cells}</tr>'
    )


def _step(row: FunnelRow, width: float, after: float, columns: int, *, slopes: bool) -> str:
    slope = ""
    if slopes:
        corners = ((0, width, "-"), (0, width, "+"), (100, after, "+"), (100, after, "-"))
        points = ", ".join(f"{50 + (1 if side == '+' else -1) * size * 50:.2f}% {top}%" for top, size, side in corners)
        slope = f'<i style="clip-path:polygon({points})"></i>'
    below = " ".join(cell_markup(cell) for cell in row.below)
    aside = " ".join(cell_markup(cell) for cell in row.aside)
    return (
        f'<tr class="step{" worst" if row.worst else ""}"><td></td><td class="track"><div>{slope}<span>{below}</span></div></td>'
        f'<td class="num wide" colspan="{columns}">{aside}</td></tr>'
    )
