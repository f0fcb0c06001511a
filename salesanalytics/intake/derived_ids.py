"""Follow-up logs without a record id: an id is made from the row's content, so that the same record keeps the same id in every upload."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import polars as pl

from salesanalytics.intake.column_issues import DERIVED_ID
from salesanalytics.intake.typing_sheet import TypedSheet


def with_derived_ids(sheet: TypedSheet) -> TypedSheet:
    """Fill the key of a table that may derive it, if no header of the sheet means it."""
    key = DERIVED_ID.get(sheet.table)
    if key is None or key in {match.column for match in sheet.matched.columns}:
        return sheet
    content = [name for name in sheet.frame.columns if not name.startswith("_") and name != key]
    rows = sheet.frame.select(
        pl.concat_str(pl.col(content).cast(pl.String).fill_null(""), separator="\x1f")
    ).to_series()
    ids = [hashlib.sha256(row.encode()).hexdigest()[:16] for row in rows.to_list()]
    return replace(sheet, frame=sheet.frame.with_columns(pl.Series(key, ids, dtype=pl.String)))
