"""A cell or a tile named by a link in the page's lists: ``cell:row:column``, the places of the table, or ``tile:province``."""

from __future__ import annotations

from salesanalytics.insight.cross_table import CrossTable, Place

_PREFIX, _TILE = "cell:", "tile:"


def cell_number(place: Place) -> str:
    """Return the id of a cell."""
    return f"{_PREFIX}{place[0]}:{place[1]}"


def opened_cell(number: str | None, table: CrossTable) -> Place | None:
    """Return the place an id names, a cell's or a total's; None where it names none of this table."""
    parts = (number or "").removeprefix(_PREFIX).split(":")
    if not (number or "").startswith(_PREFIX) or len(parts) != 2 or not all(part.isdecimal() for part in parts):
        return None
    place = int(parts[0]), int(parts[1])
    return place if place[0] <= len(table.rows) and place[1] <= len(table.columns) else None


def tile_number(name: str) -> str:
    """Return the id of a tile."""
    return f"{_TILE}{name}"


def opened_tile(number: str | None) -> str | None:
    """Return the name of the tile an id names; None where it names none."""
    return number.removeprefix(_TILE) if number and number.startswith(_TILE) else None
