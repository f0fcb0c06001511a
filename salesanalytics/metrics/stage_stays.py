"""Stays: how many a stage keeps, and how long customers stay in it. Cut by stage, each value stands on the stage it names."""

from salesanalytics.metrics.metric import Aggregate, Metric
from salesanalytics.metrics.stay_source import STAYS
from salesanalytics.metrics.types import Good, Unit

FAMILY = "stays"
# a date filled in for a skipped stage says when they had passed it, not when they came
_MEASURED = "r.entered_on IS NOT NULL AND NOT r.entry_inferred AND r.stay_days >= 0"
_UNMEASURED = {
    "entry-undated": "r.entered_on IS NULL OR r.entry_inferred",
    "leaving-undated": "r.stay_days IS NULL",
    "left-before-entry": "r.stay_days < 0",
}

METRICS = (
    Metric(
        "stage_retention",
        FAMILY,
        Unit.SHARE,
        Good.UP,
        STAYS,
        date="r.entered_on",
        aggregate=Aggregate.RATIO,
        numerator="CASE WHEN r.lost_here THEN 0 ELSE 1 END",
        uncertain="r.reached_unknown AND r.step_order = {first_order}",
    ),
    Metric(
        "stage_dwell_median",
        FAMILY,
        Unit.DAYS,
        Good.DOWN,
        STAYS,
        date="r.entered_on",
        used=_MEASURED,
        left_out_as=_UNMEASURED,
        aggregate=Aggregate.SURVIVAL,
        numerator="r.stay_days",
        ended="r.has_left",
    ),
    Metric(
        "stage_dwell_mean",
        FAMILY,
        Unit.DAYS,
        Good.DOWN,
        STAYS,
        date="r.entered_on",
        belongs="r.has_left",
        used=_MEASURED,
        left_out_as=_UNMEASURED,
        aggregate=Aggregate.RATIO,
        numerator="r.stay_days",
    ),
)
