"""Losses: how many customers were lost, and why, by the reasons people wrote down."""

from salesanalytics.metrics.lost_reasons import REASONS_SQL
from salesanalytics.metrics.metric import Asked, Metric, Source
from salesanalytics.metrics.types import Good, Unit

FAMILY = "losses"


def _build(asked: Asked) -> str:
    if "lost_reason" not in asked.dims:
        return "leads"
    return f"""(
    SELECT l.*, n.reason AS one_reason FROM leads AS l LEFT JOIN ({REASONS_SQL}) AS n ON n.customer_id = l.customer_id)"""


LOST = Source("lost", _build, dims={"lost_reason": "r.one_reason"})
"""Customers; asked by lost reason, one row a customer and reason: a customer with two reasons stands in both, and in the whole once."""

METRICS = (
    Metric(
        "lost_customers",
        FAMILY,
        Unit.COUNT,
        Good.DOWN,
        LOST,
        date="r.lost_on",
        belongs="r.is_lost",
        distinct="r.customer_id",
    ),
)
