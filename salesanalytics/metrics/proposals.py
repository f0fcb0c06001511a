"""Proposals: whether they are handed in by the day they were promised for."""

from salesanalytics.metrics.metric import Aggregate, Metric
from salesanalytics.metrics.sources import LEADS
from salesanalytics.metrics.types import Good, Unit

FAMILY = "followup"

METRICS = (
    Metric(
        "proposals_on_time",
        FAMILY,
        Unit.SHARE,
        Good.UP,
        LEADS,
        date="r.proposal_due_on",
        belongs="r.proposal_due_on IS NOT NULL",
        # not due yet: nothing is known, even of one that is in already, or the early would flatter
        used="r.proposal_due_on <= {as_of}",
        left_out_as={"not-due": "r.proposal_due_on > {as_of}"},
        aggregate=Aggregate.RATIO,
        numerator="CASE WHEN r.proposal_submitted_on <= r.proposal_due_on THEN 1 ELSE 0 END",
    ),
)
