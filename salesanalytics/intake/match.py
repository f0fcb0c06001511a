"""RawSheet → MatchedSheets: which table each region is, and which of our columns each header means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

from salesanalytics.intake.annotated_sheet import origin_headers
from salesanalytics.intake.headers import (
    dropped_rows,
    find_headers,
    header_cells,
    is_blank,
    regions,
    table_scores,
)
from salesanalytics.intake.mapping import CUSTOM, ColumnMap, map_for
from salesanalytics.intake.match_by_name import CERTAIN, CONTRADICTED, DOUBTFUL, column_by_name
from salesanalytics.intake.match_evidence import SAMPLE, contradicts
from salesanalytics.intake.types import Cell, ColumnMatch, MatchedSheet, RawSheet
from salesanalytics.tables import BY_NAME, TABLES, Table
from salesanalytics.tables.headers import header_forms, normal_header

TELLING_COLUMNS = 4  # so many known headers tell a table even where none of them is a required one

__all__ = ["CERTAIN", "DOUBTFUL", "Remembered", "column_named", "match_columns", "match_sheet"]

Remembered = Mapping[str, Mapping[str, str | None]]
"""What the user confirmed before: table → the header as it stood → our column (None = leave out)."""


def match_sheet(
    raw: RawSheet, maps: Sequence[ColumnMap] = (), remembered: Remembered | None = None
) -> list[MatchedSheet]:
    """Find the tables of a sheet. A sheet without any comes back once, with ``table`` None and nothing matched."""
    memory = remembered or {}
    spoken_of = [*(each.columns for each in maps if each.covers(raw)), *memory.values()]
    known = [frozenset(normal_header(header) for header in headers) for headers in spoken_of]
    found = [
        _matched(raw, header, start, end, maps, memory)
        for header, start, end in regions(raw.rows, find_headers(raw.rows, known))
    ]
    if all(_says_too_little(sheet, maps, memory) for sheet in found):
        return [MatchedSheet(raw, None, 0, (0, 0), ())]
    return found


def _says_too_little(sheet: MatchedSheet, maps: Sequence[ColumnMap], memory: Remembered) -> bool:
    """Say whether a table was seen in a handful of secondary headers (a list of reps with their teams): no required one, not even doubtfully."""
    table = BY_NAME[sheet.table or "leads"]
    if sum(match.column is not None for match in sheet.columns) >= TELLING_COLUMNS or memory.get(table.name):
        return False
    if any(each.covers(sheet.raw) for each in maps):
        return False
    required = {column.name for column in table.columns if column.required}
    named = {match.column or column_named(match.header, table) for match in sheet.columns}
    return not required & named


def _matched(
    raw: RawSheet, header: int, start: int, end: int, maps: Sequence[ColumnMap], memory: Remembered
) -> MatchedSheet:
    cells = header_cells(raw.rows[header])
    chosen = map_for(maps, raw, cells)
    table = BY_NAME[chosen.table] if chosen else _best_table(raw.sheet, cells, memory)
    below = raw.rows[start : min(end, start + SAMPLE)]
    columns = match_columns(raw.rows[header], table, chosen, memory.get(table.name, {}), below)
    return MatchedSheet(raw, table.name, header, (start, end), columns, dropped_rows(raw.rows, header, end))


def _best_table(sheet: str, cells: Sequence[str], memory: Remembered) -> Table:
    scores = table_scores(cells)
    forms = {form for cell in cells for form in header_forms(cell)}
    for table in TABLES:
        confirmed = sum(normal_header(header) in forms for header in memory.get(table.name, {}))
        scores[table.name] = scores.get(table.name, 0.0) + confirmed
        if scores[table.name] and _named_after(sheet, table):
            scores[table.name] += 0.4
    return max(TABLES, key=lambda table: scores[table.name])


def _named_after(sheet: str, table: Table) -> bool:
    name = normal_header(sheet)
    titles = (table.name, table.zh, table.en, table.zh_hant, *table.sheet_aliases)
    return any(normal_header(title) and normal_header(title) in name for title in titles if title)


def match_columns(
    row: Sequence[Cell],
    table: Table,
    chosen: ColumnMap | None,
    remembered: Mapping[str, str | None],
    below: Sequence[Sequence[Cell]] = (),
) -> tuple[ColumnMatch, ...]:
    """Match each header of ``row``: the map's word first, then what was confirmed, then exact, alias and fuzzy. A column is used once.

    ``below``: some rows under the header. A header known by an alias or a likeness whose values contradict it is asked about, not taken.
    """
    proposals = [
        _propose(str(cell).strip(), position, table, chosen, remembered)
        for position, cell in enumerate(row)
        if not is_blank(cell)
    ]
    taken: dict[str, ColumnMatch] = {}
    proposals = [_by_evidence(match, table, below) for match in proposals]
    for match in sorted(proposals, key=lambda each: (-_TRUST[each.how], -each.confidence, each.position)):
        if match.column is not None and match.column not in taken:
            taken[match.column] = match
    return tuple(_settled(match, taken, table) for match in proposals)


def _by_evidence(match: ColumnMatch, table: Table, below: Sequence[Sequence[Cell]]) -> ColumnMatch:
    if match.column is None or match.how not in ("alias", "fuzzy") or match.confidence < CERTAIN:
        return match
    cells = [row[match.position] for row in below if match.position < len(row)]
    if not contradicts(table.column(match.column).kind, cells):
        return match
    return replace(match, how="fuzzy", confidence=CONTRADICTED)


_TRUST = {"map": 5, "remembered": 4, "exact": 3, "alias": 2, "fuzzy": 1, "custom": 0, "none": 0}


def _settled(match: ColumnMatch, taken: Mapping[str, ColumnMatch], table: Table) -> ColumnMatch:
    if match.column is not None and match.confidence >= CERTAIN and taken[match.column] is match:
        return match
    if match.column is None and match.how in ("map", "remembered"):
        return ColumnMatch(match.header, match.position, None, "none", match.confidence)
    spare = table.allows_custom
    return ColumnMatch(match.header, match.position, None, "custom" if spare else "none", match.confidence)


def _propose(
    header: str, position: int, table: Table, chosen: ColumnMap | None, remembered: Mapping[str, str | None]
) -> ColumnMatch:
    if chosen and header in chosen.columns:
        return _told(header, position, chosen.columns[header], "map")
    if header in origin_headers():  # ours, in a download of held rows that comes back
        return ColumnMatch(header, position, None, "map", 1.0)
    if header in remembered:
        return _told(header, position, remembered[header], "remembered")
    mapped = {column for column in chosen.columns.values() if column} if chosen else set()
    column, how, confidence = column_by_name(header, table.name)
    if column in mapped:
        column = None
    return ColumnMatch(header, position, column, how if column else "none", confidence if column else 0.0)  # type: ignore[arg-type]


def _told(header: str, position: int, column: str | None, how: Literal["map", "remembered"]) -> ColumnMatch:
    """Return the match somebody asked for; a dimension of the user's own is no column of ours, whatever its header is like."""
    return (
        ColumnMatch(header, position, None, "custom", 0.0)
        if column == CUSTOM
        else ColumnMatch(header, position, column, how, 1.0)
    )


def column_named(header: str, table: Table) -> str | None:
    """Return the column a header is named after, certain or not."""
    return column_by_name(header, table.name)[0]
