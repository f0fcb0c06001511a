"""Provinces as tiles of one size, lying about as on a map: no map service, no borders, the table's own numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from salesanalytics.charts.heat_cells import HeatCell, clickable, draw_cell, hatch, heat_steps
from salesanalytics.charts.theme import Figure, bare_figure, quiet_axis
from salesanalytics.charts.tokens import Tokens

TILE_HEIGHT = 80


@dataclass(frozen=True)
class PlacedTile:
    """A tile: its column and row in the grid, how many columns it is wide, and what is written in it."""

    column: int
    row: int
    cell: HeatCell
    wide: int = 1


def tile_figure(
    tiles: Sequence[PlacedTile], tokens: Tokens, *, chosen: int | None = None, bounds: Sequence[float] | None = None
) -> Figure:
    """Return the tiles; a click selects the invisible marker in one (the first number of its ``customdata`` is its place in ``tiles``)."""
    known = [tile.cell.value for tile in tiles if tile.cell.value is not None]
    bounds = bounds or heat_steps(known, len(tokens.heat))
    columns, rows = max(tile.column + tile.wide for tile in tiles), max(tile.row for tile in tiles) + 1
    figure = bare_figure(tokens, TILE_HEIGHT * rows + 12, margin=(4, 4, 4, 4))
    for tile in tiles:
        draw_cell(figure, tile.column, tile.row, tile.cell, bounds, tokens, wide=tile.wide)
    if chosen is not None:
        one = tiles[chosen]
        box = {
            "x0": one.column + 0.03,
            "x1": one.column + one.wide - 0.03,
            "y0": one.row + 0.03,
            "y1": one.row + 0.97,
        }
        figure.add_shape(type="rect", **box, line={"color": tokens.target, "width": 4}, fillcolor="rgba(0,0,0,0)")
    hatch(figure, [(tile.column, tile.row) for tile in tiles if tile.cell.small and tile.wide == 1], tokens)
    clickable(
        figure, [(tile.column + tile.wide / 2, tile.row + 0.5, at, 0, tile.cell.hover) for at, tile in enumerate(tiles)]
    )
    axis = {"showgrid": False, "showticklabels": False}
    figure.update_xaxes(**quiet_axis(tokens, **axis, range=[0, columns]))
    figure.update_yaxes(**quiet_axis(tokens, **axis, range=[rows, 0]))
    return figure.figure()
