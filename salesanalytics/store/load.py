"""Write a staged batch as an import, and prove that what was written is what was read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import duckdb

from salesanalytics.errors import UserError
from salesanalytics.intake.types import Batch
from salesanalytics.store.ddl import SCHEMA, content_columns
from salesanalytics.store.incoming import Staged
from salesanalytics.store.spans import write_spans
from salesanalytics.store.types import Mode, TableCounts
from salesanalytics.tables import Kind, Table

if TYPE_CHECKING:
    import polars as pl


def now() -> datetime:
    """Return the moment in UTC, without a zone, as the database keeps it."""
    return datetime.now(UTC).replace(tzinfo=None)


def write(
    cursor: duckdb.DuckDBPyConnection,
    staged: Staged,
    counts: Mapping[str, TableCounts],
    *,
    as_of: date,
    mode: Mode,
    who: str,
) -> int:
    """Write the staged rows within the cursor's transaction and return the new import's id."""
    import_id = int(cursor.execute(f"SELECT coalesce(max(import_id), 0) + 1 FROM {SCHEMA}.imports").fetchall()[0][0])
    kept = json.dumps({name: asdict(count) for name, count in counts.items()})
    cursor.execute(
        f"INSERT INTO {SCHEMA}.imports VALUES (?, ?, ?, ?, ?, ?, NULL, NULL)",
        [import_id, as_of, mode, who, now(), kept],
    )
    for (digest, file, sheet), number in staged.sheets.items():
        cursor.execute(
            f"INSERT INTO {SCHEMA}.import_files VALUES (?, ?, ?, ?, ?)", [import_id, number, digest, file, sheet]
        )
    _write_bare_files(cursor, staged, import_id)
    for table in staged.tables:
        columns = ", ".join(content_columns(table))
        cursor.execute(
            f"""INSERT INTO {SCHEMA}.{table.name}_content (content_id, {columns})
            SELECT content_id, {columns} FROM typed_{table.name} JOIN staged_{table.name} USING (place) WHERE NOT is_stored"""
        )
        cursor.execute(
            f"INSERT INTO {SCHEMA}.{table.name}_rows SELECT {import_id}, content_id, sheet_id, row FROM staged_{table.name}"
        )
        write_spans(cursor, table, import_id)
    cursor.execute(
        f"INSERT INTO {SCHEMA}.import_scope SELECT {import_id}, grouped_by, value, file_has_teams FROM staged_scope"
    )
    _write_quarantine(cursor, staged, import_id)
    return import_id


def _write_bare_files(cursor: duckdb.DuckDBPyConnection, staged: Staged, import_id: int) -> None:
    """Keep the digests of files that gave no row too: the same upload must be known again."""
    with_rows = {digest for digest, _, _ in staged.sheets}
    for place, digest in enumerate(sorted(staged.file_names.keys() - with_rows)):
        name = staged.file_names[digest]
        cursor.execute(
            f"INSERT INTO {SCHEMA}.import_files VALUES (?, ?, ?, ?, NULL)", [import_id, -1 - place, digest, name]
        )


def _write_quarantine(cursor: duckdb.DuckDBPyConnection, staged: Staged, import_id: int) -> None:
    import polars as pl

    if not staged.quarantine:
        return
    held = pl.DataFrame(
        [
            (
                row.table,
                row.digest,
                row.file,
                row.sheet,
                row.row,
                json.dumps(dict(row.cells), ensure_ascii=False),
                json.dumps(row.kinds),
                customer,
            )
            for row, customer in staged.quarantine
        ],
        schema={
            "table_name": pl.String,
            "digest": pl.String,
            "file": pl.String,
            "sheet": pl.String,
            "row": pl.Int64,
            "cells": pl.String,
            "kinds": pl.String,
            "key_value": pl.String,
        },
        orient="row",
    )
    cursor.register("held_rows", held)
    cursor.execute(f"INSERT INTO {SCHEMA}.quarantine SELECT {import_id}, * FROM held_rows")
    cursor.unregister("held_rows")


def verify(cursor: duckdb.DuckDBPyConnection, batch: Batch, staged: Staged, import_id: int) -> None:
    """Compare row counts, distinct rows and amount sums of the batch with what the database now holds for the import.

    Raises ``UserError("load-mismatch")`` at the first difference, so that the caller rolls back.
    """
    for table in staged.tables:
        frame = batch.tables[table.name]
        money = [column.name for column in table.columns if column.kind is Kind.MONEY]
        sums = "".join(f", coalesce(sum(c.{name}), 0), count(c.{name})" for name in money)
        stored = cursor.execute(
            f"""SELECT count(*), count(DISTINCT c.content_id){sums} FROM {SCHEMA}.{table.name}_rows r
            JOIN {SCHEMA}.{table.name}_content c ON c.content_id = r.content_id WHERE r.import_id = ?""",
            [import_id],
        ).fetchall()[0]
        distinct_keys = frame.select(name for name in table.key if name in frame.columns).n_unique()
        if (*stored[:2], distinct_keys) != (frame.height,) * 3 or not _sums_agree(table, frame, money, stored[2:]):
            raise UserError("load-mismatch", title_zh=table.zh, title_en=table.en)


def _sums_agree(table: Table, frame: pl.DataFrame, money: list[str], stored: tuple[Decimal | int, ...]) -> bool:
    """Compare to the cent; an amount finer than a cent may fall to either side of it."""
    import polars as pl

    for place, name in enumerate(money):
        total, filled = stored[2 * place], stored[2 * place + 1]
        values = frame[name].drop_nulls() if name in frame.columns else pl.Series(name, [], pl.Float64)
        in_cents = (values.cast(pl.Float64) * 100).round()
        finer = int(((values.cast(pl.Float64) * 100 - in_cents).abs() > 1e-3).sum())
        expected = Decimal(int(in_cents.cast(pl.Int128).sum() or 0)) / 100
        if filled != len(values) or abs(Decimal(total) - expected) > Decimal(finer) / 100:
            return False
    return True
