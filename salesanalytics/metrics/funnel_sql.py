"""The queries behind the stage funnel: one row a customer and observed stage they passed, counted in three ways."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from salesanalytics.metrics.conditions import Fragment, where
from salesanalytics.metrics.dimensions import Dimension, expression
from salesanalytics.metrics.families import METRICS
from salesanalytics.metrics.types import Filters

Mode = Literal["cohort", "flow", "snapshot"]

_STEPS = """
    WITH chosen AS (SELECT r.*, {group} AS grp FROM leads AS r WHERE {where}),
    passed AS (
        SELECT c.*, d.stage AS step, d.stage_order AS step_order, s.first_entered_on AS entered_on,
            s.inferred AS entry_inferred,
            min(s.first_entered_on) OVER (PARTITION BY s.customer_id ORDER BY d.stage_order
                ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS left_on,
            max(d.stage_order) OVER (PARTITION BY s.customer_id) AS furthest
        FROM stage_reach AS s JOIN stages AS d ON d.stage = s.stage AND d.observed
        JOIN chosen AS c ON c.customer_id = s.customer_id)"""

_COUNTS = """
    SELECT grp, step, step_order,
        count(CASE WHEN {counts} THEN 1 END) AS customers,
        sum(CASE WHEN {counts} THEN CASE WHEN is_won THEN deal_amount ELSE expected_amount END END) AS amount,
        count(CASE WHEN {counts} AND CASE WHEN is_won THEN deal_amount ELSE expected_amount END IS NULL THEN 1 END)
            AS without_amount,
        count(CASE WHEN furthest > step_order AND {advanced} THEN 1 END) AS advanced,
        count(CASE WHEN is_lost AND furthest = step_order AND {lost} THEN 1 END) AS lost,
        count(CASE WHEN is_open AND furthest = step_order THEN 1 END) AS still,
        count(CASE WHEN reached_unknown AND step_order = 1 THEN 1 END) AS from_unknown
    FROM passed GROUP BY 1, 2, 3"""

_STAYS = """
    , stays AS (
        SELECT grp, step, entered_on,
            CASE WHEN furthest > step_order THEN left_on WHEN is_lost THEN lost_on END AS gone_on,
            (furthest > step_order OR is_lost) AS gone
        FROM passed
        WHERE entered_on IS NOT NULL AND NOT entry_inferred AND NOT (is_won AND furthest = step_order))
    SELECT grp, step, coalesce(gone_on, {as_of}) - entered_on AS days, gone, count(*) AS customers
    FROM stays
    WHERE (gone_on IS NOT NULL OR NOT gone) AND coalesce(gone_on, {as_of}) >= entered_on
    GROUP BY 1, 2, 3, 4"""

_REASONS = """
    SELECT grp, step, lost_reason, count(*) AS customers FROM passed
    WHERE is_lost AND furthest = step_order AND lost_reason IS NOT NULL AND {lost}
    GROUP BY 1, 2, 3"""


def _within(column: str, filters: Filters) -> Fragment:
    parts, params = [], list[Any]()
    for sign, day in ((">=", filters.start), ("<=", filters.end)):
        if day is not None:
            parts.append(f"{column} {sign} ?")
            params.append(day)
    return " AND ".join(parts) or "TRUE", params


def _fill(template: str, fragments: Mapping[str, Fragment], fixed: Mapping[str, str]) -> Fragment:
    """Put fragments where the template names them, their values bound in the order of the text."""
    sql, params, rest = "", list[Any](), template
    while "{" in rest:
        before, _, rest = rest.partition("{")
        name, _, rest = rest.partition("}")
        part, bound = fragments[name] if name in fragments else (fixed[name], [])
        sql += before + part
        params += bound
    return sql + rest, params


def _joined(first: Fragment, second: Fragment) -> Fragment:
    return first[0] + second[0], [*first[1], *second[1]]


def funnel_queries(
    mode: Mode, filters: Filters, by: Dimension | None, fixed: Mapping[str, str]
) -> tuple[Fragment, Fragment, Fragment]:
    """Return the queries for counts, stays and lost reasons, each with its bound values.

    The cohort is everyone with first contact in the period; flow counts what happened in the period, to whomever; a snapshot ignores it.
    """
    leads = METRICS["leads"]
    limits = where(leads, filters if mode == "cohort" else Filters(filters.where))
    group = expression(leads, by) if by else ("CAST(NULL AS VARCHAR)", [])
    if limits is None or group is None:
        raise ValueError("every customer has every dimension")
    always: Fragment = ("TRUE", [])
    flow = mode == "flow"
    fragments: dict[str, Fragment] = {
        "group": group,
        "where": limits,
        "counts": {"cohort": always, "flow": _within("entered_on", filters), "snapshot": ("stage = step", [])}[mode],
        "advanced": _within("left_on", filters) if flow else always,
        "lost": _within("lost_on", filters) if flow else always,
    }
    steps = _fill(_STEPS, fragments, fixed)
    return (
        _joined(steps, _fill(_COUNTS, fragments, fixed)),
        _joined(steps, _fill(_STAYS, fragments, fixed)),
        _joined(steps, _fill(_REASONS, fragments, fixed)),
    )
