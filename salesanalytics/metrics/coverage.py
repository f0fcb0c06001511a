"""Coverage: whether the open deals due in a period are enough for what its target still lacks, and how many times over they have to be."""

from salesanalytics.metrics.metric import Aggregate, Metric
from salesanalytics.metrics.sources import LEADS
from salesanalytics.metrics.target_days import TARGET_DAYS
from salesanalytics.metrics.targets import TARGET_DAYS_SAID
from salesanalytics.metrics.types import Good, Unit
from salesanalytics.metrics.velocity import CLOSED_OF_LATE, CREDITED

FAMILY = "pipeline"

METRICS = (
    Metric(
        "open_due_amount",
        FAMILY,
        Unit.MONEY,
        Good.UP,
        LEADS,
        date="r.expected_close_on",
        belongs="r.is_open",
        used="r.expected_amount IS NOT NULL",
        left_out_as={"no-expected-amount": "r.expected_amount IS NULL"},
        aggregate=Aggregate.SUM,
        numerator="r.expected_amount",
        default_period="this-quarter",
    ),
    Metric(
        "coverage",
        FAMILY,
        Unit.NUMBER,
        Good.UP,
        TARGET_DAYS,
        date="r.day",
        default_period="this-quarter",
        ratio_of=("open_due_amount", "target_amount"),
        below_less="sales_amount",
        options=(TARGET_DAYS_SAID,),
        inputs=("open_due_amount", "target_amount", "sales_amount"),
    ),
    Metric(
        "coverage_needed",
        FAMILY,
        Unit.NUMBER,
        Good.DOWN,
        LEADS,
        # of the deals closed of late, as of a day: what a plan for the period reckons with before any of its own deals is closed
        stock=True,
        belongs=f"(r.is_won OR r.is_lost) AND {CLOSED_OF_LATE}",
        aggregate=Aggregate.RATIO,
        denominator="CASE WHEN r.is_won THEN 1 ELSE 0 END",
        dims=CREDITED,
        sample=30,
    ),
)
