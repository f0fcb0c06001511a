"""What is picked on the page, a cell, a total or a tile: its name, its filters and its figures, whichever picture it was picked from."""

from __future__ import annotations

from dataclasses import dataclass

from salesanalytics.i18n import Lang, text
from salesanalytics.insight.cross_table import CrossCell, CrossTable, Place, with_line
from salesanalytics.insight.provinces import Tile, Tiles
from salesanalytics.metrics.types import Filters
from salesanalytics.ui.data import Desk
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.heatmap.chosen import Chosen, line_name


@dataclass(frozen=True)
class Picked:
    """A part of the data. ``cell`` None: nobody is in it. ``whole``: it is all there is."""

    name: str
    filters: Filters
    cell: CrossCell | None
    total: CrossCell
    whole: bool = False


def cell_name(chosen: Chosen, table: CrossTable, place: Place, desk: Desk, lang: Lang) -> str:
    """Return a cell's name: ``零售快消 × 西北``; that of a total is its line's alone."""
    parts = [
        line_name(lines[at], dimension, desk, lang)
        for lines, at, dimension in ((table.rows, place[0], chosen.rows), (table.columns, place[1], chosen.columns))
        if at < len(lines)
    ]
    return " × ".join(parts) or text("heatmap.everything", lang)


def picked_cell(frame: Frame, chosen: Chosen, table: CrossTable, place: Place) -> Picked:
    """Return a cell or total of the table."""
    return Picked(
        cell_name(chosen, table, place, frame.desk, frame.lang),
        table.filters_of(place, chosen.by, frame.filters),
        table.at(place),
        table.total,
        place == (len(table.rows), len(table.columns)),
    )


def tile_name(tile: Tile, lang: Lang) -> str:
    """Return a tile's name."""
    return tile.province.title(lang) if tile.province else text("heatmap.no_province", lang)


def picked_tile(frame: Frame, tiles: Tiles, tile: Tile) -> Picked:
    """Return a tile."""
    filters = with_line(frame.filters, tiles.dimension, tile.line)
    return Picked(tile_name(tile, frame.lang), filters, tile.cell, tiles.total)
