"""RawSheet → MatchedSheets: which table each region is, and which of our columns each header means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz

from salesanalytics.intake.annotated_sheet import origin_headers
from salesanalytics.intake.headers import (
    dropped_rows,
    find_headers,
    header_cells,
    is_blank,
    regions,
    table_scores,
    vocabulary,
)
from salesanalytics.intake.mapping import ColumnMap, map_for
from salesanalytics.intake.types import Cell, ColumnMatch, MatchedSheet, RawSheet
from salesanalytics.tables import BY_NAME, TABLES, Table
from salesanalytics.tables.headers import header_forms, normal_header

Remembered = Mapping[str, Mapping[str, str | None]]
"""What the user confirmed before: table → the header as it stood → our column (None = leave out)."""

CERTAIN = 0.9
DOUBTFUL = 0.8


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
    return found or [MatchedSheet(raw, None, 0, (0, 0), ())]


def _matched(
    raw: RawSheet, header: int, start: int, end: int, maps: Sequence[ColumnMap], memory: Remembered
) -> MatchedSheet:
    cells = header_cells(raw.rows[header])
    chosen = map_for(maps, raw, cells)
    table = BY_NAME[chosen.table] if chosen else _best_table(raw.sheet, cells, memory)
    columns = match_columns(raw.rows[header], table, chosen, memory.get(table.name, {}))
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
    row: Sequence[Cell], table: Table, chosen: ColumnMap | None, remembered: Mapping[str, str | None]
) -> tuple[ColumnMatch, ...]:
    """Match each header of ``row``: the map's word first, then what was confirmed, then exact, alias and fuzzy. A column is used once."""
    proposals = [
        _propose(str(cell).strip(), position, table, chosen, remembered)
        for position, cell in enumerate(row)
        if not is_blank(cell)
    ]
    taken: dict[str, ColumnMatch] = {}
    for match in sorted(proposals, key=lambda each: (-_TRUST[each.how], -each.confidence, each.position)):
        if match.column is not None and match.column not in taken:
            taken[match.column] = match
    return tuple(_settled(match, taken, table) for match in proposals)


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
        return ColumnMatch(header, position, chosen.columns[header], "map", 1.0)
    if header in origin_headers():  # ours, in a download of held rows that comes back
        return ColumnMatch(header, position, None, "map", 1.0)
    if header in remembered:
        return ColumnMatch(header, position, remembered[header], "remembered", 1.0)
    mapped = {column for column in chosen.columns.values() if column} if chosen else set()
    column, how, confidence = _by_name(header, table)
    if column in mapped:
        column = None
    return ColumnMatch(header, position, column, how if column else "none", confidence if column else 0.0)  # type: ignore[arg-type]


def _by_name(header: str, table: Table) -> tuple[str | None, str, float]:
    words = vocabulary(table.name)
    for form in header_forms(header):
        if form in words:
            own = table.column(words[form])
            exact = form in {f for title in (own.name, own.zh, own.en, own.zh_hant) for f in header_forms(title)}
            return own.name, "exact" if exact else "alias", 1.0 if exact else 0.97
    column, likeness = closest_column(header, table)
    return (column, "fuzzy", likeness) if likeness >= DOUBTFUL else (None, "none", 0.0)


def closest_column(header: str, table: Table) -> tuple[str | None, float]:
    """Return the column whose spelling is most like ``header``, and how alike (0-1)."""
    best: tuple[str | None, float] = (None, 0.0)
    for form in header_forms(header):
        for word, column in vocabulary(table.name).items():
            if len(word) < 3 or len(form) < 3:
                continue
            likeness = fuzz.ratio(form, word) / 100
            if likeness > best[1]:
                best = (column, likeness)
    return best


def column_named(header: str, table: Table) -> str | None:
    """Return the column a header is named after, certain or not."""
    return _by_name(header, table)[0]
