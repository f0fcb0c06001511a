"""What the imports said of each customer, row by row: the SELECTs behind a customer's page, over the imports that count as of ``$as_of``."""

from __future__ import annotations

from salesanalytics.store.ddl import SCHEMA, content_columns
from salesanalytics.store.newest import LIVE_IMPORTS
from salesanalytics.tables import LEADS

_COLUMNS = ", ".join(f"c.{name}" for name in content_columns(LEADS))

LEAD_VERSIONS = f"""
    SELECT {_COLUMNS}, l.import_id, l.as_of AS imported_on, l.rank, f.file, f.sheet, r.row
    FROM {SCHEMA}.leads_rows r JOIN ({LIVE_IMPORTS}) l USING (import_id)
    JOIN {SCHEMA}.leads_content c ON c.content_id = r.content_id
    JOIN {SCHEMA}.import_files f ON f.import_id = r.import_id AND f.sheet_id = r.sheet_id"""
"""``lead_versions``: one row a customer and import that held them, as it stood there."""

HELD_LEADS = f"""
    SELECT q.key_value AS customer_id, l.import_id, l.as_of AS imported_on, l.rank, q.file, q.sheet, q.row
    FROM {SCHEMA}.quarantine q JOIN ({LIVE_IMPORTS}) l USING (import_id) WHERE q.table_name = 'leads' AND q.key_value IS NOT NULL"""
"""``held_leads``: the rows of customers that an import held back."""

IMPORT_COVERAGE = f"""
    SELECT l.import_id, l.as_of AS imported_on, l.rank, s.grouped_by, s.value, s.file_has_teams
    FROM {SCHEMA}.import_scope s JOIN ({LIVE_IMPORTS}) l USING (import_id) WHERE l.mode = 'full'"""
"""``import_coverage``: the teams and owners each full import spoke of: who is theirs and not in it is missing."""
