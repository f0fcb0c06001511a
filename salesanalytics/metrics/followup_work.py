"""Follow-up work: how much of it, how much a customer and week, how much of it effective."""

from salesanalytics.metrics.followup_sources import FOLLOWUPS, OPEN_WEEKS
from salesanalytics.metrics.metric import Aggregate, Metric
from salesanalytics.metrics.types import Good, Unit

FAMILY = "followup"

METRICS = (
    Metric("followups", FAMILY, Unit.COUNT, Good.UP, FOLLOWUPS, date="r.followed_up_on"),
    Metric(
        "followups_per_week",
        FAMILY,
        Unit.NUMBER,
        Good.UP,
        OPEN_WEEKS,
        date="r.happened_on",
        # the same customers above and below the line: a call after winning belongs to no open week
        used="r.while_open",
        left_out_as={"no-log": "r.followups_made = 0", "not-open-then": "NOT r.while_open"},
        aggregate=Aggregate.RATIO,
        # times seven over days and not over sevenths of them, so that three a week is three exactly
        numerator="7 * r.followups_made",
        denominator="r.open_days",
        distinct="r.customer_id",
    ),
    Metric(
        "effective_share",
        FAMILY,
        Unit.SHARE,
        Good.UP,
        FOLLOWUPS,
        date="r.followed_up_on",
        used="r.effective IS NOT NULL",
        left_out_as={"not-said": "r.effective IS NULL"},
        aggregate=Aggregate.RATIO,
        numerator="CASE WHEN r.effective THEN 1 ELSE 0 END",
    ),
)
