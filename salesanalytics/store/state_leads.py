"""The relation ``leads``: the newest row of each customer with what the history says of it, and the company-wide norms its tier needs."""

from __future__ import annotations

from salesanalytics.settings import Settings
from salesanalytics.stages import LOST, WON
from salesanalytics.store.state_rows import PROVENANCE

CONTACTS_SQL = """
    WITH days AS (
        SELECT customer_id, followed_up_at::DATE AS day, count(*) AS times FROM followups GROUP BY ALL
    ),
    gaps AS (SELECT *, day - lag(day) OVER (PARTITION BY customer_id ORDER BY day) AS gap FROM days)
    SELECT customer_id, sum(times)::BIGINT AS followup_count, max(day) AS last_day, median(gap) AS median_gap
    FROM gaps GROUP BY customer_id"""
"""``_contacts``. Two calls on one day are one occasion: a gap (days) lies between different days."""

_KNOWN = """SELECT * FROM _present JOIN _reached USING (customer_id) LEFT JOIN _contacts USING (customer_id)
        LEFT JOIN _since USING (customer_id)"""
"""joined first, being narrow: the wide rows then pass by only once"""

_IS_OPEN = f"l.stage NOT IN ('{WON}', '{LOST}')"
_DEAL_AMOUNT = f"CASE WHEN l.stage = '{WON}' THEN coalesce(l.actual_amount, l.expected_amount) END"
_FRESH_LEAD = "m.stage_order = 1 AND k.reached_order = 1 AND l.first_contact_on IS NOT NULL"
_ENTERED_LAST = f"{_IS_OPEN} AND k.last_stage = l.stage"
"""an open deal whose history ends in the stage its row shows: not so where the table lags behind the log"""
_LAST_CONTACT = """coalesce(greatest(
            CASE WHEN l.last_followup_on <= $as_of THEN l.last_followup_on END, k.last_day,
            CASE WHEN l.first_followup_on <= $as_of THEN l.first_followup_on END
        ), l.first_contact_on)"""


def norms_sql(settings: Settings) -> str:
    """Return ``norms``, one row: mean, median (currency) and number of won amounts, and the top quarter's lower bound of open expected amounts."""
    return f"""
    SELECT avg({_DEAL_AMOUNT})::DOUBLE AS won_mean_amount, median({_DEAL_AMOUNT})::DOUBLE AS won_median_amount,
        count({_DEAL_AMOUNT}) AS won_n,
        quantile_cont(l.expected_amount::DOUBLE, {float(settings.tiers.high_value_quantile)})
            FILTER ({_IS_OPEN}) AS open_amount_q3
    FROM _leads l"""


def leads_sql(settings: Settings) -> str:
    """Return ``leads``: the row, what the history says of it, and the tier (PRODUCT §5, the first rule that matches)."""
    return f"""
    SELECT l.* EXCLUDE ({PROVENANCE}, import_id, file, sheet, row) REPLACE (
            CASE WHEN l.stage = '{WON}' THEN k.closed_on END AS won_on, CASE WHEN l.stage = '{LOST}' THEN k.closed_on END AS lost_on
        ),
        m.stage_order, {_IS_OPEN} AS is_open, l.stage = '{WON}' AS is_won, l.stage = '{LOST}' AS is_lost,
        k.reached_order, k.reached_unknown,
        l.stage = '{WON}' AND k.closing_inferred AS won_on_inferred, l.stage = '{LOST}' AND k.closing_inferred AS lost_on_inferred,
        {_DEAL_AMOUNT} AS deal_amount,
        {_DEAL_AMOUNT} IS NOT NULL AND l.actual_amount IS NULL AS deal_amount_estimated,
        {_LAST_CONTACT} AS last_contact_on, coalesce(k.followup_count, 0) AS followup_count,
        CASE WHEN {_FRESH_LEAD} THEN l.first_contact_on WHEN {_ENTERED_LAST} THEN k.last_on
            WHEN {_IS_OPEN} THEN coalesce(k.logged_on, k.shown_on) ELSE k.closed_on END AS stage_entered_on,
        CASE WHEN {_FRESH_LEAD} THEN false WHEN {_ENTERED_LAST} THEN k.last_inferred
            WHEN {_IS_OPEN} THEN k.logged_on IS NULL ELSE k.closing_inferred END AS stage_entered_inferred,
        CASE WHEN l.stage = '{WON}' THEN CASE WHEN k.was_shown THEN k.shown_owner ELSE l.owner END END AS won_owner,
        CASE WHEN l.stage = '{WON}' THEN CASE WHEN k.was_shown THEN k.shown_team ELSE l.team END END AS won_team,
        {_tier(settings)} AS tier,
        l.import_id, l.file, l.sheet, l.row
    FROM _leads l JOIN ({_KNOWN}) k USING (customer_id) LEFT JOIN _model m ON m.stage = l.stage CROSS JOIN norms n"""


def _tier(settings: Settings) -> str:
    rules = settings.tiers
    opportunity = settings.stages.order("opportunity")
    far = f"m.stage_order >= {opportunity} OR " if opportunity is not None else ""
    return f"""CASE
            WHEN l.stage = '{LOST}' THEN NULL
            WHEN $as_of - {_LAST_CONTACT} >= {int(settings.alerts.silent_days)} THEN 'churn-risk'
            WHEN k.followup_count >= {int(rules.silent_gap_min_followups)}
                AND $as_of - {_LAST_CONTACT} > {float(rules.silent_gap_multiple)} * k.median_gap THEN 'churn-risk'
            WHEN l.stage = '{WON}' THEN 'stable'
            WHEN ({far}upper(trim(l.grade)) = 'A') AND l.expected_amount >= n.open_amount_q3 THEN 'high-value'
            ELSE 'nurture' END"""
