"""Who went on from a stage within thirty days of entering it: how many of each window of entrants, and the very customers with their stays."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from salesanalytics.access.view import View
from salesanalytics.insight.where import Where, lead_condition
from salesanalytics.metrics.periods import Period

WINDOW = timedelta(days=90)
ADVANCE_DAYS = 30

Counts = dict[str, tuple[int, int]]
"""Of each stage: how many went on in time, of how many who entered."""

_PASSED = """SELECT r.customer_id, r.stage, r.stage_order, r.first_entered_on,
        lead(r.first_entered_on) OVER (PARTITION BY r.customer_id ORDER BY r.stage_order) AS next_on
    FROM stage_reach AS r JOIN stages AS s ON s.stage = r.stage
    WHERE s.observed AND r.customer_id IN (SELECT customer_id FROM leads WHERE {condition})"""
_IN_TIME = f"coalesce(next_on - first_entered_on <= {ADVANCE_DAYS}, FALSE)"


def advance_windows(as_of: date) -> tuple[Period, Period]:
    """Return the days of entry that are compared: the last 90 of which everybody has had their thirty days, and the 90 before."""
    last = as_of - timedelta(days=ADVANCE_DAYS)
    late, early = (Period(end - WINDOW + timedelta(days=1), end) for end in (last, last - WINDOW))
    return late, early


def advances(view: View, where: Where) -> tuple[Counts, Counts]:
    """Return how many of each stage's entrants went on within ADVANCE_DAYS of entering it, and how many entered: in the two windows of ``advance_windows``."""
    condition, params = lead_condition(where)
    late, early = advance_windows(view.as_of)
    sql = f"""
        SELECT stage, first_entered_on >= ? AS late, count(*) AS n, count(CASE WHEN {_IN_TIME} THEN 1 END) AS k
        FROM ({_PASSED.format(condition=condition)}) WHERE first_entered_on BETWEEN ? AND ? GROUP BY stage, late"""
    windows: tuple[Counts, Counts] = ({}, {})
    for row in view.fetch(sql, [late.start, *params, early.start, late.end]):
        windows[0 if row["late"] else 1][row["stage"]] = (int(row["k"]), int(row["n"]))
    return windows


def advance_rows(view: View, where: Where, stage: str, entered: Period) -> list[dict[str, Any]]:
    """Return the customers a number of ``advances`` counts, those who did not go on in time first, the longest stay first.

    Columns as ``metrics.row_query``; ``on``: entered the stage; ``hit``: went on within ADVANCE_DAYS; and ``stayed``: days until they went on,
    were lost, or D, with ``gone`` saying which (``on``, ``lost``, ``still``; ``undated``: they went on, nobody knows when).
    """
    condition, params = lead_condition(where)
    sql = f"""
        SELECT l.customer_id, l.customer_name AS name, nullif(l.owner, '') AS owner, l.team, l.stage, p.first_entered_on AS "on",
            CASE WHEN l.is_won THEN l.deal_amount ELSE l.expected_amount END AS amount,
            p.hit, CAST(p.hit AS INTEGER) AS numerator, 1 AS denominator, TRUE AS counted, p.gone,
            CASE p.gone WHEN 'on' THEN p.next_on WHEN 'lost' THEN l.lost_on WHEN 'still' THEN CAST(? AS DATE) END - p.first_entered_on AS stayed,
            l.file, l.sheet, l."row"
        FROM (SELECT q.*, {_IN_TIME} AS hit, CASE WHEN q.next_on IS NOT NULL THEN 'on' WHEN m.reached_order > q.stage_order THEN 'undated'
                WHEN m.is_lost THEN 'lost' ELSE 'still' END AS gone
            FROM ({_PASSED.format(condition=condition)}) AS q JOIN leads AS m USING (customer_id)) AS p
        JOIN leads AS l USING (customer_id)
        WHERE p.stage = ? AND p.first_entered_on BETWEEN ? AND ?
        ORDER BY p.hit, stayed DESC NULLS LAST, l.customer_id"""
    return view.fetch(sql, [view.as_of, *params, stage, entered.start, entered.end])
