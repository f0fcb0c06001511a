"""What a metric should reach over each bucket of a trend, where no targets table says so: what somebody set for it, else the aim the product is delivered with.

What adds up is set for the period its card shows (a week, of some a quarter) and spread over its days, calendar or working ones as targets are; anything else means
the same in a week as in a quarter. The delivered aims are those of the scorecard and of the service level for the first response (PRODUCT §4).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from salesanalytics.metrics.metric import Metric
from salesanalytics.metrics.periods import Grain, Period, bucket
from salesanalytics.metrics.working_days import is_working_day, working_days
from salesanalytics.settings import Settings

Kind = Literal["set", "aim", "limit"]
"""Set by somebody, delivered with the product, or a delivered service level that is not to be exceeded."""
_SCORECARD = {
    "proposals_on_time": 0.95,
    "collection_rate": 0.90,
    "target_attainment": 1.0,
    "customer_target_attainment": 1.0,
    "funnel_attainment": 1.0,
}


@dataclass(frozen=True)
class Aims:
    """The aim in each bucket, where it comes from, and, of what adds up, the period it was set for."""

    values: tuple[float, ...]
    kind: Kind
    spread_from: Grain | None = None


def aims_of(metric: Metric, buckets: Sequence[Period], settings: Settings) -> Aims | None:
    """Return a metric's aims over whole ``buckets``, in its unit; None where there is none."""
    known = settings.analysis.thresholds.get(metric.name)
    if known is not None and known.target is not None:
        if metric.stock or not metric.adds_up:
            return Aims((known.target,) * len(buckets), "set")
        grain = set_for(metric)
        return Aims(tuple(known.target * _share(one, grain, settings) for one in buckets), "set", grain)
    if metric.name == "first_response":
        return Aims((settings.metrics.first_response_hours / 24,) * len(buckets), "limit")
    usual = settings.metrics.followups_per_week if metric.name == "followups_per_week" else _SCORECARD.get(metric.name)
    return None if usual is None else Aims((usual,) * len(buckets), "aim")


def set_for(metric: Metric) -> Grain:
    """Return the period a target set for what adds up is meant for: that of its card."""
    return "quarter" if metric.default_period == "this-quarter" else "week"


def _share(days: Period, grain: Grain, settings: Settings) -> float:
    """How many of the periods a target is set for lie in these days: 1 for exactly one of them, 31/7 weeks in October."""
    country = settings.analysis.country if settings.analysis.formulas.get("target_days") == "working" else ""
    each = (days.start + timedelta(days=at) for at in range(days.days))
    return sum(_day(day, grain, country) for day in each)


@lru_cache(maxsize=8192)
def _day(day: date, grain: Grain, country: str) -> float:
    """A day's part of its period; of working days nothing on others, unless none of the period is worked."""
    whole = bucket(day, grain)
    worked = working_days(whole, country) if country else 0
    if not worked:
        return 1 / whole.days
    return 1 / worked if is_working_day(day, country) else 0.0
