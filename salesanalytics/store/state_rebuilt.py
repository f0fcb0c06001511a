"""Leads before their first import: who was already there at D, and in which stage, as far as the rows' own dates tell."""

from __future__ import annotations

from salesanalytics.stages import LOST, WON

_NOT_YET = ("last_followup_on", "first_followup_on", "delivered_on", "proposal_submitted_on", "assigned_at")
_OF_LOSING = ("lost_reason", "lost_from_stage", "competitor")

PLACED_SQL = f"""
    WITH entry AS (
        SELECT customer_id, stage_after AS stage, followed_up_at AS entered_at, followup_id AS tie FROM _log WHERE stage_after IS NOT NULL
        UNION ALL
        SELECT customer_id, 'quote', proposal_submitted_on, '' FROM _found
        WHERE proposal_submitted_on IS NOT NULL AND EXISTS (SELECT 1 FROM _model WHERE stage = 'quote')
    ),
    dated AS (
        SELECT *, CASE stage WHEN '{WON}' THEN coalesce(won_on, closed_on) WHEN '{LOST}' THEN coalesce(lost_on, closed_on) END AS own_close
        FROM _found
    ),
    known AS (
        SELECT d.customer_id, d.own_close, d.stage AS stage_then,
            arg_max(e.stage, (e.entered_at, length(e.tie), e.tie)) FILTER (
                e.entered_at::DATE <= $as_of AND NOT (e.stage = d.stage AND coalesce(d.own_close > $as_of, false))
            ) AS last_stage,
            bool_or(e.entered_at::DATE > $as_of) AS moved_later
        FROM dated d LEFT JOIN entry e USING (customer_id) GROUP BY ALL
    ),
    first_log AS (SELECT customer_id, min(followed_up_at)::DATE AS logged_on FROM _log GROUP BY customer_id)
    SELECT f.*, CASE
        WHEN k.own_close <= $as_of THEN f.stage
        WHEN k.last_stage IS NOT NULL THEN k.last_stage
        WHEN k.moved_later THEN first.stage
        WHEN f.stage = '{LOST}' THEN coalesce(f.lost_from_stage, first.stage)
        WHEN f.stage = '{WON}' THEN first.stage
        ELSE f.stage END AS stage_then
    FROM _found f JOIN known k USING (customer_id) LEFT JOIN first_log USING (customer_id)
    CROSS JOIN (SELECT stage FROM _model WHERE stage_order = 1) first
    WHERE coalesce(f.first_contact_on, least(logged_on, k.own_close, f.assigned_at::DATE)) <= $as_of"""
"""The customers known by D with ``stage_then``. A won or lost deal dated after D (or undated) is open again: in its last stage entered by D, else the one
it was lost from, else the first. An open deal keeps its stage unless its log shows that it got there later."""


def rebuilt_leads_sql() -> str:
    """Return the rows of ``_placed`` as they would have stood at D: nothing that happened later is filled in."""
    events = ", ".join(f"CASE WHEN {name}::DATE <= $as_of THEN {name} END AS {name}" for name in _NOT_YET)
    losing = ", ".join(f"CASE WHEN stage_then = '{LOST}' THEN {name} END AS {name}" for name in _OF_LOSING)
    return f"""
    SELECT * EXCLUDE (stage_then) REPLACE (
        stage_then AS stage, {events}, {losing},
        CASE WHEN stage_then = '{WON}' THEN won_on END AS won_on,
        CASE WHEN stage_then = '{LOST}' THEN lost_on END AS lost_on,
        CASE WHEN stage_then IN ('{WON}', '{LOST}') THEN closed_on END AS closed_on,
        CASE WHEN stage_then = '{WON}' THEN actual_amount END AS actual_amount
    ) FROM _placed"""
