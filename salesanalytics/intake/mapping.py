"""MAP.json: a user's own word on which table a file is, what its headers mean, how values are spelled and in which order dates are written."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path
from typing import cast

from salesanalytics.errors import UserError
from salesanalytics.intake.types import DateOrder, DecimalSign, RawSheet
from salesanalytics.tables import BY_NAME, Table

_KEYS = {"table", "columns", "values", "date_order", "decimal", "file", "sheet"}
_ORDERS = ("ymd", "dmy", "mdy")
_DECIMALS = (".", ",")
CUSTOM = "custom"
"""instead of a column of ours: keep the header as a dimension of the user's own"""


@dataclass(frozen=True)
class ColumnMap:
    """One map. ``columns``: the file's header → our column (None = leave out, ``custom`` = keep as a dimension of one's own). ``values``: our column → spelling → value.

    ``date_order`` and ``decimal``: our column → the order its dates, the decimal sign its numbers are written in.

    ``file`` and ``sheet`` narrow it to files and sheets of that name (``*`` and ``?`` allowed); without them it serves whatever has its headers.
    """

    table: str
    columns: Mapping[str, str | None] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    date_order: Mapping[str, DateOrder] = field(default_factory=dict)
    file: str | None = None
    sheet: str | None = None
    decimal: Mapping[str, DecimalSign] = field(default_factory=dict)

    def covers(self, raw: RawSheet) -> bool:
        """Say whether the map is meant for this sheet, by its names."""
        name = raw.file.replace("\\", "/").rsplit("/", 1)[-1]
        return (self.file is None or fnmatch(name, self.file)) and (
            self.sheet is None or fnmatch(raw.sheet, self.sheet)
        )


def map_for(maps: Sequence[ColumnMap], raw: RawSheet, headers: Sequence[str]) -> ColumnMap | None:
    """Return the map that knows most of these headers; a map that names this file or sheet wins over one that names none."""
    best: tuple[int, int, ColumnMap] | None = None
    for each in maps:
        if not each.covers(raw):
            continue
        known = len(set(headers) & set(each.columns))
        if each.columns and not known:
            continue
        rank = (int(each.file is not None) + int(each.sheet is not None), known, each)
        if best is None or rank[:2] > best[:2]:
            best = rank
    return best[2] if best else None


def parse_maps(content: str | bytes) -> tuple[ColumnMap, ...]:
    """Read a MAP.json: one object or a list of them. ``UserError`` kinds ``map-*`` in one sentence say what is wrong with it."""
    try:
        document = json.loads(content)
    except ValueError as error:
        raise UserError("map-not-json", detail=str(error)) from error
    entries = document if isinstance(document, list) else [document]
    return tuple(_parse(entry, number) for number, entry in enumerate(entries, start=1))


def _parse(entry: object, number: int) -> ColumnMap:
    if not isinstance(entry, dict):
        raise UserError("map-not-object", number=number)
    unknown = sorted(set(entry) - _KEYS)
    if unknown:
        raise UserError("map-unknown-key", number=number, key=unknown[0], keys=", ".join(sorted(_KEYS)))
    table = BY_NAME.get(str(entry.get("table")))
    if table is None:
        raise UserError("map-unknown-table", number=number, table=entry.get("table"), tables=", ".join(BY_NAME))
    for key in ("file", "sheet"):
        if not isinstance(entry.get(key), str | None):
            raise UserError("map-bad-part", number=number, key=key)
    return ColumnMap(
        table=table.name,
        columns=_columns(entry, table, number),
        values=_values(entry, table, number),
        date_order=_date_order(entry, table, number),
        file=entry.get("file"),
        sheet=entry.get("sheet"),
        decimal=_decimal(entry, table, number),
    )


def _part(entry: Mapping[str, object], key: str, number: int) -> dict[str, object]:
    part = entry.get(key)
    part = {} if part is None else part
    if not isinstance(part, dict):
        raise UserError("map-bad-part", number=number, key=key)
    return cast("dict[str, object]", part)


def _columns(entry: Mapping[str, object], table: Table, number: int) -> dict[str, str | None]:
    columns: dict[str, str | None] = {}
    used: set[str] = set()
    for header, column in _part(entry, "columns", number).items():
        known = column is None or column in table.names or (column == CUSTOM and table.allows_custom)
        if not known:
            raise UserError(
                "map-unknown-column", number=number, column=column, table=table.name, columns=", ".join(table.names)
            )
        if column in used:
            raise UserError("map-column-twice", number=number, column=column)
        if column not in (None, CUSTOM):
            used.add(str(column))
        columns[header.strip()] = None if column is None else str(column)
    return columns


def _values(entry: Mapping[str, object], table: Table, number: int) -> dict[str, dict[str, str]]:
    values: dict[str, dict[str, str]] = {}
    for column, spellings in _part(entry, "values", number).items():
        if column not in table.names:
            raise UserError(
                "map-unknown-column", number=number, column=column, table=table.name, columns=", ".join(table.names)
            )
        if not isinstance(spellings, dict) or not all(
            isinstance(value, str | int | float) for value in spellings.values()
        ):
            raise UserError("map-bad-part", number=number, key=f"values.{column}")
        values[column] = {str(spelling).strip(): str(value) for spelling, value in spellings.items()}
    return values


def _date_order(entry: Mapping[str, object], table: Table, number: int) -> dict[str, DateOrder]:
    orders: dict[str, DateOrder] = {}
    for column, order in _part(entry, "date_order", number).items():
        if column not in table.names:
            raise UserError(
                "map-unknown-column", number=number, column=column, table=table.name, columns=", ".join(table.names)
            )
        if order not in _ORDERS:
            raise UserError("map-bad-date-order", number=number, column=column, order=order)
        orders[column] = cast("DateOrder", order)
    return orders


def _decimal(entry: Mapping[str, object], table: Table, number: int) -> dict[str, DecimalSign]:
    signs: dict[str, DecimalSign] = {}
    for column, sign in _part(entry, "decimal", number).items():
        if column not in table.names:
            raise UserError(
                "map-unknown-column", number=number, column=column, table=table.name, columns=", ".join(table.names)
            )
        if sign not in _DECIMALS:
            raise UserError("map-bad-decimal", number=number, column=column, sign=sign)
        signs[column] = cast("DecimalSign", sign)
    return signs


def read_maps(path: Path) -> tuple[ColumnMap, ...]:
    """Read the maps in a file; ``UserError`` kinds ``file-not-found`` and ``map-*``."""
    if not path.is_file():
        raise UserError("file-not-found", file=str(path))
    return parse_maps(path.read_bytes())
