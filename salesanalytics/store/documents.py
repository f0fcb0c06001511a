"""What a workspace remembers beside the rows: drafts, confirmed columns, corrections, and who did what."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC

import duckdb

from salesanalytics.intake.types import Correction
from salesanalytics.store.ddl import SCHEMA
from salesanalytics.store.load import now
from salesanalytics.store.types import AuditEntry

Columns = Mapping[str, str | None]
"""their header → our column (None: not used)"""

_DRAFT = "import-draft:"


def read_draft(cursor: duckdb.DuckDBPyConnection, who: str) -> str | None:
    """Return the import ``who`` is preparing, as it was kept, or None."""
    rows = cursor.execute(f"SELECT body FROM {SCHEMA}.documents WHERE name = ?", [_DRAFT + who]).fetchall()
    return str(rows[0][0]) if rows else None


def write_draft(cursor: duckdb.DuckDBPyConnection, who: str, body: str | None) -> None:
    """Keep the import ``who`` is preparing instead of the former one; None forgets it."""
    cursor.execute(f"DELETE FROM {SCHEMA}.documents WHERE name = ?", [_DRAFT + who])
    if body is not None:
        cursor.execute(f"INSERT INTO {SCHEMA}.documents VALUES (?, ?, ?, ?)", [_DRAFT + who, body, who, now()])


def read_columns(cursor: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str | None]]:
    """Return the confirmed columns: header signature → (their header → our column)."""
    rows = cursor.execute(f"SELECT signature, columns FROM {SCHEMA}.remembered_columns").fetchall()
    return {signature: json.loads(columns) for signature, columns in rows}


def write_columns(cursor: duckdb.DuckDBPyConnection, signature: str, columns: Columns, who: str) -> None:
    """Remember how the sheet with this header signature is to be read."""
    cursor.execute(f"DELETE FROM {SCHEMA}.remembered_columns WHERE signature = ?", [signature])
    cursor.execute(
        f"INSERT INTO {SCHEMA}.remembered_columns VALUES (?, ?, ?, ?)",
        [signature, json.dumps(dict(columns), ensure_ascii=False), who, now()],
    )


def write_corrections(cursor: duckdb.DuckDBPyConnection, import_id: int, corrections: Sequence[Correction]) -> None:
    """Keep the corrections an import was made with."""
    for one in corrections:
        moment = one.at.astimezone(UTC).replace(tzinfo=None) if one.at.tzinfo else one.at
        cursor.execute(
            f"INSERT INTO {SCHEMA}.corrections VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                import_id,
                one.digest,
                one.sheet,
                one.row,
                one.column,
                one.old,
                one.new,
                one.action,
                one.who,
                moment,
                one.reason,
            ],
        )


def read_corrections(cursor: duckdb.DuckDBPyConnection, import_id: int) -> list[Correction]:
    """Return the corrections an import was made with, in the order they were applied."""
    rows = cursor.execute(
        f"""SELECT digest, sheet, row, column_header, old, new, action, who, corrected_at, reason
        FROM {SCHEMA}.corrections WHERE import_id = ? ORDER BY rowid""",
        [import_id],
    ).fetchall()
    return [
        Correction(digest, sheet, row, column, old, new, action, who, moment.replace(tzinfo=UTC), reason)
        for digest, sheet, row, column, old, new, action, who, moment, reason in rows
    ]


def record(cursor: duckdb.DuckDBPyConnection, who: str, action: str, detail: Mapping[str, object]) -> None:
    """Write one line of the audit log: who did what (kebab-case) to what."""
    kept = json.dumps(dict(detail), ensure_ascii=False, default=str)
    cursor.execute(f"INSERT INTO {SCHEMA}.audit VALUES (?, ?, ?, ?)", [now(), who, action, kept])


def read_audit(cursor: duckdb.DuckDBPyConnection, limit: int) -> list[AuditEntry]:
    """Return the newest ``limit`` lines of the audit log, newest first."""
    rows = cursor.execute(
        f"SELECT happened_at, who, action, detail FROM {SCHEMA}.audit ORDER BY rowid DESC LIMIT ?", [limit]
    ).fetchall()
    return [
        AuditEntry(moment.replace(tzinfo=UTC), who, action, json.loads(detail)) for moment, who, action, detail in rows
    ]
