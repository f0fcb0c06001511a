"""The heatmap itself, as a table of HTML: cells with value and n in their colour, totals outside, stars, hatched small samples, a ring around the chosen.

As a chart it took as long to draw as the rest of the page together; as a table its words can be selected, searched and read out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from salesanalytics.charts.heat_cells import HeatCell, heat_steps, ink_of
from salesanalytics.charts.tokens import Tokens
from salesanalytics.charts.two_lines import in_two_lines
from salesanalytics.insight.cross_table import Place
from salesanalytics.ui.heatmap.opened import cell_number
from salesanalytics.ui.html import escape

NAME_UNITS, NAME_UNITS_WHOLE = 16, 22
"""How wide a row's name may be, in Latin letters, before it is broken, and how wide a single word may be unbroken."""
HEADS_UNITS, LEAST_HEAD_UNITS = 106, 7
"""The room of all columns' names at the narrowest width."""


@dataclass(frozen=True)
class Totals:
    """What stands outside: the name of the totals, those of the rows, of the columns, and of everything."""

    name: str
    rows: Sequence[str]
    columns: Sequence[str]
    whole: str


def heat_grid(
    rows: Sequence[str],
    columns: Sequence[str],
    cells: Sequence[Sequence[HeatCell]],
    totals: Totals,
    tokens: Tokens,
    *,
    label: str,
    chosen: Place | None = None,
    bounds: Sequence[float] | None = None,
    row_height: int = 74,
) -> str:
    """Return the table's markup; a click on a cell or a total opens its place (``opened.cell_number``; one beyond the last line is a total).

    ``bounds``: the lower bounds of the colour classes, if not even ones. ``label`` names the table to screen readers.
    """
    bounds = bounds or heat_steps(
        [cell.value for line in cells for cell in line if cell.value is not None], len(tokens.heat)
    )
    units = max(LEAST_HEAD_UNITS, round(HEADS_UNITS / (len(columns) + 1)))
    heads = "".join(f'<th scope="col">{_name(name, units)}</th>' for name in columns)
    body = "".join(
        f'<tr><th scope="row">{_name(name, NAME_UNITS, NAME_UNITS_WHOLE)}</th>'
        + "".join(_cell(cell, (r, c), bounds, tokens, ring=chosen == (r, c)) for c, cell in enumerate(cells[r]))
        + _total(totals.rows[r], (r, len(columns)), ring=chosen == (r, len(columns)))
        + "</tr>"
        for r, name in enumerate(rows)
    )
    last = len(rows)
    foot = "".join(_total(words, (last, c), ring=chosen == (last, c)) for c, words in enumerate(totals.columns))
    foot += _total(totals.whole, (last, len(columns)), "whole", ring=chosen == (last, len(columns)))
    name = escape(totals.name)
    return (
        f'<table class="sa-heat" aria-label="{escape(label)}" style="--row:{row_height}px"><thead><tr><th></th>{heads}<th scope="col" class="total">{name}</th></tr></thead>'
        f'<tbody>{body}</tbody><tfoot><tr><th scope="row" class="total">{name}</th>{foot}</tr></tfoot></table>'
    )


def _name(name: str, units: float, whole: float = 0.0) -> str:
    """A line's name in at most two lines, in full when pointed at where it is cut."""
    shown = in_two_lines(name, units, whole)
    title = f' title="{escape(name)}"' if shown != name else ""
    return f"<span{title}>{'<br>'.join(escape(part) for part in shown.split('<br>'))}</span>"


def _cell(cell: HeatCell, place: Place, bounds: Sequence[float], tokens: Tokens, *, ring: bool) -> str:
    ink = ink_of(cell, bounds, tokens)
    kind = "".join(f" {name}" for name, on in (("small", cell.small), ("ring", ring)) if on)
    star = f'<i style="color:{ink.star}">★</i>' if cell.cluster else ""
    below = f"<small>{escape(cell.below)}</small>" if cell.below else ""
    # what a hover says is markup already: its parts were escaped where it was put together
    return (
        f'<td><a class="cell{kind}" href="#" data-open="{cell_number(place)}" style="background-color:{ink.fill};color:{ink.words}">'
        f'<b>{escape(cell.label)}</b>{below}{star}<span class="told">{cell.hover}</span></a></td>'
    )


def _total(words: str, place: Place, kind: str = "", *, ring: bool) -> str:
    classes = f"total {kind}{' ring' if ring else ''}"
    return f'<td class="total"><a class="{classes}" href="#" data-open="{cell_number(place)}">{escape(words)}</a></td>'
