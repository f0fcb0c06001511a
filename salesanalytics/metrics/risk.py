"""Risk: the open deals about to be lost, what they are worth, and how many customers carry each flag."""

from salesanalytics.metrics.flag_rules import AT_RISK, FLAG_RULES
from salesanalytics.metrics.metric import Aggregate, Metric
from salesanalytics.metrics.sources import RISKS
from salesanalytics.metrics.types import Good, Unit

FAMILY = "risk"

METRICS = (
    Metric("risk_customers", FAMILY, Unit.COUNT, Good.DOWN, RISKS, stock=True, belongs=AT_RISK),
    Metric(
        "risk_amount",
        FAMILY,
        Unit.MONEY,
        Good.DOWN,
        RISKS,
        stock=True,
        belongs=AT_RISK,
        used="r.expected_amount IS NOT NULL",
        left_out_as={"no-expected-amount": "r.expected_amount IS NULL"},
        aggregate=Aggregate.SUM,
        numerator="r.expected_amount",
    ),
    *(
        Metric(
            f"flagged_{rule.kind.replace('-', '_')}",
            FAMILY,
            Unit.COUNT,
            Good.DOWN,
            RISKS,
            stock=True,
            belongs=f"({rule.condition})",
        )
        for rule in FLAG_RULES
    ),
)
