"""Corrections: records of cells set and rows dropped, laid over raw sheets. The raw sheet itself never changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from salesanalytics.intake.packed_rows import PackedRows
from salesanalytics.intake.types import Cell, Correction, MatchedSheet


def corrected(matched: MatchedSheet, corrections: Sequence[Correction]) -> MatchedSheet:
    """Return the sheet as if the user had typed the corrections into it; later ones win. Without any for it, the same sheet."""
    raw = matched.raw
    own = [each for each in corrections if (each.digest, each.sheet) == (raw.digest, raw.sheet)]
    if not own:
        return matched
    wanted = {each.row for each in own}
    index_of = {number: index for index in range(*matched.body) if (number := raw.row_numbers[index]) in wanted}
    position_of = {match.header: match.position for match in reversed(matched.columns)}
    changed: dict[int, list[Cell]] = {}
    dropped = dict(matched.dropped)
    touched: set[tuple[int, int]] = set()
    for each in own:
        index = index_of.get(each.row)
        if index is None:
            continue
        if each.action == "drop":
            dropped[index] = "dropped"
        elif each.column in position_of:
            position = position_of[each.column]
            changed[index] = _with_cell(changed.get(index) or raw.rows[index], position, each.new)
            touched.add((index, position))
    fresh = replace(
        raw,
        rows=_with_rows(raw.rows, changed),
        uncomputed=raw.uncomputed - touched,
        error_cells={place: sign for place, sign in raw.error_cells.items() if place not in touched},
    )
    return replace(matched, raw=fresh, dropped=dropped)


def _with_rows(rows: Sequence[list[Cell]], changed: Mapping[int, list[Cell]]) -> Sequence[list[Cell]]:
    if isinstance(rows, PackedRows):
        return rows.with_changes(changed)
    copy = list(rows)
    for index, row in changed.items():
        copy[index] = row
    return copy


def _with_cell(row: list[Cell], position: int, value: Cell) -> list[Cell]:
    padded = [*row, *[None] * (position + 1 - len(row))]
    padded[position] = value
    return padded
