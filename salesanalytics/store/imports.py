"""The history of imports: its records, what it holds back, what was loaded before, and undoing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime

import duckdb

from salesanalytics.errors import UserError
from salesanalytics.intake.types import QuarantinedRow
from salesanalytics.store.ddl import SCHEMA
from salesanalytics.store.incoming import Staged
from salesanalytics.store.load import now
from salesanalytics.store.types import HeldRow, ImportedFile, ImportRecord, Mode, TableCounts
from salesanalytics.tables import TABLES


def records(cursor: duckdb.DuckDBPyConnection) -> list[ImportRecord]:
    """Return every import, undone ones too, in the order of upload."""
    rows = cursor.execute(
        f"""SELECT i.import_id, i.as_of, i.mode, i.who, i.loaded_at, i.counts, i.undone_at, i.undone_by,
            (SELECT list(DISTINCT f.file ORDER BY f.file) FROM {SCHEMA}.import_files f WHERE f.import_id = i.import_id)
        FROM {SCHEMA}.imports i ORDER BY i.import_id"""
    ).fetchall()
    return [
        ImportRecord(
            import_id,
            as_of,
            mode,
            who,
            _utc(loaded_at),
            tuple(files or ()),
            read_counts(counts),
            _utc(undone_at) if undone_at else None,
            undone_by,
        )
        for import_id, as_of, mode, who, loaded_at, counts, undone_at, undone_by, files in rows
    ]


def imported_files(cursor: duckdb.DuckDBPyConnection, import_id: int) -> tuple[ImportedFile, ...]:
    """Return the files of an import by name, and whether their bytes are still kept."""
    rows = cursor.execute(
        f"""SELECT DISTINCT f.file, f.digest, u.digest IS NOT NULL FROM {SCHEMA}.import_files f
        LEFT JOIN {SCHEMA}.uploads u ON u.digest = f.digest WHERE f.import_id = ? ORDER BY f.file, f.digest""",
        [import_id],
    ).fetchall()
    return tuple(ImportedFile(*row) for row in rows)


def read_counts(kept: str) -> dict[str, TableCounts]:
    """Return the counts as written with an import."""
    return {name: TableCounts(**count) for name, count in json.loads(kept).items()}


def _utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC)


def held_rows(cursor: duckdb.DuckDBPyConnection) -> list[HeldRow]:
    """Return the rows in quarantine of the imports that were not undone, in the order of upload, file and row.

    A row is settled, and not among them, once a later import took the same row of the same file: loaded it, left it out, or holds it itself.
    """
    rows = cursor.execute(
        f"""WITH effective AS (SELECT import_id FROM {SCHEMA}.imports WHERE undone_at IS NULL),
        held AS (SELECT q.* FROM {SCHEMA}.quarantine q JOIN effective USING (import_id)),
        taken AS ({_taken()})
        SELECT q.import_id, q.table_name, q.file, q.digest, q.sheet, q.row, q.cells, q.kinds FROM held q
        WHERE NOT EXISTS (SELECT 1 FROM taken t WHERE t.digest = q.digest AND t.sheet = q.sheet AND t.row = q.row AND t.import_id > q.import_id)
        ORDER BY q.import_id, q.file, q.sheet, q.row"""
    ).fetchall()
    return [
        HeldRow(import_id, QuarantinedRow(table, file, digest, sheet, row, json.loads(cells), tuple(json.loads(kinds))))
        for import_id, table, file, digest, sheet, row, cells, kinds in rows
    ]


def _taken() -> str:
    """The SQL of (import_id, digest, sheet, row) an effective import has decided about, of files with rows in quarantine."""
    files = f"""SELECT f.import_id, f.sheet_id, f.digest, f.sheet FROM {SCHEMA}.import_files f JOIN effective USING (import_id)
        WHERE f.digest IN (SELECT digest FROM held)"""
    loaded = [
        f"SELECT f.import_id, f.digest, f.sheet, r.row FROM ({files}) f JOIN {SCHEMA}.{table.name}_rows r USING (import_id, sheet_id)"
        for table in TABLES
    ]
    left_out = f"""SELECT c.import_id, c.digest, c.sheet, c.row FROM {SCHEMA}.corrections c JOIN effective USING (import_id)
        WHERE c.action = 'drop'"""
    return " UNION ALL ".join([*loaded, left_out, "SELECT import_id, digest, sheet, row FROM held"])


def repeat_of(
    cursor: duckdb.DuckDBPyConnection, staged: Staged, as_of: date, mode: Mode, found: Mapping[str, TableCounts]
) -> int | None:
    """Return the import, not undone, that holds just this: same date and mode, same files, same rows after mapping and corrections.

    ``found``: what loading it would do. Where a later import of the same date has put other rows in their place it would do something, and
    is therefore no repetition: the user wants the former rows back.
    """
    if any(count.new or count.updated or count.missing for count in found.values()):
        return None
    digests = sorted(staged.file_names)
    candidates = cursor.execute(
        f"""SELECT i.import_id FROM {SCHEMA}.imports i
        WHERE i.undone_at IS NULL AND i.as_of = ? AND i.mode = ?
          AND (SELECT list(DISTINCT f.digest ORDER BY f.digest) FROM {SCHEMA}.import_files f WHERE f.import_id = i.import_id) = ?::VARCHAR[]
        ORDER BY i.import_id DESC""",
        [as_of, mode, digests],
    ).fetchall()
    return next((found for (found,) in candidates if _holds_just(cursor, staged, found)), None)


def _holds_just(cursor: duckdb.DuckDBPyConnection, staged: Staged, import_id: int) -> bool:
    kept = cursor.execute(f"SELECT counts FROM {SCHEMA}.imports WHERE import_id = ?", [import_id]).fetchall()[0][0]
    loaded = {name: count.new + count.updated + count.unchanged for name, count in read_counts(kept).items()}
    if {name for name, rows in loaded.items() if rows} != {table.name for table in staged.tables}:
        return False
    for table in staged.tables:
        total, same = cursor.execute(
            f"""SELECT count(*), count(r.content_id) FROM staged_{table.name} s
            LEFT JOIN {SCHEMA}.{table.name}_rows r
              ON r.import_id = ? AND r.content_id = s.content_id AND r.sheet_id = s.sheet_id AND r.row = s.row""",
            [import_id],
        ).fetchall()[0]
        if not total == same == loaded[table.name]:
            return False
    held = cursor.execute(
        f"SELECT table_name, digest, sheet, row, cells, kinds FROM {SCHEMA}.quarantine WHERE import_id = ?", [import_id]
    ).fetchall()
    now_held = {
        (
            row.table,
            row.digest,
            row.sheet,
            row.row,
            json.dumps(dict(row.cells), ensure_ascii=False),
            json.dumps(row.kinds),
        )
        for row, _ in staged.quarantine
    }
    return set(held) == now_held


def mark_undone(cursor: duckdb.DuckDBPyConnection, import_id: int, who: str) -> None:
    """Mark an import undone; everything derived from it follows by itself. Raises ``import-unknown`` or ``import-already-undone``."""
    found = cursor.execute(f"SELECT undone_at FROM {SCHEMA}.imports WHERE import_id = ?", [import_id]).fetchall()
    if not found:
        raise UserError("import-unknown", import_id=import_id)
    if found[0][0] is not None:
        raise UserError("import-already-undone", import_id=import_id)
    cursor.execute(
        f"UPDATE {SCHEMA}.imports SET undone_at = ?, undone_by = ? WHERE import_id = ?", [now(), who, import_id]
    )
