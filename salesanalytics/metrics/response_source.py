"""Customers with the moment they were given to somebody, and the moment they were first answered."""

from __future__ import annotations

from salesanalytics.metrics.elapsed import clocked, days_between
from salesanalytics.metrics.metric import Asked, Source

_IN_TIME = f"""CASE WHEN {clocked("e.start_at")} AND {clocked("e.answered_at")}
            THEN e.answered_at <= e.start_at + {{first_response_hours}} * INTERVAL 1 HOUR
            ELSE CAST(e.answered_at AS DATE) <= CAST(e.start_at AS DATE) + {{first_response_days}} END"""

_LIMIT_PASSED = f"""CASE WHEN {clocked("e.start_at")}
            THEN e.start_at + {{first_response_hours}} * INTERVAL 1 HOUR <= {{as_of}} + INTERVAL 1 DAY
            ELSE CAST(e.start_at AS DATE) + {{first_response_days}} <= {{as_of}} END"""


def _build(asked: Asked) -> str:
    return f"""(
    WITH logged AS (SELECT customer_id, min(followed_up_at) AS first_at FROM followups GROUP BY customer_id),
    recorded AS (
        SELECT EXISTS (SELECT 1 FROM followups) OR EXISTS (SELECT 1 FROM leads WHERE first_followup_on IS NOT NULL) AS anything),
    told AS (
        SELECT l.customer_id, g.first_at, CASE WHEN l.first_followup_on <= {{as_of}} THEN l.first_followup_on END AS listed_on,
            coalesce(CASE WHEN l.assigned_at < {{as_of}} + INTERVAL 1 DAY THEN l.assigned_at END,
                CAST(l.first_contact_on AS TIMESTAMP)) AS start_at
        FROM leads AS l LEFT JOIN logged AS g ON g.customer_id = l.customer_id),
    ends AS (
        SELECT customer_id, start_at, CASE WHEN first_at IS NULL OR listed_on < CAST(first_at AS DATE)
            THEN CAST(listed_on AS TIMESTAMP) ELSE first_at END AS answered_at
        FROM told)
    SELECT l.*, e.start_at, e.answered_at, {days_between("e.start_at", "e.answered_at")} AS response_days,
        {_IN_TIME} AS answered_in_time, e.answered_at IS NULL AND k.anything AND {_LIMIT_PASSED} AS limit_passed
    FROM leads AS l JOIN ends AS e ON e.customer_id = l.customer_id CROSS JOIN recorded AS k)"""


RESPONSES = Source("responses", _build)
"""One row a customer: ``start_at`` (assigned, else first contact), ``answered_at`` (the earlier of the log's first and the table's own first follow-up; on
the same day the log, which knows the hour), ``response_days``, ``answered_in_time``, and ``limit_passed``: unanswered though the time is over. Where nobody
records follow-ups at all, nobody is late."""
