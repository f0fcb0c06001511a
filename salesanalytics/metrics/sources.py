"""The row sets metrics are computed from. Each has one row a thing counted, so that no join multiplies a customer or an amount."""

from __future__ import annotations

from salesanalytics.metrics.metric import Source

LEADS = Source("leads", lambda asked: "leads")

PIPELINE = Source(
    "pipeline",
    lambda asked: (
        """(
    SELECT l.*, p.probability AS win_probability
    FROM leads AS l LEFT JOIN stage_probability AS p ON p.stage = l.stage)"""
    ),
)
"""Customers with the chance that a deal in their stage is won."""

REACHED = Source(
    "reached",
    lambda asked: (
        """(
    SELECT l.*, s.stage AS step_stage, s.stage_order AS step_order, s.first_entered_on AS entered_on
    FROM stage_reach AS s JOIN leads AS l ON l.customer_id = s.customer_id)"""
    ),
)
"""One row a customer and stage reached."""

STEPS = Source(
    "steps",
    lambda asked: (
        """(
    SELECT l.*, s.stage AS step_stage, s.stage_order AS step_order, s.first_entered_on AS entered_on
    FROM stage_reach AS s JOIN leads AS l ON l.customer_id = s.customer_id
    JOIN stages AS o ON o.stage = s.stage
    WHERE o.observed AND s.stage_order < (SELECT max(stage_order) FROM stages WHERE observed))"""
    ),
    dims={"stage": "r.step_stage"},
)
"""One row a customer and observed stage that has an observed stage beyond it."""

FLOWS = Source(
    "flows",
    lambda asked: (
        """(
    WITH passed AS (
        SELECT customer_id, stage, stage_order, first_entered_on,
            min(first_entered_on) OVER (PARTITION BY customer_id ORDER BY stage_order
                ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS left_on
        FROM stage_reach),
    steps AS (
        SELECT p.* FROM passed AS p JOIN stages AS o ON o.stage = p.stage
        WHERE o.observed AND p.stage_order < (SELECT max(stage_order) FROM stages WHERE observed))
    SELECT l.*, s.stage AS step_stage, 1 AS came_in, 0 AS went_on, s.first_entered_on AS happened_on
    FROM steps AS s JOIN leads AS l ON l.customer_id = s.customer_id
    UNION ALL
    SELECT l.*, s.stage, 0, 1, s.left_on
    FROM steps AS s JOIN leads AS l ON l.customer_id = s.customer_id
    WHERE l.reached_order > s.stage_order)"""
    ),
    dims={"stage": "r.step_stage"},
)
"""One row a customer entering a stage, one a customer leaving it forward."""

SNAPSHOT = Source(
    "snapshot",
    lambda asked: (
        """(
    WITH ladder AS (
        SELECT stage, lead(stage) OVER (ORDER BY stage_order) AS next_stage,
            lag(stage) OVER (ORDER BY stage_order) AS stage_before
        FROM stages WHERE observed AND stage_order IS NOT NULL)
    SELECT l.*, d.stage AS step_stage, 1 AS here, 0 AS before
    FROM leads AS l JOIN ladder AS d ON d.stage = l.stage WHERE d.stage_before IS NOT NULL
    UNION ALL
    SELECT l.*, d.next_stage, 0, 1
    FROM leads AS l JOIN ladder AS d ON d.stage = l.stage WHERE d.next_stage IS NOT NULL)"""
    ),
    dims={"stage": "r.step_stage"},
)
"""One row a customer now in a stage, and one for the stage after it, whose denominator they are."""

RISKS = Source(
    "risks",
    lambda asked: (
        """(
    SELECT l.*, n.won_mean_amount, n.won_median_amount,
        coalesce(l.last_contact_on, l.first_contact_on) AS contacted_on
    FROM leads AS l CROSS JOIN norms AS n)"""
    ),
)
"""Customers with their last contact and the company's norms."""

NO_CONTRACT_AMOUNT = {"no-contract-amount": "r.contract_amount IS NULL"}

CONTRACT_DIMS = {
    "owner": "CASE WHEN r.is_won THEN r.won_owner ELSE r.owner END",
    "team": "CASE WHEN r.is_won THEN r.won_team ELSE r.team END",
}

CONTRACTS = Source(
    "contracts",
    lambda asked: (
        """(
    SELECT l.* EXCLUDE (customer_id, file, sheet, "row", import_id), c.*
    FROM (
        SELECT contract_id, min(customer_id) AS customer_id, min(signed_on) AS signed_on,
            max(contract_amount) AS contract_amount,
            sum(CASE WHEN collected_on IS NULL OR collected_on <= {as_of} THEN coalesce(collected_amount, 0) END) AS collected,
            min(file) AS file, min(sheet) AS sheet, min("row") AS "row"
        FROM contracts GROUP BY contract_id) AS c
    LEFT JOIN leads AS l ON l.customer_id = c.customer_id)"""
    ),
    dims=CONTRACT_DIMS,
    amount="r.contract_amount",
    label="r.contract_id",
)
"""One row a contract: its amount once, and what has been collected on it so far."""

INSTALMENTS = Source(
    "instalments",
    lambda asked: (
        """(
    SELECT l.* EXCLUDE (customer_id, file, sheet, "row", import_id), c.*
    FROM contracts AS c LEFT JOIN leads AS l ON l.customer_id = c.customer_id
    WHERE c.collected_on IS NULL OR c.collected_on <= {as_of})"""
    ),
    dims=CONTRACT_DIMS,
    amount="r.collected_amount",
    label="r.contract_id",
)
"""One row an instalment."""

_FUNNEL_LINES = "(SELECT f.* REPLACE (coalesce(f.period_end, f.as_of, {as_of}) AS period_end) FROM funnel AS f)"
"""A line without a period is one of the day it was uploaded for (PRODUCT §1, keys); week after week these are not one another's parts."""

UPLOADED_FUNNEL = Source(
    "uploaded_funnel",
    lambda asked: (
        _FUNNEL_LINES
        if asked.start or asked.end or asked.grain
        else f"""(
    SELECT f.* FROM {_FUNNEL_LINES} AS f
    WHERE f.period_end = (SELECT max(g.period_end) FROM {_FUNNEL_LINES} AS g WHERE g.stage = f.stage))"""
    ),
    lead_columns=False,
    dims={"stage": "r.stage"},
    amount="r.customers",
    label="coalesce(r.period, CAST(r.period_end AS VARCHAR))",
)
"""The user's own funnel table; without a period, the newest line of each stage."""
