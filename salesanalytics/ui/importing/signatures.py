"""Confirmed columns, remembered by header signature: the same headers are never asked about twice."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from salesanalytics.intake.types import MatchedSheet

_MARK = ":"


def signature(sheet: MatchedSheet) -> str:
    """Return the name of the sheet's set of headers, whatever their order: its table, and a digest."""
    headers = "\x1f".join(sorted(match.header for match in sheet.columns))
    return f"{sheet.table}{_MARK}{sha256(headers.encode()).hexdigest()[:16]}"


def remembered_by_table(kept: Mapping[str, Mapping[str, str | None]]) -> dict[str, dict[str, str | None]]:
    """Return what was confirmed as matching takes it: table → header → our column."""
    tables: dict[str, dict[str, str | None]] = {}
    for name, columns in kept.items():
        tables.setdefault(name.split(_MARK, 1)[0], {}).update(columns)
    return tables
