"""Hand-made batches, as intake would make them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from salesanalytics.intake.types import Batch, FileReport, Issue, QuarantinedRow
from salesanalytics.store.workspace import Workspace, open_workspace
from salesanalytics.tables import BY_NAME, Kind

POLARS_TYPES: dict[Kind, Any] = {
    Kind.DATE: pl.Date,
    Kind.TIMESTAMP: pl.Datetime("us"),
    Kind.MONEY: pl.Float64,
    Kind.NUMBER: pl.Float64,
    Kind.SHARE: pl.Float64,
    Kind.COUNT: pl.Int64,
    Kind.BOOLEAN: pl.Boolean,
}
Rows = Sequence[dict[str, Any]]
MakeBatch = Callable[..., Batch]


def frame_of(table_name: str, rows: Rows, file: str, digest: str) -> pl.DataFrame:
    """The rows as a frame with only the columns they name, and their place: sheet = the table's name, data from row 2."""
    table = BY_NAME[table_name]
    schema: dict[str, Any] = {
        column.name: POLARS_TYPES.get(column.kind, pl.String)
        for column in table.columns
        if any(column.name in row for row in rows)
    }
    schema |= {"_custom": pl.String} if any("_custom" in row for row in rows) else {}
    schema |= {"_digest": pl.String, "_file": pl.String, "_sheet": pl.String, "_row": pl.Int64}
    placed = [
        {**row, "_digest": digest, "_file": file, "_sheet": table_name, "_row": place}
        for place, row in enumerate(rows, start=2)
    ]
    return pl.DataFrame(placed, schema=schema)


@pytest.fixture
def batch_of() -> MakeBatch:
    """``batch_of(leads=[{…}], followups=[…], held=[QuarantinedRow], file="week.xlsx")``; the digest follows from the content."""

    def make(
        *, file: str = "week.xlsx", held: Sequence[QuarantinedRow] = (), digest: str | None = None, **tables: Rows
    ) -> Batch:
        named = digest or hashlib.sha256(repr((file, held, tables)).encode()).hexdigest()
        frames = {name: frame_of(name, rows, file, named) for name, rows in tables.items()}
        issues = tuple(Issue("bad-date", "error", row.file, row.sheet, row=row.row) for row in held)
        return Batch(frames, tuple(held), issues, (FileReport(file, named),))

    return make


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    """A private workspace in memory."""
    with open_workspace(None) as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a workspace on disk may be made; its name has what paths of real users have."""
    return tmp_path / "张 伟's 工作区"
