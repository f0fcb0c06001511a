"""The columns of a matched sheet as raw cells, and those of the user's own as one JSON object a row."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

import polars as pl

from salesanalytics.intake.mapping import ColumnMap
from salesanalytics.intake.types import Cell, ColumnMatch, MatchedSheet
from salesanalytics.intake.typing_cells import NOTHING, Cells
from salesanalytics.intake.typing_text import type_text


def column_cells(
    matched: MatchedSheet,
    match: ColumnMatch,
    chosen: ColumnMap | None = None,
    remembered: Mapping[str, str] | None = None,
) -> Sequence[Cell]:
    """Return a column's raw cells, one a data row, with the remembered spellings replaced, and those of the map over them."""
    values = matched.data_column(match.position)
    spellings = {**(remembered or {}), **(chosen.values.get(match.column or "", {}) if chosen else {})}
    if not spellings:
        return values
    return [spellings.get(cell.strip(), cell) if isinstance(cell, str) else cell for cell in values]


def custom_dimensions(matched: MatchedSheet) -> pl.Series:
    """Lay the columns of the user's own into ``_custom``: a JSON object in text, null where a row holds none of them."""
    columns: dict[str, list[str | None]] = {}
    for match in matched.columns:
        if match.how == "custom" and match.column is None:
            name = match.header if match.header not in columns else f"{match.header} ({match.position + 1})"
            columns[name] = type_text(Cells(column_cells(matched, match), NOTHING)).values.to_list()
    if not columns:
        return pl.Series("_custom", [None], dtype=pl.String).new_from_index(0, len(matched.data_indices))
    return pl.Series("_custom", _as_json(columns), dtype=pl.String)


def _as_json(columns: Mapping[str, Sequence[str | None]]) -> list[str | None]:
    """Write each row as an object of what it holds. Rows repeat, so each distinct one is written once."""
    encode = json.JSONEncoder(ensure_ascii=False).encode
    written: dict[tuple[str | None, ...], str | None] = {}
    rows = list(zip(*columns.values(), strict=True))
    for row in set(rows):
        held = {name: value for name, value in zip(columns, row, strict=True) if value is not None}
        written[row] = encode(held) if held else None
    return [written[row] for row in rows]
