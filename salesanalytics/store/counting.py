"""What an import brings: new, updated, unchanged, missing and quarantined, counted from the staged rows."""

from __future__ import annotations

from datetime import date

import duckdb

from salesanalytics.store.ddl import SCHEMA
from salesanalytics.store.incoming import Staged
from salesanalytics.store.newest import newest_places_sql
from salesanalytics.store.types import Mode, TableCounts
from salesanalytics.tables import BY_NAME, LEADS, TABLES, Table

SAMPLE_SIZE = 5
_OUTCOMES = ("new", "updated", "unchanged")


def counts(cursor: duckdb.DuckDBPyConnection, staged: Staged, as_of: date, mode: Mode) -> dict[str, TableCounts]:
    """Return the counts of each table the batch speaks of, in template order, against the state just before it."""
    spoken = {table.name for table in staged.tables} | {row.table for row, _ in staged.quarantine}
    found = {}
    for table in TABLES:
        if table.name not in spoken:
            continue
        by_outcome = _by_outcome(cursor, table) if table in staged.tables else {}
        missing = len(missing_customers(cursor, staged, as_of)) if table is LEADS and mode == "full" else 0
        found[table.name] = TableCounts(
            **{outcome: by_outcome.get(outcome, 0) for outcome in _OUTCOMES},
            missing=missing,
            quarantined=staged.held(table.name),
        )
    return found


def samples(
    cursor: duckdb.DuckDBPyConnection, staged: Staged, as_of: date, mode: Mode
) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return a few keys a table and outcome, in the file's order; parts of a longer key are joined by `` · ``."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for table in staged.tables:
        key = "concat_ws(' · ', " + ", ".join(table.key) + ")"
        found[table.name] = {
            outcome: tuple(
                str(row[0])
                for row in cursor.execute(
                    f"SELECT {key} FROM staged_{table.name} JOIN typed_{table.name} USING (place) WHERE outcome = ? ORDER BY place LIMIT {SAMPLE_SIZE}",
                    [outcome],
                ).fetchall()
            )
            for outcome in _OUTCOMES
        }
    if LEADS in staged.tables and mode == "full":
        found["leads"]["missing"] = tuple(missing_customers(cursor, staged, as_of)[:SAMPLE_SIZE])
    return found


def missing_customers(cursor: duckdb.DuckDBPyConnection, staged: Staged, as_of: date) -> list[str]:
    """Return the customers this file would make missing: present just before, of a team (or owner) in the file, not in it themselves."""
    if BY_NAME["leads"] not in staged.tables:
        return []
    held = [customer for _, customer in staged.quarantine if customer is not None]
    rows = cursor.execute(
        f"""WITH absent AS (
            SELECT n.content_id FROM ({newest_places_sql(LEADS)}) n
            WHERE NOT n.is_missing AND NOT list_contains($held::VARCHAR[], n.k0)
              AND NOT EXISTS (SELECT 1 FROM typed_leads t WHERE t.customer_id = n.k0))
        SELECT c.customer_id FROM absent JOIN {SCHEMA}.leads_content c USING (content_id)
        WHERE CASE WHEN c.team IS NOT NULL AND (SELECT coalesce(bool_or(file_has_teams), false) FROM staged_scope)
              THEN EXISTS (SELECT 1 FROM staged_scope s WHERE s.grouped_by = 'team' AND s.value = c.team)
              ELSE EXISTS (SELECT 1 FROM staged_scope s WHERE s.grouped_by = 'owner' AND s.value IS NOT DISTINCT FROM c.owner) END
        ORDER BY c.customer_id""",
        {"as_of": as_of, "held": held},
    ).fetchall()
    return [row[0] for row in rows]


def _by_outcome(cursor: duckdb.DuckDBPyConnection, table: Table) -> dict[str, int]:
    return dict(cursor.execute(f"SELECT outcome, count(*) FROM staged_{table.name} GROUP BY outcome").fetchall())
