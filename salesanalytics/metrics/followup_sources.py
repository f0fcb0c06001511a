"""The follow-up log as rows of its own, and as work on customers who were open at the time."""

from __future__ import annotations

from salesanalytics.metrics.elapsed import days_between
from salesanalytics.metrics.metric import Asked, Source
from salesanalytics.metrics.spellings import canonical
from salesanalytics.tables.choices import METHODS

RECORDING_DAYS = days_between("followed_up_at", "recorded_at")
"""Days from a follow-up to its being written down, over the columns of ``followups``."""

FOLLOWUPS = Source(
    "followups",
    lambda asked: (
        f"""(
    WITH team_of AS (
        SELECT owner, max(team) AS own_team FROM leads
        WHERE owner IS NOT NULL AND team IS NOT NULL GROUP BY owner HAVING count(DISTINCT team) = 1)
    SELECT l.* EXCLUDE (customer_id, file, sheet, "row", import_id), f.*, CAST(f.followed_up_at AS DATE) AS followed_up_on,
        coalesce(t.own_team, l.team) AS worker_team, {RECORDING_DAYS} AS recording_days
    FROM followups AS f LEFT JOIN leads AS l ON l.customer_id = f.customer_id LEFT JOIN team_of AS t ON t.owner = f.followed_up_by)"""
    ),
    # work belongs to whoever did it, and to their team; the rest is the customer's
    dims={"owner": "r.followed_up_by", "team": "r.worker_team", "method": canonical("r.method", METHODS)},
    label="r.followup_id",
)
"""One row a follow-up, with the customer's columns; an orphan's are empty."""


def _buckets(grain: str) -> str:
    first = f"CAST(date_trunc('{grain}', from_on) AS DATE)"
    last = f"CAST(bucket_on + INTERVAL 1 {grain} AS DATE) - 1"
    return f"""
        SELECT customer_id, greatest(from_on, bucket_on) AS on_day, least(to_on, {last}) - greatest(from_on, bucket_on) + 1 AS days
        FROM (SELECT *, CAST(unnest(generate_series({first}, to_on, INTERVAL 1 {grain})) AS DATE) AS bucket_on FROM clipped) AS cut"""


def _pieces(asked: Asked) -> str:
    """Spans whole, or cut where the buckets are; weeks lie across months, so that both together are cut by days."""
    if asked.grain is None:
        return "SELECT customer_id, from_on AS on_day, to_on - from_on + 1 AS days FROM clipped"
    crossing = asked.grain == "week" and asked.dims & {"month", "quarter"}
    return _buckets("day" if crossing else asked.grain)


def _clip(asked: Asked) -> tuple[str, str]:
    start = f"greatest(from_on, DATE '{asked.start.isoformat()}')" if asked.start else "from_on"
    end = f"least(to_on, DATE '{asked.end.isoformat()}')" if asked.end else "to_on"
    return start, end


def _open_weeks(asked: Asked) -> str:
    start, end = _clip(asked)
    return f"""(
    WITH spans AS (
        SELECT customer_id, first_contact_on AS from_on,
            least(CASE WHEN is_open THEN {{as_of}} ELSE coalesce(won_on, lost_on) END, {{as_of}}) AS to_on
        FROM leads WHERE first_contact_on IS NOT NULL AND (is_open OR won_on IS NOT NULL OR lost_on IS NOT NULL)),
    clipped AS (SELECT customer_id, {start} AS from_on, {end} AS to_on FROM spans WHERE {start} <= {end}),
    pieces AS ({_pieces(asked)}),
    calls AS (
        SELECT f.*, CAST(f.followed_up_at AS DATE) AS on_day,
            coalesce(CAST(f.followed_up_at AS DATE) BETWEEN s.from_on AND s.to_on, FALSE) AS while_open
        FROM followups AS f LEFT JOIN spans AS s ON s.customer_id = f.customer_id)
    SELECT l.*, p.on_day AS happened_on, p.days AS open_days, 0 AS followups_made,
        EXISTS (SELECT 1 FROM followups) AS while_open
    FROM pieces AS p JOIN leads AS l ON l.customer_id = p.customer_id
    UNION ALL
    SELECT l.* REPLACE (c.import_id AS import_id, c.file AS file, c.sheet AS sheet, c."row" AS "row"), c.on_day, 0, 1, c.while_open
    FROM calls AS c JOIN leads AS l ON l.customer_id = c.customer_id)"""


OPEN_WEEKS = Source("open_weeks", _open_weeks)
"""One row a customer and stretch of days they were open in (``open_days``, both ends counted), from first contact to won, lost or D; and one a follow-up on them.
Where nobody keeps a log, no follow-up is not none: nothing is ``while_open``."""
