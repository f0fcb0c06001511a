"""Core customers: the fewest won customers whose deals together make up the set share of sales, and how few of all they are.

Each cut has a core of its own (the core of a team, of a month), so these figures do not add up to those of the whole.
"""

from salesanalytics.metrics.metric import Aggregate, Metric
from salesanalytics.metrics.sources import LEADS
from salesanalytics.metrics.types import Good, Unit

FAMILY = "results"
_CORE = "CASE WHEN r.larger_amount < {core_share} * r.whole_amount THEN 1 ELSE 0 END"
_WITHIN = {
    # what the larger deals of the same cell add up to: while that is short of the share, this one is still needed
    "larger_amount": """coalesce(sum(r.deal_amount) OVER ({cell} ORDER BY r.deal_amount DESC NULLS LAST, r.customer_id
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)""",
    "whole_amount": "sum(r.deal_amount) OVER ({cell})",
}


def _core(name: str, unit: Unit, aggregate: Aggregate, distinct: str | None = None) -> Metric:
    return Metric(
        name,
        FAMILY,
        unit,
        Good.NEITHER,
        LEADS,
        date="r.won_on",
        belongs="r.is_won",
        used="r.deal_amount IS NOT NULL",
        left_out_as={"no-amount": "r.deal_amount IS NULL"},
        aggregate=aggregate,
        numerator=_CORE,
        # not a sample out of something larger, so no Wilson interval
        distinct=distinct,
        dims={"owner": "r.won_owner", "team": "r.won_team"},
        within=_WITHIN,
    )


METRICS = (
    _core("core_customers", Unit.COUNT, Aggregate.SUM),
    _core("core_customer_share", Unit.SHARE, Aggregate.RATIO, "r.customer_id"),
)
