"""How far each customer came: ``stage_reach``, the stages anybody was seen in, and the chance of winning from each."""

from __future__ import annotations

from salesanalytics.stages import LOST, WON

_SIGHTED = """SELECT customer_id, stage FROM _log_runs UNION ALL SELECT customer_id, stage FROM _import_runs
        UNION ALL SELECT customer_id, 'quote' FROM _leads WHERE proposal_submitted_on <= $as_of"""
"""Every stage anybody was seen in by D, also after their closing, where it is no move any more. A model without quotes knows no such stage."""

REACHED_SQL = f"""
    WITH sighting AS (
        {_SIGHTED}
    ),
    seen AS (
        SELECT customer_id, max(least(m.stage_order, last.stage_order - 1)) AS furthest
        FROM sighting JOIN _model m USING (stage) CROSS JOIN (SELECT max(stage_order) AS stage_order FROM _model) last
        WHERE m.stage_order IS NOT NULL GROUP BY customer_id
    )
    SELECT l.customer_id, l.stage = '{WON}' AS is_won, l.stage = '{LOST}' AND s.furthest IS NULL AND origin.stage_order IS NULL AS reached_unknown,
        CASE WHEN l.stage = '{WON}' THEN m.stage_order
            ELSE greatest(coalesce(s.furthest, 1), coalesce(m.stage_order, 1), coalesce(origin.stage_order, 1)) END::BIGINT AS reached_order
    FROM _leads l LEFT JOIN seen s USING (customer_id) LEFT JOIN _model m ON m.stage = l.stage
    LEFT JOIN _model origin ON l.stage = '{LOST}' AND origin.stage = l.lost_from_stage AND origin.stage <> '{WON}'"""
"""``_reached``: the furthest stage, by any evidence but a first contact, which says nothing of where a deal was lost. Only who is won now has reached won: a deal reopened or lost after winning counts up to the stage before."""

REACH_SQL = f"""
    WITH first_entry AS (
        SELECT customer_id, stage_order, min(entered_on) AS entered_on FROM stage_entries WHERE stage_order IS NOT NULL GROUP BY ALL
    ),
    passed AS (
        SELECT r.customer_id, m.stage, m.stage_order,
            CASE WHEN m.stage_order = 1 THEN coalesce(l.first_contact_on, f.entered_on)
                WHEN m.stage = '{WON}' THEN p.closed_on ELSE f.entered_on END AS own_on,
            CASE WHEN l.stage = '{LOST}' THEN p.closed_on END AS lost_on
        FROM _reached r JOIN _model m ON m.stage_order <= r.reached_order
        JOIN _leads l USING (customer_id) JOIN _since p USING (customer_id)
        LEFT JOIN first_entry f ON f.customer_id = r.customer_id AND f.stage_order = m.stage_order
    ),
    filled AS (
        SELECT *, min(own_on) OVER (
            PARTITION BY customer_id ORDER BY stage_order ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING
        ) AS by_then FROM passed
    )
    SELECT customer_id, stage, stage_order,
        CASE WHEN stage_order = 1 AND own_on IS NOT NULL THEN own_on ELSE coalesce(by_then, lost_on) END AS first_entered_on,
        first_entered_on IS NULL OR own_on IS NULL OR first_entered_on <> own_on AS inferred
    FROM filled"""
"""``stage_reach``. Whoever stood in a later stage had by then passed this one, so a skipped (or later logged) stage takes the later one's date."""

STAGES_SQL = f"""
    SELECT m.stage, m.stage_order, m.zh, m.en,
        m.stage_order = 1 OR m.stage IN (SELECT s.stage FROM ({_SIGHTED}) s SEMI JOIN _leads USING (customer_id)) OR m.stage IN (SELECT stage FROM _leads)
            OR m.stage IN (SELECT lost_from_stage FROM _leads WHERE lost_from_stage IS NOT NULL) AS observed,
        m.default_probability
    FROM _model m WHERE m.stage_order IS NOT NULL"""
"""``stages``, forward ones. Every customer is a lead, so the first stage is always observed. A log of customers nobody knows (or who are missing) observes nothing."""


def probability_sql(min_sample: int) -> str:
    """Return ``stage_probability``: of the closed deals that reached a stage the share won; under ``min_sample`` deals the configured one."""
    return f"""
    WITH closed AS (
        SELECT h.stage, count(*) AS n, count(*) FILTER (l.stage = '{WON}') AS won
        FROM stage_reach h JOIN _leads l USING (customer_id) WHERE l.stage IN ('{WON}', '{LOST}') GROUP BY h.stage
    )
    SELECT s.stage, s.stage_order, coalesce(c.n, 0) AS n, coalesce(c.won, 0) AS won,
        coalesce(c.n, 0) >= {int(min_sample)} AND c.n > 0 AS observed,
        CASE WHEN coalesce(c.n, 0) >= {int(min_sample)} AND c.n > 0 THEN c.won::DOUBLE / c.n ELSE s.default_probability END AS probability
    FROM stages s LEFT JOIN closed c USING (stage)"""
