"""The queries behind the stage funnel: one row a customer and observed stage they passed, counted in three ways."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from salesanalytics.metrics.conditions import Fragment, where
from salesanalytics.metrics.dimensions import Dimension, expression
from salesanalytics.metrics.families import METRICS
from salesanalytics.metrics.types import Filters

Mode = Literal["cohort", "flow", "snapshot"]
Part = Literal["customers", "advanced", "lost", "still", "behind"]
"""Whom a number of a stage counts: all in it, those who went beyond, were lost from it, are still in it, or one of the last two."""

PARTS: Mapping[str, str] = {
    "customers": "{counts}",
    "advanced": "furthest > step_order AND {advanced}",
    "lost": "is_lost AND furthest = step_order AND {lost}",
    "still": "is_open AND furthest = step_order",
    "behind": "furthest = step_order AND (is_open OR is_lost AND {lost})",
}
"""The conditions over a customer's row of a stage, one place for the counts and for the rows behind them."""

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
        count(CASE WHEN {part_advanced} THEN 1 END) AS advanced,
        count(CASE WHEN {part_lost} THEN 1 END) AS lost,
        count(CASE WHEN {part_still} THEN 1 END) AS still,
        sum(CASE WHEN {part_behind} THEN expected_amount END) AS behind_amount,
        count(CASE WHEN {part_behind} AND expected_amount IS NULL THEN 1 END) AS behind_without_amount,
        count(CASE WHEN reached_unknown AND step_order = 1 THEN 1 END) AS from_unknown
    FROM passed GROUP BY 1, 2, 3"""

_GONE = "CASE WHEN furthest > step_order THEN left_on WHEN is_lost THEN lost_on END AS gone_on, (furthest > step_order OR is_lost) AS gone"
_ENDS_HERE = "(is_won AND furthest = step_order)"
"""Being won is an end and no stay."""

_STAYS = (
    f"""
    , stays AS (
        SELECT grp, step, entered_on, {_GONE}
        FROM passed WHERE entered_on IS NOT NULL AND NOT entry_inferred AND NOT {_ENDS_HERE})"""
    + """
    SELECT grp, step, coalesce(gone_on, {as_of}) - entered_on AS days, gone, count(*) AS customers
    FROM stays
    WHERE (gone_on IS NOT NULL OR NOT gone) AND coalesce(gone_on, {as_of}) >= entered_on
    GROUP BY 1, 2, 3, 4"""
)

_STAY_ROWS = f"""
    , stays AS (SELECT *, {_GONE} FROM passed WHERE step = {{step}} AND NOT {_ENDS_HERE}),
    told AS (SELECT *, coalesce(gone_on, {{as_of}}) - entered_on AS days,
        CASE WHEN entered_on IS NULL OR entry_inferred THEN 'entry-undated'
            WHEN gone AND gone_on IS NULL THEN 'leaving-undated'
            WHEN coalesce(gone_on, {{as_of}}) < entered_on THEN 'left-before-entry' END AS reason FROM stays)
    SELECT customer_id, customer_name AS name, nullif(owner, '') AS owner, nullif(team, '') AS team, stage,
        entered_on AS "on", CAST(NULL AS DOUBLE) AS amount, file, sheet, "row", CAST(NULL AS BOOLEAN) AS hit, reason,
        reason IS NULL AS counted, CASE WHEN reason IS NULL THEN CAST(days AS DOUBLE) END AS numerator,
        CAST(NULL AS DOUBLE) AS denominator, CASE WHEN reason IS NULL THEN gone END AS ended
    FROM told ORDER BY numerator DESC NULLS LAST, customer_id"""

_REASONS = """
    SELECT grp, step, lost_reason, count(*) AS customers FROM passed
    WHERE lost_reason IS NOT NULL AND {part_lost}
    GROUP BY 1, 2, 3"""

_ROWS = """
    SELECT customer_id, customer_name AS name, nullif(owner, '') AS owner, nullif(team, '') AS team, stage,
        first_contact_on AS "on", CASE WHEN is_won THEN deal_amount ELSE expected_amount END AS amount,
        file, sheet, "row", {part_advanced} AS advanced, lost_reason
    FROM passed WHERE step = {step} AND {asked}
    ORDER BY amount DESC NULLS LAST, customer_id"""


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


def _fragments(mode: Mode, filters: Filters, by: Dimension | None) -> dict[str, Fragment]:
    """Return what the templates name.

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
    return fragments | {f"part_{name}": _fill(condition, fragments, {}) for name, condition in PARTS.items()}


def funnel_queries(
    mode: Mode, filters: Filters, by: Dimension | None, fixed: Mapping[str, str]
) -> tuple[Fragment, Fragment, Fragment]:
    """Return the queries for counts, stays and lost reasons, each with its bound values."""
    fragments = _fragments(mode, filters, by)
    steps = _fill(_STEPS, fragments, fixed)
    return (
        _joined(steps, _fill(_COUNTS, fragments, fixed)),
        _joined(steps, _fill(_STAYS, fragments, fixed)),
        _joined(steps, _fill(_REASONS, fragments, fixed)),
    )


def rows_query(mode: Mode, filters: Filters, stage: str, part: Part, fixed: Mapping[str, str]) -> Fragment:
    """Return the query for the customers behind one number of a stage."""
    fragments = _fragments(mode, filters, None)
    fragments |= {"step": ("?", [stage]), "asked": fragments[f"part_{part}"]}
    return _joined(_fill(_STEPS, fragments, fixed), _fill(_ROWS, fragments, fixed))


def stay_rows_query(mode: Mode, filters: Filters, stage: str, fixed: Mapping[str, str]) -> Fragment:
    """Return the query for the stays behind the dwell of a stage, those that cannot be measured among them."""
    fragments = _fragments(mode, filters, None)
    return _joined(_fill(_STEPS, fragments, fixed), _fill(_STAY_ROWS, fragments | {"step": ("?", [stage])}, fixed))
