"""The newest row a key as of a date, and which customers are missing: the one place that says so (PRODUCT §3, docs/decisions.md 2)."""

from __future__ import annotations

from typing import Literal

from salesanalytics.store.ddl import SCHEMA, content_columns, key_expressions
from salesanalytics.store.spans import seen_sql, sightings_sql
from salesanalytics.tables import LEADS, Table

LIVE_IMPORTS = f"""
    SELECT import_id, as_of, mode, row_number() OVER (ORDER BY as_of, import_id) AS rank
    FROM {SCHEMA}.imports WHERE undone_at IS NULL AND as_of <= $as_of"""
"""Imports that count at ``$as_of``, ranked: a later date is newer, on the same date the later upload."""


EVERY_IMPORT = f"""
    SELECT import_id, as_of, mode, row_number() OVER (ORDER BY as_of, import_id) AS rank
    FROM {SCHEMA}.imports WHERE undone_at IS NULL"""
LIVE = "SELECT * FROM live"
LIVE_TABLE = "SELECT * FROM _live"
"""The same, where a state being built has them as the table ``_live``."""


def newest_rows_sql(table: Table, *, with_missing: bool = False, live: str = LIVE_IMPORTS) -> str:
    """Return a SELECT of the newest row of each key of ``table`` as of ``$as_of`` (the only parameter, a DATE).

    Columns: the content in template order (leads also ``custom``), ``content_id``, ``import_id``, ``import_as_of``, ``file``, ``sheet``, ``row``,
    ``is_missing``. Without ``with_missing`` the missing customers are left out; only leads know missing.
    """
    only_present = "" if with_missing else "WHERE NOT n.is_missing"
    return f"{contents_sql(table, f'({newest_places_sql(table, live)})')} {only_present}"


def contents_sql(table: Table, places: str) -> str:
    """Return a SELECT of the content of ``places`` (a relation as ``newest_places_sql`` gives it), in the columns of ``newest_rows_sql``."""
    columns = ", ".join(f"c.{name}" for name in content_columns(table))
    return f"""
    SELECT {columns}, n.content_id, n.import_id, n.import_as_of, f.file, f.sheet, r.row, n.is_missing
    FROM {SCHEMA}.{table.name}_content c JOIN {places} n ON c.content_id = n.content_id
    JOIN {SCHEMA}.{table.name}_rows r ON r.import_id = n.import_id AND r.content_id = n.content_id
    JOIN {SCHEMA}.import_files f ON f.import_id = r.import_id AND f.sheet_id = r.sheet_id"""


def newest_places_sql(table: Table, live: str = LIVE_IMPORTS) -> str:
    """Return a SELECT of ``content_id``, ``import_id``, ``import_as_of``, ``is_missing`` and the key parts ``k0``, ``k1`` … of the newest row of each key as of
    ``$as_of``, missing customers included. Narrow, so that wide rows are joined only once; no import's rows are gone through.
    """
    return f"""
    {_judged(table, live)} SELECT content_id, import_id, import_as_of, is_missing, {_places(table)} FROM judged"""


def _places(table: Table) -> str:
    return ", ".join(f"k{place}" for place in range(len(table.key)))


def _judged(table: Table, live: str) -> str:
    return f"""WITH live AS ({live}),
    newest AS ({_of_each_key(table, "last")}),
    judged AS ({_judged_leads() if table is LEADS else "SELECT *, false AS is_missing FROM newest"})"""


def earliest_rows_sql(table: Table) -> str:
    """Return a SELECT shaped like ``newest_rows_sql``: the first row ever seen of each key, whatever the date of its import."""
    places = f"WITH live AS ({EVERY_IMPORT}) SELECT *, false AS is_missing FROM ({_of_each_key(table, 'first')})"
    return contents_sql(table, f"({places})")


def _of_each_key(table: Table, which: Literal["first", "last"]) -> str:
    """Group by content first, whole numbers only, and by key after. Where the import's date is part of the key, each sighting is a key of its own."""
    keys = key_expressions(table, "c", "s.as_of")
    by_date = any(key != f"c.{name}" for key, name in zip(keys, table.key, strict=True))
    named = ", ".join(f"{key} AS k{place}" for place, key in enumerate(keys))
    spans = f"SELECT content_id, {which}_rank AS rank FROM ({seen_sql(table, LIVE)})"
    seen = sightings_sql(table, LIVE) if by_date else spans
    end = {"first": "min", "last": "max"}[which]
    return f"""
        SELECT k.*, l.import_id, l.as_of AS import_as_of FROM (
            SELECT {end}(s.rank) AS rank, arg_{end}(s.content_id, s.rank) AS content_id, {named}
            FROM ({seen}) s JOIN {SCHEMA}.{table.name}_content c ON c.content_id = s.content_id
            GROUP BY {_places(table)}
        ) k JOIN live l ON l.rank = k.rank"""


def _judged_leads() -> str:
    """Say of each customer whether a later full import covers their team (or owner) and does not hold them.

    A customer with a team is covered by their team, or, by an import that names no teams, by their owner; one without a team by their owner; one
    with neither by the pool, if it is in the file. A customer whose row an import held back in quarantine was seen in it.
    """
    return f"""
        SELECT n.*, greatest(coalesce(t.rank, 0), coalesce(CASE WHEN c.team IS NULL THEN o.rank ELSE o.rank_without_teams END, 0))
            > greatest(n.rank, coalesce(q.rank, 0)) AS is_missing
        FROM newest n
        JOIN {SCHEMA}.leads_content c ON c.content_id = n.content_id
        LEFT JOIN ({_covered("team")}) t ON t.value = c.team
        LEFT JOIN ({_covered("owner")}) o ON o.value IS NOT DISTINCT FROM c.owner
        LEFT JOIN (
            SELECT q.key_value, max(l.rank) AS rank FROM {SCHEMA}.quarantine q JOIN live l USING (import_id)
            WHERE q.table_name = 'leads' GROUP BY q.key_value
        ) q ON q.key_value = c.customer_id"""


def _covered(grouped_by: str) -> str:
    return f"""
            SELECT s.value, max(l.rank) AS rank, max(l.rank) FILTER (NOT s.file_has_teams) AS rank_without_teams
            FROM {SCHEMA}.import_scope s JOIN live l USING (import_id)
            WHERE l.mode = 'full' AND s.grouped_by = '{grouped_by}' GROUP BY s.value"""
