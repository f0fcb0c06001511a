"""Relations of a state that are not built with it: read from the imports themselves when a query names them.

What changed between two dates needs them, hardly anything else does; building them with every state would cost each of them a pass over every export.
"""

from __future__ import annotations

from datetime import date

from salesanalytics.store.customer_rows import HELD_LEADS, IMPORT_COVERAGE, LEAD_VERSIONS
from salesanalytics.store.ddl import SCHEMA
from salesanalytics.store.known import Known, as_known
from salesanalytics.store.newest import LIVE_IMPORTS, newest_rows_sql
from salesanalytics.tables import LEADS

_MISSING = f"""
    SELECT * EXCLUDE (content_id, import_as_of, is_missing, stage), import_as_of AS seen_on
    FROM ({newest_rows_sql(LEADS, with_missing=True)}) WHERE is_missing"""
_SIGHTINGS = f"""
    SELECT c.customer_id, l.as_of, l.import_id, l.rank, c.owner, c.team, c.expected_amount, c.expected_close_on
    FROM {SCHEMA}.leads_rows r JOIN ({LIVE_IMPORTS}) l USING (import_id)
    JOIN {SCHEMA}.leads_content c ON c.content_id = r.content_id"""

ON_DEMAND = {
    "missing_leads": _MISSING,
    "lead_sightings": _SIGHTINGS,
    "lead_versions": LEAD_VERSIONS,
    "held_leads": HELD_LEADS,
    "import_coverage": IMPORT_COVERAGE,
}
"""Name → SELECT. ``missing_leads``: the last row of each customer missing at D, with ``seen_on``, the last import that held it.
``lead_sightings``: one row a customer and import up to D that held them, ``rank`` in the order of the imports. Neither has a stage: rows keep the ids of removed ones.
"""


def on_demand(name: str, as_of: date, known: Known | None = None) -> str:
    """Return a relation of ``ON_DEMAND`` as of a date (of the imports in ``known``, where not those that count now), to stand where a table's name would."""
    return as_known(f"({ON_DEMAND[name]})", known).replace("$as_of", f"DATE '{as_of.isoformat()}'")
