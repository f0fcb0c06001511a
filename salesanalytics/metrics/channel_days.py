"""Channel costs spread over their days up to the as-of date, beside what each channel brought on each day.

A day of a channel is paid for by the shortest period that covers it: a month's line breaks a quarter's down and is not added to it. Unlike a target, no line is
preferred for being the asked period, so that the costs of any parts add up to those of the whole. Days to come have neither cost nor leads. A day's part is a
decimal, so that the days of a whole period add up to its cost again to the cent.
"""

from __future__ import annotations

from salesanalytics.metrics.metric import Asked, Source


def _build(asked: Asked) -> str:
    return """(
    WITH daily AS (
        SELECT source, period, cost, file, sheet, "row", period_end - period_start + 1 AS days,
            CAST(unnest(generate_series(period_start, least(period_end, {as_of}), INTERVAL 1 DAY)) AS DATE) AS day
        FROM channel_costs
        WHERE cost IS NOT NULL AND source IS NOT NULL AND period_start <= {as_of} AND period_end >= period_start),
    nearest AS (
        SELECT *, row_number() OVER (PARTITION BY source, day ORDER BY days, period) AS place FROM daily),
    spent AS (
        SELECT source, day, period, CAST(CAST(cost AS DOUBLE) / days AS DECIMAL(38, 18)) AS cost, file, sheet, "row"
        FROM nearest WHERE place = 1),
    brought AS (
        SELECT 'lead' AS event, first_contact_on AS day, * FROM leads
        UNION ALL
        SELECT 'won', won_on, * FROM leads WHERE is_won)
    SELECT 'cost' AS event, day AS counted_on, source, period, cost, 0 AS customers, CAST(0 AS DECIMAL(18, 2)) AS deal_amount,
        TRUE AS costed, CAST(NULL AS VARCHAR) AS customer_id, CAST(NULL AS VARCHAR) AS customer_name,
        CAST(NULL AS VARCHAR) AS owner, CAST(NULL AS VARCHAR) AS stage, file, sheet, "row"
    FROM spent
    UNION ALL
    SELECT b.event, b.day, b.source, NULL, 0, 1, CASE WHEN b.event = 'won' THEN b.deal_amount END,
        s.day IS NOT NULL, b.customer_id, b.customer_name, b.owner, b.stage, b.file, b.sheet, b."row"
    FROM brought AS b LEFT JOIN spent AS s ON s.source = b.source AND s.day = b.day)"""


_FOLDED = """SELECT event, source, period, customer_id, customer_name, owner, stage, file, sheet, "row", costed, min(counted_on) AS counted_on,
    sum(cost) AS cost, sum(deal_amount) AS deal_amount, max(customers) AS customers
    FROM {source} AS r WHERE {where}
    GROUP BY event, source, period, customer_id, customer_name, owner, stage, file, sheet, "row", costed"""

CHANNEL_DAYS = Source(
    "channel_days",
    _build,
    lead_columns=False,
    dims={"source": "r.source"},
    amount="CASE WHEN r.event = 'cost' THEN r.cost ELSE r.deal_amount END",
    folded=_FOLDED,
    customers=True,
    label="CASE WHEN r.event = 'cost' THEN concat_ws(' · ', r.source, r.period) END",
)
"""One row a channel and paid day (event ``cost``), one a lead on the day of first contact, one a won customer on the day of winning."""
