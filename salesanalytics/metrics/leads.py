"""Leads: how many, how many of them new, and how many went beyond being a lead."""

from salesanalytics.metrics.metric import Aggregate, Metric
from salesanalytics.metrics.sources import LEADS
from salesanalytics.metrics.types import Good, Unit

FAMILY = "leads"

METRICS = (
    Metric("leads", FAMILY, Unit.COUNT, Good.UP, LEADS, date="r.first_contact_on"),
    Metric("new_leads", FAMILY, Unit.COUNT, Good.UP, LEADS, date="r.first_contact_on", default_period="this-week"),
    Metric(
        "lead_conversion",
        FAMILY,
        Unit.SHARE,
        Good.UP,
        LEADS,
        date="r.first_contact_on",
        aggregate=Aggregate.RATIO,
        numerator="CASE WHEN r.reached_order >= {prospect_order} THEN 1 ELSE 0 END",
        uncertain="r.reached_unknown",
    ),
)
