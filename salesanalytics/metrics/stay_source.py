"""What became of each customer in each stage: stayed how long, went on, was lost from it, or is still there."""

from salesanalytics.metrics.metric import Source

STAYS = Source(
    "stays",
    lambda asked: (
        """(
    WITH passed AS (
        SELECT s.customer_id, s.stage AS step_stage, s.stage_order AS step_order, s.first_entered_on AS entered_on,
            s.inferred AS entry_inferred, o.observed,
            min(s.first_entered_on) OVER (PARTITION BY s.customer_id ORDER BY s.stage_order
                ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS went_on_on,
            max(s.stage_order) OVER (PARTITION BY s.customer_id) AS furthest
        FROM stage_reach AS s JOIN stages AS o ON o.stage = s.stage),
    known AS (
        SELECT l.*, p.step_stage, p.step_order, p.entered_on, p.entry_inferred,
            l.is_lost AND p.furthest = p.step_order AS lost_here, l.is_lost OR p.furthest > p.step_order AS has_left,
            CASE WHEN p.furthest > p.step_order THEN p.went_on_on WHEN l.is_lost THEN l.lost_on END AS left_on
        FROM passed AS p JOIN leads AS l ON l.customer_id = p.customer_id
        WHERE p.observed AND NOT (l.is_won AND p.furthest = p.step_order))
    SELECT *, CASE WHEN has_left THEN left_on ELSE {as_of} END - entered_on AS stay_days FROM known)"""
    ),
    dims={"stage": "r.step_stage"},
)
"""One row a customer and observed stage passed (being won is an end and no stay): ``stay_days`` until going on or being lost, else until D.

Whether they went on is asked of all stages, observed or not: a deal once seen won and now a lead again has left the stage all the same.
"""
