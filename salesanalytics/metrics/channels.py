"""Channels: what a lead source cost, prorated by days, and what a lead, a customer and a yuan of sales cost there.

Cost is compared only with what the same channel brought on days whose cost is given: were leads of a month still unbooked counted, every
channel would look cheaper than it is. The rest is ``left_out``. A cost is cut by source and time alone, for nobody says whose it was.
"""

from salesanalytics.metrics.channel_days import CHANNEL_DAYS
from salesanalytics.metrics.metric import Aggregate, Metric, Source
from salesanalytics.metrics.types import Good, Unit

FAMILY = "channels"
_COST = "CAST(r.cost AS DOUBLE)"
_SPENT = "r.event = 'cost'"
_AMOUNT = "r.deal_amount IS NOT NULL"
_NO_AMOUNT = "r.deal_amount IS NULL"


def _against_cost(name: str, unit: Unit, good: Good, event: str, numerator: str, denominator: str, used: str) -> Metric:
    return Metric(
        name,
        FAMILY,
        unit,
        good,
        CHANNEL_DAYS,
        date="r.counted_on",
        belongs=f"r.event IN ('cost', '{event}')",
        used=f"r.costed AND ({_SPENT} OR {used})",
        left_out_as={"no-cost": "NOT r.costed", "no-amount": _NO_AMOUNT},
        aggregate=Aggregate.RATIO,
        numerator=numerator,
        denominator=denominator,
        distinct="r.customer_id",
    )


FOLLOWED = Source(
    "followed",
    lambda asked: (
        """(
    SELECT l.*, (SELECT count(*) FROM followups) > 0 AS logged FROM leads AS l)"""
    ),
)
"""Customers, and whether there is a log at all: without one, no follow-up is not none."""

METRICS = (
    Metric(
        "channel_cost",
        FAMILY,
        Unit.MONEY,
        Good.NEITHER,
        CHANNEL_DAYS,
        date="r.counted_on",
        belongs=_SPENT,
        aggregate=Aggregate.SUM,
        numerator="r.cost",
        distinct="concat_ws('/', r.source, r.period)",
        zero_when_empty=False,
    ),
    _against_cost("cost_per_lead", Unit.MONEY, Good.DOWN, "lead", _COST, "r.customers", "TRUE"),
    _against_cost("cost_per_won", Unit.MONEY, Good.DOWN, "won", _COST, "r.customers", "TRUE"),
    _against_cost("return_on_cost", Unit.NUMBER, Good.UP, "won", "r.deal_amount", _COST, _AMOUNT),
    Metric(
        "followups_per_won",
        FAMILY,
        Unit.NUMBER,
        Good.DOWN,
        FOLLOWED,
        date="r.first_contact_on",
        used="r.logged",
        left_out_as={"no-log": "NOT r.logged"},
        aggregate=Aggregate.RATIO,
        numerator="r.followup_count",
        denominator="CASE WHEN r.is_won THEN 1 ELSE 0 END",
    ),
)
