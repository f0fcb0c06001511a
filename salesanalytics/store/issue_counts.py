"""How many issues of each kind an import was loaded with: what makes the trend of a file's quality real."""

from __future__ import annotations

import json
from collections import Counter

import duckdb

from salesanalytics.intake.types import Batch
from salesanalytics.store.ddl import SCHEMA
from salesanalytics.store.types import IssueCount


def write_issue_counts(cursor: duckdb.DuckDBPyConnection, batch: Batch, import_id: int) -> None:
    """Keep the counts of what was found in ``batch``, after corrections, with the import it became. None is kept as such, too."""
    found = Counter((issue.table or "", issue.kind, issue.severity) for issue in batch.issues)
    kept = [[table, kind, severity, n] for (table, kind, severity), n in sorted(found.items())]
    cursor.execute(f"INSERT INTO {SCHEMA}.import_issues VALUES (?, ?)", [import_id, json.dumps(kept)])


def read_issue_counts(cursor: duckdb.DuckDBPyConnection) -> dict[int, tuple[IssueCount, ...]]:
    """Return the counts by import; an import from before they were kept is absent."""
    rows = cursor.execute(f"SELECT import_id, issues FROM {SCHEMA}.import_issues ORDER BY import_id").fetchall()
    return {
        import_id: tuple(
            IssueCount(table or None, kind, severity, n) for table, kind, severity, n in json.loads(issues)
        )
        for import_id, issues in rows
    }
