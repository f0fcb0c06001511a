"""Targets spread over their days, so that any period, and any cut by time, takes its share by days.

A cascade company → team → person holds the same money several times. A question is answered from the coarsest level that can tell its parts apart, and
each part from the shortest period that covers the day: the month's own target before a twelfth of the year's. A target of exactly
the asked period comes first of all. A day's part is a decimal, so that the days of a whole target add up to it again to the cent.
"""

from __future__ import annotations

from salesanalytics.metrics.metric import Asked, Source

_TARGET_DIMS = ("team", "owner", "region")


def _exact(asked: Asked) -> str:
    if asked.grain:
        bucket = f"CAST(date_trunc('{asked.grain}', day) AS DATE)"
        after = f"CAST(date_trunc('{asked.grain}', day) + INTERVAL 1 {asked.grain} AS DATE)"
        return f"(period_start = {bucket} AND period_end + 1 = {after})"
    if asked.start and asked.end:
        return f"(period_start = DATE '{asked.start.isoformat()}' AND period_end = DATE '{asked.end.isoformat()}')"
    return "FALSE"


_CALENDAR = "SELECT *, 1 AS part, days AS parts FROM daily"
_WORKING = """
        SELECT * EXCLUDE (worked, worked_days),
            CASE WHEN worked_days = 0 THEN 1 ELSE worked END AS part,
            CASE WHEN worked_days = 0 THEN days ELSE worked_days END AS parts
        FROM (
            SELECT *, sum(worked) OVER (PARTITION BY line) AS worked_days
            FROM (SELECT *, CASE WHEN {working_day} THEN 1 ELSE 0 END AS worked FROM daily) AS d) AS d"""
"""A line spread over its working days; over all of its days where none is worked."""


def _spread(asked: Asked, weighed: str, said: str) -> str:
    told_apart = [dim for dim in _TARGET_DIMS if dim in asked.dims]
    can_tell = " AND ".join(f"{dim} IS NOT NULL" for dim in told_apart) or "TRUE"
    part = ", ".join(["day", *told_apart])
    return f"""(
    WITH team_of AS (
        SELECT owner, max(team) AS team FROM leads
        WHERE owner IS NOT NULL AND team IS NOT NULL GROUP BY owner HAVING count(DISTINCT team) = 1),
    dated AS (
        SELECT t.period, t.owner, t.region, coalesce(t.team, m.team) AS team, t.period_start, t.period_end,
            t.target_amount, t.target_customers, t.target_collected, t.file, t.sheet, t."row",
            t.period_end - t.period_start + 1 AS days, row_number() OVER () AS line,
            CASE WHEN t.team IS NULL AND t.owner IS NULL AND t.region IS NULL THEN 0
                WHEN t.region IS NULL THEN 1 ELSE 2 END AS tree,
            CASE WHEN t.owner IS NULL THEN 0 ELSE 1 END AS depth
        FROM targets AS t LEFT JOIN team_of AS m ON m.owner = t.owner WHERE t.{said} IS NOT NULL),
    daily AS (
        SELECT *, CAST(unnest(generate_series(period_start, period_end, INTERVAL 1 DAY)) AS DATE) AS day FROM dated),
    weighed AS ({weighed}),
    nearest AS (
        SELECT *, rank() OVER (PARTITION BY day, team, owner, region
            ORDER BY CASE WHEN {_exact(asked)} THEN 0 ELSE 1 END, days) AS period_rank
        FROM weighed WHERE {can_tell}),
    one_tree AS (
        SELECT *, rank() OVER (PARTITION BY {part} ORDER BY tree) AS tree_rank FROM nearest WHERE period_rank = 1),
    one_depth AS (
        SELECT *, rank() OVER (PARTITION BY {part}, team ORDER BY depth) AS depth_rank FROM one_tree WHERE tree_rank = 1)
    SELECT day, period, team, owner, region, file, sheet, "row",
        CAST(CAST(target_amount AS DOUBLE) * part / parts AS DECIMAL(38, 18)) AS day_amount,
        CAST(CAST(target_customers AS DOUBLE) * part / parts AS DECIMAL(38, 18)) AS day_customers,
        CAST(CAST(target_collected AS DOUBLE) * part / parts AS DECIMAL(38, 18)) AS day_collected
    FROM one_depth WHERE depth_rank = 1)"""


_FOLDED = """SELECT period, team, owner, region, file, sheet, "row", min(day) AS day, sum(day_amount) AS day_amount,
    sum(day_customers) AS day_customers, sum(day_collected) AS day_collected
    FROM {source} AS r WHERE {where} GROUP BY period, team, owner, region, file, sheet, "row\""""


def target_days(said: str, *, working: bool = False) -> Source:
    """Return one row a target and day, at the level the question needs, of the lines that say a figure (``said``, a column of the targets table).

    A line whose cell is empty is no target of that figure: it hides neither a longer period's nor the parts' own. ``working``: nothing on days that
    are not worked.
    """
    return Source(
        f"{said}_{'working_' if working else ''}days",
        lambda asked: _spread(asked, _WORKING if working else _CALENDAR, said),
        lead_columns=False,
        dims={"team": "r.team", "owner": "r.owner", "region": "r.region"},
        amount="r.day_amount",
        folded=_FOLDED,
        label="concat_ws(' · ', r.period, r.region, r.team)",
    )


TARGET_DAYS = target_days("target_amount")
"""The days of the sales target."""
