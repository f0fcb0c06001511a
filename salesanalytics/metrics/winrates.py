"""Win rates: three different questions, so three names."""

from salesanalytics.metrics.metric import Aggregate, Metric
from salesanalytics.metrics.sources import LEADS, REACHED
from salesanalytics.metrics.types import Good, Unit

FAMILY = "winrates"
_WON = "CASE WHEN r.is_won THEN 1 ELSE 0 END"

METRICS = (
    Metric(
        "opportunity_win_rate",
        FAMILY,
        Unit.SHARE,
        Good.UP,
        REACHED,
        date="r.entered_on",
        # lost from an unknown stage: perhaps an opportunity once, so named beside the figure and not dropped in silence
        belongs="(r.step_order = {opportunity_order} OR (r.reached_unknown AND r.step_order = {first_order}))",
        used="r.step_order = {opportunity_order}",
        left_out_as={"stage-unknown": "r.reached_unknown"},
        aggregate=Aggregate.RATIO,
        numerator=_WON,
        uncertain="r.reached_unknown",
        uncertain_widens="denominator",
    ),
    Metric(
        "closed_win_rate",
        FAMILY,
        Unit.SHARE,
        Good.UP,
        LEADS,
        date="CASE WHEN r.is_won THEN r.won_on ELSE r.lost_on END",
        belongs="(r.is_won OR r.is_lost)",
        aggregate=Aggregate.RATIO,
        numerator=_WON,
        # a won deal belongs to who won it, as in sales; a lost one to who has it
        dims={
            "owner": "CASE WHEN r.is_won THEN r.won_owner ELSE r.owner END",
            "team": "CASE WHEN r.is_won THEN r.won_team ELSE r.team END",
        },
    ),
    Metric(
        "win_rate_30d",
        FAMILY,
        Unit.SHARE,
        Good.UP,
        LEADS,
        date="r.first_contact_on",
        # too young or undated: it cannot be known whether they will be won in time
        used="r.first_contact_on IS NOT NULL AND {as_of} - r.first_contact_on >= {win_within_days}",
        left_out_as={
            "undated": "r.first_contact_on IS NULL",
            "too-young": "{as_of} - r.first_contact_on < {win_within_days}",
        },
        aggregate=Aggregate.RATIO,
        numerator="CASE WHEN r.is_won AND r.won_on - r.first_contact_on <= {win_within_days} THEN 1 ELSE 0 END",
    ),
)
