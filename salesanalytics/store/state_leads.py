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

DEALS_SQL = f"""
    SELECT l.* EXCLUDE ({PROVENANCE}, import_id, file, sheet, row) REPLACE (
            CASE WHEN l.stage = '{WON}' THEN p.closed_on END AS won_on, CASE WHEN l.stage = '{LOST}' THEN p.closed_on END AS lost_on
        ),
        m.stage_order, l.stage NOT IN ('{WON}', '{LOST}') AS is_open, l.stage = '{WON}' AS is_won, l.stage = '{LOST}' AS is_lost,
        r.reached_order, r.reached_unknown,
        l.stage = '{WON}' AND p.own_on IS NULL AND p.logged_on IS NULL AS won_on_inferred,
        l.stage = '{LOST}' AND p.own_on IS NULL AND p.logged_on IS NULL AS lost_on_inferred,
        CASE WHEN l.stage = '{WON}' THEN coalesce(l.actual_amount, l.expected_amount) END AS deal_amount,
        l.stage = '{WON}' AND l.actual_amount IS NULL AND l.expected_amount IS NOT NULL AS deal_amount_estimated,
        coalesce(greatest(
            CASE WHEN l.last_followup_on <= $as_of THEN l.last_followup_on END, c.last_day,
            CASE WHEN l.first_followup_on <= $as_of THEN l.first_followup_on END
        ), l.first_contact_on) AS last_contact_on,
        coalesce(c.followup_count, 0) AS followup_count,
        CASE WHEN l.stage IN ('{WON}', '{LOST}') THEN p.closed_on
            WHEN m.stage_order = 1 AND r.reached_order = 1 AND l.first_contact_on IS NOT NULL THEN l.first_contact_on
            ELSE coalesce(p.logged_on, p.shown_on) END AS stage_entered_on,
        CASE WHEN l.stage IN ('{WON}', '{LOST}') THEN p.own_on IS NULL AND p.logged_on IS NULL
            WHEN m.stage_order = 1 AND r.reached_order = 1 AND l.first_contact_on IS NOT NULL THEN false
            ELSE p.logged_on IS NULL END AS stage_entered_inferred,
        CASE WHEN l.stage = '{WON}' THEN CASE WHEN p.was_shown THEN p.shown_owner ELSE l.owner END END AS won_owner,
        CASE WHEN l.stage = '{WON}' THEN CASE WHEN p.was_shown THEN p.shown_team ELSE l.team END END AS won_team,
        c.median_gap, l.import_id, l.file, l.sheet, l.row
    FROM _leads l JOIN _present p USING (customer_id) JOIN _reached r USING (customer_id)
    LEFT JOIN _model m ON m.stage = l.stage LEFT JOIN _contacts c USING (customer_id)"""
"""``_deals``: all of ``leads`` but the tier."""


def norms_sql(settings: Settings) -> str:
    """Return ``norms``, one row: mean, median (currency) and number of won amounts, and the top quarter's lower bound of open expected amounts."""
    return f"""
    SELECT avg(deal_amount) FILTER (is_won)::DOUBLE AS won_mean_amount, median(deal_amount) FILTER (is_won)::DOUBLE AS won_median_amount,
        count(deal_amount) FILTER (is_won) AS won_n,
        quantile_cont(expected_amount::DOUBLE, {float(settings.tiers.high_value_quantile)}) FILTER (is_open) AS open_amount_q3
    FROM _deals"""


def leads_sql(settings: Settings) -> str:
    """Return ``leads``: the deals with their tier (PRODUCT §5, the first rule that matches)."""
    rules, silence = settings.tiers, "($as_of - d.last_contact_on)"
    opportunity = settings.stages.order("opportunity")
    far = f"d.stage_order >= {opportunity} OR " if opportunity is not None else ""
    return f"""
    SELECT d.* EXCLUDE (median_gap, import_id, file, sheet, row), CASE
        WHEN d.is_lost THEN NULL
        WHEN {silence} >= {int(settings.alerts.silent_days)} THEN 'churn-risk'
        WHEN d.followup_count >= {int(rules.silent_gap_min_followups)} AND {silence} > {float(rules.silent_gap_multiple)} * d.median_gap THEN 'churn-risk'
        WHEN d.is_won THEN 'stable'
        WHEN ({far}upper(trim(d.grade)) = 'A') AND d.expected_amount >= n.open_amount_q3 THEN 'high-value'
        ELSE 'nurture' END AS tier, d.import_id, d.file, d.sheet, d.row
    FROM _deals d CROSS JOIN norms n"""
