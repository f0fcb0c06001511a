"""A batch narrowed to some rows of its files: held rows corrected later are loaded alone, and nothing else is touched."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import polars as pl

from salesanalytics.intake.types import Batch, Issue

RowPlace = tuple[str, str, int]
"""digest of the file, sheet, Excel row"""


def only_rows(batch: Batch, rows: Collection[RowPlace]) -> Batch:
    """Return the batch with these rows only, checked as they were among all rows of their files. Issues about whole columns stay."""
    wanted = set(rows)
    names = {
        (report.file, sheet, row) for report in batch.files for digest, sheet, row in wanted if digest == report.digest
    }

    def concerns(issue: Issue) -> bool:
        return issue.row is None or (issue.file, issue.sheet, issue.row) in names

    places = pl.DataFrame(
        sorted(wanted), schema={"_digest": pl.String, "_sheet": pl.String, "_row": pl.Int64}, orient="row"
    )
    return replace(
        batch,
        tables={name: _narrowed(frame, places) for name, frame in batch.tables.items()},
        quarantine=tuple(row for row in batch.quarantine if (row.digest, row.sheet, row.row) in wanted),
        issues=tuple(issue for issue in batch.issues if concerns(issue)),
    )


def _narrowed(frame: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    own = places.with_columns(pl.col(name).cast(frame.schema[name]) for name in places.columns)
    return frame.join(own, on=places.columns, how="semi", maintain_order="left")
