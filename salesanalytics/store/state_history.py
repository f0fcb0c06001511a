"""Which stage was seen when: the log's stage_after, the stage in successive imports, the row's own dates; merged into ``stage_entries``."""

from __future__ import annotations

from salesanalytics.stages import LOST, WON
from salesanalytics.store.ddl import SCHEMA
from salesanalytics.store.newest import LIVE_TABLE
from salesanalytics.store.spans import placed_sql, seen_sql
from salesanalytics.tables import LEADS

IN_ORDER = "followed_up_at, length(followup_id), followup_id"
"""The order of the log. Of the same moment the shorter number comes first: F99 before F100."""

LOG_RUNS_SQL = f"""
    SELECT customer_id, stage_after AS stage, followed_up_at::DATE AS entered_on, followed_up_at, followup_id
    FROM followups WHERE stage_after IS NOT NULL
    QUALIFY lag(stage_after) OVER (PARTITION BY customer_id ORDER BY {IN_ORDER}) IS DISTINCT FROM stage_after"""
"""``_log_runs``: the follow-ups after which a customer stood in another stage than after the one before."""

IMPORT_RUNS_SQL = f"""
    WITH told AS (
        SELECT c.customer_id, c.stage, c.owner, c.team, s.stream, s.first, s.last, s.first_rank, s.last_rank,
            first_rank <= max(last_rank) OVER (
                PARTITION BY customer_id ORDER BY first_rank, last_rank ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
            ) AS is_woven
        FROM ({seen_sql(LEADS, LIVE_TABLE)}) s JOIN {SCHEMA}.leads_content c USING (content_id) SEMI JOIN _leads USING (customer_id)
    ),
    woven AS (SELECT DISTINCT customer_id FROM told WHERE is_woven),
    sighted AS (
        SELECT customer_id, stage, owner, team, first_rank AS rank FROM told ANTI JOIN woven USING (customer_id)
        UNION ALL
        SELECT t.customer_id, t.stage, t.owner, t.team, p.rank FROM told t SEMI JOIN woven USING (customer_id)
        JOIN ({placed_sql(LEADS, LIVE_TABLE)}) p ON p.stream = t.stream AND p.place BETWEEN t.first AND t.last
    ),
    turned AS (
        SELECT *, lag(stage) OVER (PARTITION BY customer_id ORDER BY rank) AS stage_before FROM sighted
        QUALIFY stage_before IS DISTINCT FROM stage
    )
    SELECT t.customer_id, t.stage, t.owner, t.team, t.rank, live.as_of AS entered_on, stage_before IS NULL AS first_seen,
        lag(live.as_of) OVER (PARTITION BY t.customer_id ORDER BY t.rank) AS previous_on
    FROM turned t JOIN _live live USING (rank)"""
"""``_import_runs``: the imports that showed a customer for the first time or in another stage than the one before.

A stage changes only where a span begins; only whose spans overlap (an older date uploaded later, two files with the same customer) are gone through import by import.
"""

PRESENT_SQL = f"""
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
    SELECT l.customer_id, l.stage, l.stage IN ('{WON}', '{LOST}') AS is_closed,
        shown.owner AS shown_owner, shown.team AS shown_team, shown.runs IS NOT NULL AS was_shown,
        CASE WHEN coalesce(CASE l.stage WHEN '{WON}' THEN l.won_on WHEN '{LOST}' THEN l.lost_on END, l.closed_on) <= $as_of
            AND is_closed
            THEN coalesce(CASE l.stage WHEN '{WON}' THEN l.won_on WHEN '{LOST}' THEN l.lost_on END, l.closed_on) END AS own_on,
        CASE WHEN log.stage = l.stage THEN log.entered_on END AS logged_on,
        shown.entered_on AS shown_on,
        contact.last_on AS contacted_on
    FROM _leads l LEFT JOIN log USING (customer_id) LEFT JOIN shown USING (customer_id) LEFT JOIN contact USING (customer_id)"""
"""``_present``: one row a customer, when they came into the present stage by each kind of evidence; ``own_on`` is a closed deal's own date.

``arg_max_null``: a deal first shown won without an owner was won by nobody, not by who had it in an earlier stage.
"""

_PLACE = "e.entered_on, e.at, e.trust, e.rank, length(e.tie), e.tie"
"""What comes before what in a history. Of the same day the log has its moments, the table closes the day."""

ENTRIES_SQL = f"""
    WITH first_told AS (SELECT customer_id, stage, min(rank) AS rank FROM _import_runs GROUP BY ALL),
    by_import AS (
        SELECT r.customer_id, r.stage, r.entered_on, r.first_seen, r.rank FROM _import_runs r LEFT JOIN _model m USING (stage)
        WHERE NOT EXISTS (
            SELECT 1 FROM _log_runs g LEFT JOIN _model k USING (stage) WHERE g.customer_id = r.customer_id AND g.entered_on <= r.entered_on
            AND (g.stage = r.stage AND g.entered_on > coalesce(r.previous_on, DATE '0001-01-01')
                OR r.first_seen AND k.stage_order >= m.stage_order)
        )
        AND NOT EXISTS (
            SELECT 1 FROM _present p JOIN first_told t ON t.customer_id = p.customer_id AND t.stage = p.stage
            WHERE p.customer_id = r.customer_id AND p.is_closed AND coalesce(p.own_on, p.logged_on) <= r.entered_on AND r.rank < t.rank
        )
    ),
    told AS (
        SELECT customer_id, stage, entered_on, followed_up_at AS at, 2 AS trust, 0 AS rank, followup_id AS tie, 'stage_after' AS source, false AS inferred
        FROM _log_runs
        UNION ALL
        SELECT customer_id, stage, entered_on, entered_on + INTERVAL 1 DAY, 3, rank, '', 'import', true FROM by_import
        UNION ALL
        SELECT customer_id, stage, own_on, own_on + INTERVAL 1 DAY, 1, 0, '', 'dates', false FROM _present WHERE own_on IS NOT NULL
        UNION ALL
        SELECT customer_id, 'quote', proposal_submitted_on, proposal_submitted_on, 1, 0, '', 'dates', true FROM _leads l
        WHERE proposal_submitted_on <= $as_of AND EXISTS (SELECT 1 FROM _model WHERE stage = 'quote')
        AND NOT EXISTS (SELECT 1 FROM _log_runs g WHERE g.customer_id = l.customer_id AND g.stage = 'quote')
        AND NOT EXISTS (SELECT 1 FROM by_import r WHERE r.customer_id = l.customer_id AND r.stage = 'quote' AND NOT r.first_seen)
    ),
    closing AS (
        SELECT e.customer_id, any_value(p.own_on) AS own_on, max(({_PLACE})) AS place
        FROM told e JOIN _present p ON p.customer_id = e.customer_id AND p.is_closed AND p.stage = e.stage
        WHERE p.own_on IS NULL OR e.source = 'dates' GROUP BY e.customer_id
    ),
    later AS (
        SELECT e.*, c.own_on FROM told e SEMI JOIN _leads l ON l.customer_id = e.customer_id
        LEFT JOIN closing c ON c.customer_id = e.customer_id WHERE c.place IS NULL OR ({_PLACE}) <= c.place
    ),
    began AS (SELECT customer_id, min(entered_on) AS entered_on FROM later GROUP BY customer_id),
    evidence AS (
        SELECT * FROM later
        UNION ALL
        SELECT customer_id, (SELECT stage FROM _model WHERE stage_order = 1), first_contact_on, first_contact_on, 1, -1, '', 'dates', false, NULL
        FROM _leads LEFT JOIN began b USING (customer_id)
        WHERE first_contact_on <= least($as_of, b.entered_on)
    ),
    moved AS (
        SELECT * FROM evidence e
        QUALIFY lag(e.stage) OVER (PARTITION BY e.customer_id ORDER BY {_PLACE}) IS DISTINCT FROM e.stage
    ),
    placed AS (
        SELECT *, row_number() OVER (PARTITION BY e.customer_id ORDER BY {_PLACE}) AS place,
            e.own_on IS NOT NULL AND lead(e.stage) OVER (PARTITION BY e.customer_id ORDER BY {_PLACE}) IS NULL AS closes
        FROM moved e
    )
    SELECT e.customer_id, e.stage, m.stage_order, CASE WHEN e.closes THEN e.own_on ELSE e.entered_on END AS entered_on,
        CASE WHEN e.closes THEN 'dates' ELSE e.source END AS source, e.inferred AND NOT e.closes AS inferred, e.place
    FROM placed e LEFT JOIN _model m USING (stage)"""
"""``stage_entries``; ``inferred``: the day is not that of a recorded move, the entry lies at or before it.

What the imports show is not told again where the log told it, also when the table lags behind the log or behind the deal's own closing date. A first
contact opens the history (one after other evidence is no move back) and comes first on its day. A closed deal's history ends with its closing, on its own
date if it has one: what log or table say of days after it (a follow-up filed late, a stage set back and restored) was no move.
"""

SINCE_SQL = """
    WITH last AS (
        SELECT customer_id, arg_max(stage, place) AS last_stage, arg_max(entered_on, place) AS last_on, arg_max(inferred, place) AS last_inferred
        FROM stage_entries GROUP BY customer_id
    )
    SELECT p.customer_id, e.last_stage, e.last_on, e.last_inferred,
        CASE WHEN NOT p.is_closed THEN NULL WHEN e.last_stage = p.stage THEN e.last_on ELSE p.contacted_on END AS closed_on,
        p.is_closed AND (e.last_stage IS DISTINCT FROM p.stage OR e.last_inferred) AS closing_inferred
    FROM _present p LEFT JOIN last e USING (customer_id)"""
"""``_since``: each customer's last entry, and with it when a closed deal was closed: the same day wherever it is asked."""
