"""A metric over time buckets, whole or part: which buckets, what stands in each, the earlier ones to compare with, and what the series says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

from salesanalytics.metrics.families import METRICS
from salesanalytics.metrics.metric import Metric
from salesanalytics.metrics.periods import Period, bucket
from salesanalytics.metrics.types import Unit

Compare = Literal["none", "previous", "year", "then"]
"""What a series is drawn beside: nothing, the buckets right before, the same ones a year earlier, or itself as an earlier date knew it."""

BUCKETS_SHOWN = {"day": 28, "week": 13, "month": 12, "quarter": 8}
MOST_BUCKETS = {"day": 92, "week": 104, "month": 60, "quarter": 40}
"""A series shows the last few buckets, or the whole chosen period if that is longer, up to a limit."""
STOCK_BUCKETS = {"day": 14, "week": 13, "month": 12, "quarter": 8}
"""A stock is read from a state a bucket, so fewer of them."""
TARGETS = {
    "sales_amount": "target_amount",
    "won_customers": "target_customers",
    "collected": "target_collected",
}
"""Metric → the metric of its target."""


@dataclass(frozen=True)
class Point:
    """One bucket: its days, how many of them have been counted (from ``begins``, else its first), the value, n and numerator (of a share), and rows left out."""

    whole: Period
    days: int
    value: float | None
    n: int
    k: float | None = None
    left_out: int = 0
    begins: date | None = None

    @property
    def partial(self) -> bool:
        """Whether the bucket is cut off and so must not be compared as whole."""
        return self.days < self.whole.days

    @property
    def counted(self) -> Period:
        """The days that have been counted (at least one)."""
        start = self.begins or self.whole.start
        return Period(start, start + timedelta(days=max(self.days, 1) - 1))


def window(grain: str, start: date | None, end: date | None, as_of: date, *, stock: bool = False) -> tuple[Period, ...]:
    """Return the buckets to show, oldest first: the last few up to the period's end, or as many as the period has if those are more."""
    last = min(end or as_of, as_of)
    least, most = (STOCK_BUCKETS if stock else BUCKETS_SHOWN)[grain], MOST_BUCKETS[grain]
    found = [bucket(last, grain)]
    while len(found) < least or (not stock and start and start < found[0].start and len(found) < most):
        found.insert(0, bucket(found[0].start - timedelta(days=1), grain))
    return tuple(found)


def earlier(buckets: Sequence[Period], grain: str, compare: Compare) -> tuple[Period, ...]:
    """Return the buckets to compare with: just as many right before, or the same ones a year earlier.

    A day's is 52 weeks before, so that weekdays meet; a week's the ISO week of the same number (of a week 53 the one before it, where that year had none).
    """
    if compare == "none":
        return ()
    if compare == "then":
        return tuple(buckets)
    if compare == "previous":
        return before(buckets, grain, len(buckets))
    return tuple(_year_before(one, grain) for one in buckets)


def before(buckets: Sequence[Period], grain: str, n: int) -> tuple[Period, ...]:
    """Return the ``n`` buckets right before the first of these, oldest first."""
    found: list[Period] = []
    while len(found) < n:
        first = found[0] if found else buckets[0]
        found.insert(0, bucket(first.start - timedelta(days=1), grain))
    return tuple(found)


def _year_before(one: Period, grain: str) -> Period:
    if grain == "day":
        return Period(one.start - timedelta(weeks=52), one.end - timedelta(weeks=52))
    if grain == "week":
        year, week, _ = one.start.isocalendar()
        last = date(year - 1, 12, 28).isocalendar().week  # 28 December lies in the last week of every ISO year
        return bucket(date.fromisocalendar(year - 1, min(week, last), 1), grain)
    return bucket(one.start.replace(year=one.start.year - 1), grain)


def _declared(metric: str | Metric) -> Metric:
    """A metric itself, or by its name where no settings change what is asked of it here."""
    return METRICS[metric] if isinstance(metric, str) else metric


def change(metric: str | Metric, now: float | None, before: float | None) -> float | None:
    """Return the change from ``before``: relative for amounts, counts and numbers, absolute for shares and days; None where there is nothing to compare."""
    if now is None or before is None:
        return None
    if _declared(metric).unit in (Unit.SHARE, Unit.DAYS):
        return now - before
    return (now - before) / before if before else None


@dataclass(frozen=True)
class Reading:
    """What the whole buckets say: ``before`` the bucket next to the last one, ``run`` of rises (+) or falls (−) up to the last one, and whether it is the highest or lowest shown."""

    last: Point
    before: Point | None
    run: int
    extreme: Literal["highest", "lowest", ""]


def read(series: Sequence[Point], least_sample: int = 0, mature: date | None = None) -> Reading | None:
    """Return the finding of a series; None without any.

    Only whole buckets with a value and a large enough sample take part, and of cohorts only those entered by ``mature``.
    """
    usable = [
        not point.partial
        and point.value is not None
        and point.n >= least_sample
        and (mature is None or point.whole.end <= mature)
        for point in series
    ]
    end = max((at for at, good in enumerate(usable) if good), default=None)
    if end is None:
        return None
    start = end
    while start and usable[start - 1]:
        start -= 1
    values = [point.value or 0.0 for point in series[start : end + 1]]
    run = 0
    for before, now in reversed(list(pairwise(values))):
        step = (now > before) - (now < before)
        if not step or step * run < 0:
            break
        run += step
    others = [point.value or 0.0 for point, good in zip(series[:end], usable, strict=False) if good]
    extreme: Literal["highest", "lowest", ""] = ""
    if len(others) >= 3 and values[-1] > max(others):
        extreme = "highest"
    elif len(others) >= 3 and values[-1] < min(others):
        extreme = "lowest"
    return Reading(series[end], series[end - 1] if end > start else None, run, extreme)
