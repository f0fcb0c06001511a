"""What a state starts from: the newest rows as of D, or, before a table's first import, its earliest rows cut down to what had happened by D."""

from __future__ import annotations

from salesanalytics.store.newest import LIVE_TABLE, contents_sql, earliest_rows_sql, newest_rows_sql
from salesanalytics.tables import CHANNEL_COSTS, CONTRACTS, CONVERSION, FOLLOWUPS, FUNNEL, TARGETS, Table

PROVENANCE = "content_id, import_as_of, is_missing"
"""What the newest rows carry beside the template's columns and ``import_id, file, sheet, row``; no relation of a state shows it."""


def rows_sql(table: Table, *, rebuilt: bool) -> str:
    """Return the SELECT a state's table starts from."""
    return earliest_rows_sql(table) if rebuilt else newest_rows_sql(table, live=LIVE_TABLE)


def placed_rows_sql(table: Table) -> str:
    """Return the SELECT of a large table whose newest places have been found: ``_places_<table>``."""
    return f"{contents_sql(table, f'_places_{table.name}')} WHERE NOT n.is_missing"


def followups_sql(*, rebuilt: bool) -> str:
    """Return the log up to the end of D, without the customers missing at D; orphans (of no known customer) stay."""
    return f"""
    SELECT * EXCLUDE ({PROVENANCE}) FROM ({earliest_rows_sql(FOLLOWUPS) if rebuilt else placed_rows_sql(FOLLOWUPS)})
    WHERE followed_up_at < $as_of + INTERVAL 1 DAY
    AND customer_id NOT IN (SELECT k0 FROM _places_leads WHERE is_missing)"""


def contracts_sql(*, rebuilt: bool) -> str:
    """Return the contracts signed by D, without those of customers missing at D; orphans stay. What is dated after D has not been collected yet; rebuilt,
    neither has what is undated.
    """
    known = "collected_on <= $as_of" if rebuilt else "coalesce(collected_on, $as_of) <= $as_of"
    return f"""
    SELECT * EXCLUDE ({PROVENANCE}) REPLACE (
        CASE WHEN collected_on <= $as_of THEN collected_on END AS collected_on,
        CASE WHEN {known} THEN collected_amount END AS collected_amount
    )
    FROM ({rows_sql(CONTRACTS, rebuilt=rebuilt)}) WHERE signed_on <= $as_of
    AND customer_id NOT IN (SELECT k0 FROM _places_leads WHERE is_missing)"""


def periodic_sql(table: Table, *, rebuilt: bool) -> str:
    """Return targets, channel_costs, conversion or funnel with ``as_of`` (of their import), ``period_start`` and ``period_end`` (DATE, both included).

    Before the first import, targets are those given later for the same periods, costs those of periods begun by D; what a CRM said of its funnel
    in a period not yet over at D was not said yet.
    """
    limit = {
        CHANNEL_COSTS.name: "period_start <= $as_of",
        CONVERSION.name: "period_end <= $as_of",
        FUNNEL.name: "period_end <= $as_of",
    }
    where = f"WHERE {limit[table.name]}" if rebuilt and table is not TARGETS else ""
    return f"""
    WITH source AS ({rows_sql(table, rebuilt=rebuilt)}),
    begun AS (SELECT *, {_PERIOD_START} AS period_start FROM source),
    bounded AS (SELECT *, {_PERIOD_END} AS period_end FROM begun)
    SELECT * EXCLUDE ({PROVENANCE}), import_as_of AS as_of FROM bounded {where}"""


# periods are typed by intake to 2026, 2026Q3, 2026-07, 2026-W45 (ISO: week 1 holds 4 January) or a day
_PERIOD_START = r"""CASE
        WHEN regexp_full_match(period, '\d{4}') THEN try_cast(period || '-01-01' AS DATE)
        WHEN regexp_full_match(period, '\d{4}-?Q[1-4]')
            THEN make_date(left(period, 4)::BIGINT, (right(period, 1)::BIGINT - 1) * 3 + 1, 1)
        WHEN regexp_full_match(period, '\d{4}-\d{2}') THEN try_cast(period || '-01' AS DATE)
        WHEN regexp_full_match(period, '\d{4}-?W\d{2}')
            THEN date_trunc('week', make_date(left(period, 4)::BIGINT, 1, 4))::DATE + (right(period, 2)::INTEGER - 1) * 7
        ELSE try_cast(period AS DATE) END"""
_PERIOD_END = r"""CASE
        WHEN regexp_full_match(period, '\d{4}') THEN (period_start + INTERVAL 1 YEAR)::DATE - 1
        WHEN period LIKE '%Q%' THEN (period_start + INTERVAL 3 MONTH)::DATE - 1
        WHEN period LIKE '%W%' THEN period_start + 6
        WHEN regexp_full_match(period, '\d{4}-\d{2}') THEN (period_start + INTERVAL 1 MONTH)::DATE - 1
        ELSE period_start END"""
