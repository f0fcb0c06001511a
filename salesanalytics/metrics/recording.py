"""Recording: how long after a follow-up it is written down, and how much of it too late to be remembered well."""

from salesanalytics.metrics.followup_sources import FOLLOWUPS
from salesanalytics.metrics.metric import Aggregate, Metric
from salesanalytics.metrics.types import Good, Unit

FAMILY = "followup"
_TIMED = "r.recording_days IS NOT NULL"
_UNTIMED = {"recording-undated": "r.recording_days IS NULL"}

METRICS = (
    Metric(
        "recording_delay",
        FAMILY,
        Unit.DAYS,
        Good.DOWN,
        FOLLOWUPS,
        date="r.followed_up_on",
        used=_TIMED,
        left_out_as=_UNTIMED,
        aggregate=Aggregate.MEDIAN,
        numerator="r.recording_days",
    ),
    Metric(
        "late_recorded_share",
        FAMILY,
        Unit.SHARE,
        Good.DOWN,
        FOLLOWUPS,
        date="r.followed_up_on",
        used=_TIMED,
        left_out_as=_UNTIMED,
        aggregate=Aggregate.RATIO,
        numerator="CASE WHEN r.recording_days > {late_recorded_days} THEN 1 ELSE 0 END",
    ),
)
