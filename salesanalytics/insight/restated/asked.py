"""The numbers a date is looked at by: those of the cards, over the days each is asked over, and the open pipeline."""

from __future__ import annotations

from datetime import date, timedelta

from salesanalytics.insight.restated.restated import Asked
from salesanalytics.metrics.metric import Metric
from salesanalytics.metrics.periods import Period, bucket
from salesanalytics.metrics.shown import shown
from salesanalytics.metrics.types import Filters
from salesanalytics.settings import Settings

Where = tuple[tuple[str, tuple[str, ...]], ...]
PIPELINE = ("open_amount", "open_opportunities")


def cards_asked(settings: Settings, where: Where, as_of: date) -> tuple[Asked, ...]:
    """Return each card's metric with the filters it is asked with as of a date (as ``insight.headline`` does)."""
    return tuple((metric.name, _filters(metric, settings, where, as_of)) for metric in shown(settings, "cards"))


def date_asked(settings: Settings, where: Where, as_of: date) -> tuple[Asked, ...]:
    """Return the open pipeline and the cards' numbers of a date."""
    pipeline = tuple((name, Filters(where)) for name in PIPELINE)
    return (*pipeline, *(one for one in cards_asked(settings, where, as_of) if one[0] not in PIPELINE))


def _filters(metric: Metric, settings: Settings, where: Where, as_of: date) -> Filters:
    period = _days(metric, settings, as_of)
    return Filters(where, period.start, period.end) if period else Filters(where)


def _days(metric: Metric, settings: Settings, as_of: date) -> Period | None:
    """The window ``insight.headline.headline`` chooses for a metric of this kind."""
    if metric.name == "target_attainment":
        return bucket(as_of, "quarter")
    if metric.stock or metric.name == "collection_rate":
        return None
    if metric.default_period == "this-quarter":
        return bucket(as_of, "quarter")
    if metric.adds_up:
        return bucket(as_of, "week").to_date(as_of)
    return Period(as_of - timedelta(days=settings.metrics.closed_win_rate_days - 1), as_of)
