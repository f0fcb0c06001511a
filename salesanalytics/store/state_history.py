"""Which stage was seen when: the log's stage_after, the stage in successive imports, the row's own dates; merged into ``stage_entries``."""

from __future__ import annotations

from salesanalytics.stages import LOST, WON
from salesanalytics.store.ddl import SCHEMA

IN_ORDER = "followed_up_at, length(followup_id), followup_id"
"""The order of the log. Of the same moment the shorter number comes first: F99 before F100."""

LOG_RUNS_SQL = f"""
    SELECT customer_id, stage_after AS stage, followed_up_at::DATE AS entered_on, followed_up_at, followup_id
    FROM followups WHERE stage_after IS NOT NULL
    QUALIFY lag(stage_after) OVER (PARTITION BY customer_id ORDER BY {IN_ORDER}) IS DISTINCT FROM stage_after"""
"""``_log_runs``: the follow-ups after which a customer stood in another stage than after the one before."""

IMPORT_RUNS_SQL = f"""
    WITH first_sight AS (
        SELECT r.content_id, min(live.rank) AS rank
        FROM {SCHEMA}.leads_rows r JOIN _live live USING (import_id) GROUP BY r.content_id
    ),
    told AS (
        SELECT c.customer_id, c.content_id, c.stage, c.owner, c.team, f.rank, count(*) OVER (PARTITION BY c.customer_id) AS contents
        FROM first_sight f JOIN {SCHEMA}.leads_content c USING (content_id) SEMI JOIN _leads USING (customer_id)
    ),
    sighted AS (
        SELECT t.customer_id, t.stage, t.owner, t.team, live.rank, live.as_of
        FROM told t JOIN {SCHEMA}.leads_rows r USING (content_id) JOIN _live live USING (import_id) WHERE t.contents > 1
    ),
    turned AS (
        SELECT *, lag(stage) OVER (PARTITION BY customer_id ORDER BY rank) AS stage_before FROM sighted
        QUALIFY stage_before IS DISTINCT FROM stage
    )
    SELECT t.customer_id, t.stage, t.owner, t.team, t.rank, t.as_of AS entered_on, stage_before IS NULL AS first_seen,
        lag(t.as_of) OVER (PARTITION BY t.customer_id ORDER BY t.rank) AS previous_on
    FROM turned t
    UNION ALL
    SELECT t.customer_id, t.stage, t.owner, t.team, t.rank, live.as_of, true, NULL
    FROM told t JOIN _live live USING (rank) WHERE t.contents = 1"""
"""``_import_runs``: the imports that showed a customer for the first time or in another stage than the one before.

Of whom all exports said the same (most customers) the first sight is all there is; only the others are gone through export by export.
"""

CLOSING_SQL = f"""
    WITH log AS (
        SELECT customer_id, arg_max(stage, ({IN_ORDER})) AS stage, max(entered_on) AS entered_on
        FROM _log_runs GROUP BY customer_id
    ),
    shown AS (
        SELECT customer_id, max(entered_on) AS entered_on, arg_max_null(owner, rank) AS owner, arg_max_null(team, rank) AS team,
            count(*) AS runs
        FROM _import_runs GROUP BY customer_id
    ),
    contact AS (SELECT customer_id, max(followed_up_at)::DATE AS last_on FROM followups GROUP BY customer_id)
    SELECT l.customer_id, l.stage, shown.owner AS shown_owner, shown.team AS shown_team, shown.runs IS NOT NULL AS was_shown,
        CASE WHEN coalesce(CASE l.stage WHEN '{WON}' THEN l.won_on WHEN '{LOST}' THEN l.lost_on END, l.closed_on) <= $as_of
            AND l.stage IN ('{WON}', '{LOST}')
            THEN coalesce(CASE l.stage WHEN '{WON}' THEN l.won_on WHEN '{LOST}' THEN l.lost_on END, l.closed_on) END AS own_on,
        CASE WHEN log.stage = l.stage THEN log.entered_on END AS logged_on,
        shown.entered_on AS shown_on,
        contact.last_on AS contacted_on,
        own_on IS NULL AND logged_on IS NULL AS is_inferred,
        CASE WHEN l.stage IN ('{WON}', '{LOST}') THEN coalesce(own_on, logged_on, shown_on, contacted_on) END AS closed_on
    FROM _leads l LEFT JOIN log USING (customer_id) LEFT JOIN shown USING (customer_id) LEFT JOIN contact USING (customer_id)"""
"""``_present``: one row a customer, when they came into the present stage by each kind of evidence; ``closed_on`` is the effective date of a won or lost one.

A follow-up that records the winning itself is nearer to the deal's own date than the next export that happens to show it.
``arg_max_null``: a deal first shown won without an owner was won by nobody, not by who had it in an earlier stage.
"""

ENTRIES_SQL = """
    WITH first_told AS (SELECT customer_id, stage, min(rank) AS rank FROM _import_runs GROUP BY ALL),
    by_import AS (
        SELECT r.customer_id, r.stage, r.entered_on, r.first_seen FROM _import_runs r LEFT JOIN _model m USING (stage)
        WHERE NOT EXISTS (
            SELECT 1 FROM _log_runs g LEFT JOIN _model k USING (stage) WHERE g.customer_id = r.customer_id AND g.entered_on <= r.entered_on
            AND (g.stage = r.stage AND g.entered_on > coalesce(r.previous_on, DATE '0001-01-01')
                OR r.first_seen AND k.stage_order >= m.stage_order)
        )
        AND NOT EXISTS (
            SELECT 1 FROM _present p JOIN first_told t ON t.customer_id = p.customer_id AND t.stage = p.stage
            WHERE p.customer_id = r.customer_id AND p.own_on <= r.entered_on AND r.rank < t.rank
        )
    ),
    later AS (
        SELECT customer_id, stage, entered_on, followed_up_at AS at, followup_id AS tie, 2 AS trust, 'stage_after' AS source, false AS inferred
        FROM _log_runs
        UNION ALL
        SELECT customer_id, stage, entered_on, entered_on + INTERVAL 1 DAY, NULL, 3, 'import', true FROM by_import
        UNION ALL
        SELECT customer_id, stage, own_on, own_on + INTERVAL 1 DAY, NULL, 1, 'dates', false FROM _present WHERE own_on IS NOT NULL
        UNION ALL
        SELECT customer_id, 'quote', proposal_submitted_on, proposal_submitted_on, NULL, 1, 'dates', true FROM _leads l
        WHERE proposal_submitted_on <= $as_of AND EXISTS (SELECT 1 FROM _model WHERE stage = 'quote')
        AND NOT EXISTS (SELECT 1 FROM _log_runs g WHERE g.customer_id = l.customer_id AND g.stage = 'quote')
        AND NOT EXISTS (SELECT 1 FROM by_import r WHERE r.customer_id = l.customer_id AND r.stage = 'quote' AND NOT r.first_seen)
    ),
    began AS (SELECT customer_id, min(entered_on) AS entered_on FROM later GROUP BY customer_id),
    evidence AS (
        SELECT * FROM later SEMI JOIN _leads USING (customer_id)
        UNION ALL
        SELECT customer_id, (SELECT stage FROM _model WHERE stage_order = 1), first_contact_on, first_contact_on, NULL, 1, 'dates', false
        FROM _leads LEFT JOIN began b USING (customer_id)
        WHERE first_contact_on <= least($as_of, b.entered_on)
    ),
    moved AS (
        SELECT * FROM evidence e
        QUALIFY lag(e.stage) OVER (PARTITION BY e.customer_id ORDER BY e.at, e.trust, length(e.tie), e.tie) IS DISTINCT FROM e.stage
    )
    SELECT e.customer_id, e.stage, m.stage_order, e.entered_on, e.source, e.inferred,
        row_number() OVER (PARTITION BY e.customer_id ORDER BY e.at, e.trust, length(e.tie), e.tie) AS place
    FROM moved e LEFT JOIN _model m USING (stage)"""
"""``stage_entries``; ``inferred``: the day is not that of a recorded move, the entry lies at or before it.

What the imports show is not told again where the log told it, also when the table lags behind the log or behind the deal's own closing date. A first
contact opens the history (one after other evidence is no move back) and comes first on its day; a closing ends its day.
"""

SINCE_SQL = """
    SELECT customer_id, arg_max(stage, place) AS last_stage, arg_max(entered_on, place) AS last_on, arg_max(inferred, place) AS last_inferred
    FROM stage_entries GROUP BY customer_id"""
"""``_since``: each customer's last entry."""
