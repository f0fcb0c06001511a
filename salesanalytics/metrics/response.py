"""First response: how long a new customer waits for the first follow-up, and how many are answered within the limit."""

from salesanalytics.metrics.metric import Aggregate, Metric
from salesanalytics.metrics.response_source import RESPONSES
from salesanalytics.metrics.types import Good, Unit

FAMILY = "followup"
_WAITING = {"undated": "r.start_at IS NULL", "unanswered": "r.answered_at IS NULL"}

METRICS = (
    Metric(
        "first_response",
        FAMILY,
        Unit.DAYS,
        Good.DOWN,
        RESPONSES,
        date="r.first_contact_on",
        # who still waits has no response time yet: left out, and counted beside it
        used="r.response_days IS NOT NULL",
        left_out_as=_WAITING,
        aggregate=Aggregate.MEDIAN,
        numerator="r.response_days",
    ),
    Metric(
        "first_response_on_time",
        FAMILY,
        Unit.SHARE,
        Good.UP,
        RESPONSES,
        date="r.first_contact_on",
        # unanswered within the limit is not known yet, unanswered beyond it is late
        used="(r.response_days IS NOT NULL OR r.limit_passed)",
        left_out_as={"not-due": "NOT r.limit_passed AND r.start_at IS NOT NULL AND r.answered_at IS NULL", **_WAITING},
        aggregate=Aggregate.RATIO,
        numerator="CASE WHEN r.answered_in_time THEN 1 ELSE 0 END",
    ),
)
