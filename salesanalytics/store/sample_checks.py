"""The weekly random sample as people checked it: rows are kept as they were drawn, marks are added and never overwritten."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC

import duckdb

from salesanalytics.store.ddl import SCHEMA
from salesanalytics.store.load import now
from salesanalytics.store.types import SampledRow, SampleMark

_ROW = "customer_id, customer_name, owner, stage, shown, file, sheet, row"


def keep_rows(cursor: duckdb.DuckDBPyConnection, week: str, audience: str, rows: Sequence[SampledRow]) -> bool:
    """Keep what was drawn for ``week`` and ``audience``, unless that was done before: the first drawing stands. Say whether it was kept."""
    known = cursor.execute(
        f"SELECT count(*) FROM {SCHEMA}.sample_rows WHERE week = ? AND audience = ?", [week, audience]
    ).fetchall()
    if known[0][0]:
        return False
    for place, row in enumerate(rows):
        shown = json.dumps(dict(row.shown), ensure_ascii=False)
        cursor.execute(
            f"INSERT INTO {SCHEMA}.sample_rows VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [week, audience, place, row.customer_id, row.customer_name, row.owner, row.stage, shown, row.file, row.sheet, row.row],
        )  # fmt: skip
    return True


def add_mark(cursor: duckdb.DuckDBPyConnection, week: str, audience: str, customer_id: str, mark: SampleMark) -> None:
    """Add what somebody found of one row; the newest counts."""
    cursor.execute(
        f"INSERT INTO {SCHEMA}.sample_marks VALUES (?, ?, ?, ?, ?, ?, ?)",
        [week, audience, customer_id, mark.verdict, mark.note, mark.who, now()],
    )


def read_rows(cursor: duckdb.DuckDBPyConnection, audience: str) -> dict[str, tuple[SampledRow, ...]]:
    """Return the kept rows of every week, each with its newest mark (None = nobody looked at it)."""
    found = cursor.execute(
        f"""SELECT s.week, {", ".join(f"s.{name}" for name in _ROW.split(", "))}, m.verdict, m.note, m.who, m.marked_at
        FROM {SCHEMA}.sample_rows s LEFT JOIN (
            SELECT * FROM {SCHEMA}.sample_marks
            QUALIFY row_number() OVER (PARTITION BY week, audience, customer_id ORDER BY marked_at DESC, rowid DESC) = 1
        ) m ON m.week = s.week AND m.audience = s.audience AND m.customer_id = s.customer_id
        WHERE s.audience = ? ORDER BY s.week, s.place""",
        [audience],
    ).fetchall()
    weeks: dict[str, list[SampledRow]] = {}
    for week, customer_id, name, owner, stage, shown, file, sheet, row, verdict, note, who, at in found:
        mark = SampleMark(verdict, note, who, at.replace(tzinfo=UTC)) if verdict else None
        weeks.setdefault(week, []).append(
            SampledRow(customer_id, name, owner, stage, json.loads(shown), file, sheet, row, mark)
        )
    return {week: tuple(rows) for week, rows in weeks.items()}
