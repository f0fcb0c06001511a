"""Stage conversion in its three named modes; cut by stage, each value stands on the stage it names."""

from salesanalytics.metrics.metric import Aggregate, Metric
from salesanalytics.metrics.sources import FLOWS, SNAPSHOT, STEPS
from salesanalytics.metrics.types import Good, Unit

FAMILY = "conversion"

METRICS = (
    Metric(
        "stage_conversion",
        FAMILY,
        Unit.SHARE,
        Good.UP,
        STEPS,
        date="r.entered_on",
        aggregate=Aggregate.RATIO,
        numerator="CASE WHEN r.reached_order > r.step_order THEN 1 ELSE 0 END",
        uncertain="r.reached_unknown AND r.step_order = {first_order}",
    ),
    Metric(
        "stage_conversion_flow",
        FAMILY,
        Unit.NUMBER,  # two different sets of customers: it may pass 1
        Good.UP,
        FLOWS,
        date="r.happened_on",
        aggregate=Aggregate.RATIO,
        numerator="r.went_on",
        denominator="r.came_in",
        distinct="CASE WHEN r.came_in = 1 THEN r.customer_id || '/' || r.step_stage END",
    ),
    Metric(
        "stage_snapshot",
        FAMILY,
        Unit.NUMBER,  # a distribution, not a conversion
        Good.NEITHER,
        SNAPSHOT,
        stock=True,
        aggregate=Aggregate.RATIO,
        numerator="r.here",
        denominator="r.before",
        distinct="CASE WHEN r.before = 1 THEN r.customer_id END",
    ),
)
