"""Confirmed columns, remembered by header signature: the same headers are never asked about twice."""

from __future__ import annotations

from collections.abc import Mapping

from salesanalytics.intake.answers import signature

__all__ = ["remembered_by_table", "signature"]

_MARK = ":"


def remembered_by_table(kept: Mapping[str, Mapping[str, str | None]]) -> dict[str, dict[str, str | None]]:
    """Return what was confirmed as matching takes it: table → header → our column."""
    tables: dict[str, dict[str, str | None]] = {}
    for name, columns in kept.items():
        tables.setdefault(name.split(_MARK, 1)[0], {}).update(columns)
    return tables
