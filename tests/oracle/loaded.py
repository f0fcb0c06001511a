"""From uploaded rows to a workspace that holds them, through the store's own door."""

from __future__ import annotations

import json
from collections.abc import Sequence

import polars as pl

from salesanalytics.intake.types import Batch
from salesanalytics.store.workspace import Workspace
from salesanalytics.tables import BY_NAME, Kind
from tests.oracle.book import Row
from tests.oracle.uploads import Upload

_TYPES = {
    Kind.DATE: pl.Date,
    Kind.TIMESTAMP: pl.Datetime("us"),
    Kind.MONEY: pl.Float64,
    Kind.NUMBER: pl.Float64,
    Kind.SHARE: pl.Float64,
    Kind.COUNT: pl.Int64,
    Kind.BOOLEAN: pl.Boolean,
}


def _frame(name: str, rows: Sequence[Row], digest: str) -> pl.DataFrame:
    table = BY_NAME[name]
    kinds = {column.name: _TYPES.get(column.kind, pl.String) for column in table.columns}
    columns: dict[str, pl.Series] = {
        column: pl.Series(column, [_plain(row.get(column)) for row in rows], dtype=kind, strict=False)
        for column, kind in kinds.items()
    }
    custom = [json.dumps(row["custom"], ensure_ascii=False) if row.get("custom") else None for row in rows]
    return pl.DataFrame(list(columns.values())).with_columns(
        pl.Series("_custom", custom, dtype=pl.String),
        pl.lit(digest).alias("_digest"),
        pl.lit(f"{digest[:4]}.xlsx").alias("_file"),
        pl.lit(name).alias("_sheet"),
        (pl.int_range(pl.len()) + 2).alias("_row"),
    )


def _plain(value: object) -> object:
    """An empty text is an empty cell by the time it is loaded."""
    return None if value == "" else value


def load_uploads(workspace: Workspace, uploads: Sequence[Upload], places: Sequence[int] | None = None) -> None:
    """Load the uploads one after the other, each a file of its own, named by its place (``places`` if others than 0, 1 …)."""
    for place, upload in zip(places or range(len(uploads)), uploads, strict=True):
        digest = f"{place:02}" * 32
        frames = {name: _frame(name, rows, digest) for name, rows in upload.tables.items() if rows}
        mode = "full" if upload.mode == "full" else "changes"
        workspace.load(Batch(frames, (), (), ()), upload.as_of, mode, who="test")
