"""A metric over time buckets, whole or part, beside its target, an earlier stretch, or split by a dimension: the numbers behind the Trends page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

from salesanalytics.metrics.families import METRICS
from salesanalytics.metrics.metric import Metric
from salesanalytics.metrics.periods import Period, bucket, label
from salesanalytics.metrics.types import Filters, MetricQuery, MetricResult, MetricRow, Unit

Ask = Callable[[MetricQuery], MetricResult]
Compare = Literal["none", "previous", "year"]

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
MOST_LINES = 5


@dataclass(frozen=True)
class Point:
    """One bucket: its days, how many of them have been counted, the value, n and numerator (of a share), and rows left out."""

    whole: Period
    days: int
    value: float | None
    n: int
    k: float | None = None
    left_out: int = 0

    @property
    def partial(self) -> bool:
        """Whether the bucket is cut off and so must not be compared as whole."""
        return self.days < self.whole.days


def window(grain: str, start: date | None, end: date | None, as_of: date, *, stock: bool = False) -> tuple[Period, ...]:
    """Return the buckets to show, oldest first: the last few up to the period's end, or as many as the period has if those are more."""
    last = min(end or as_of, as_of)
    least, most = (STOCK_BUCKETS if stock else BUCKETS_SHOWN)[grain], MOST_BUCKETS[grain]
    found = [bucket(last, grain)]
    while len(found) < least or (not stock and start and start < found[0].start and len(found) < most):
        found.insert(0, bucket(found[0].start - timedelta(days=1), grain))
    return tuple(found)


def _asked(buckets: Sequence[Period], until: date, as_of: date) -> tuple[date, date]:
    """The days to ask for: whole buckets, so that their targets are whole; cut only where the period ends before D."""
    return buckets[0].start, buckets[-1].end if until >= as_of else until


def points(
    ask: Ask,
    metric: str | Metric,
    grain: str,
    buckets: Sequence[Period],
    where: tuple[tuple[str, tuple[str, ...]], ...],
    until: date,
    as_of: date,
) -> tuple[tuple[Point, ...], bool]:
    """Return the metric bucket by bucket and whether any of it was reconstructed. ``until``: the last day of the period, at most D."""
    start, end = _asked(buckets, until, as_of)
    result = ask(MetricQuery((_declared(metric).name,), (grain,), Filters(where, start, end)))
    rows = {row.dims[grain]: row for row in result.rows}
    return tuple(
        _point(one, rows.get(label(one.start, grain)), _declared(metric), until) for one in buckets
    ), result.reconstructed


def _point(whole: Period, row: MetricRow | None, metric: Metric, until: date) -> Point:
    days = max(0, (min(whole.end, until) - whole.start).days + 1)
    if row is None:
        return Point(whole, days, 0.0 if metric.empty_is_zero else None, 0)
    name = metric.name
    return Point(whole, days, row.values[name], row.n.get(name, 0), row.k.get(name), row.left_out.get(name, 0))


def earlier(buckets: Sequence[Period], grain: str, compare: Compare) -> tuple[Period, ...]:
    """Return the buckets to compare with: just as many right before, or the same ones a year earlier (weeks and days: 52 weeks)."""
    if compare == "none":
        return ()
    if compare == "previous":
        found = [bucket(buckets[0].start - timedelta(days=1), grain)]
        while len(found) < len(buckets):
            found.insert(0, bucket(found[0].start - timedelta(days=1), grain))
        return tuple(found)
    if grain in ("day", "week"):
        back = timedelta(weeks=52)
        return tuple(Period(one.start - back, one.end - back) for one in buckets)
    return tuple(bucket(one.start.replace(year=one.start.year - 1), grain) for one in buckets)


@dataclass(frozen=True)
class Part:
    """One line of a split: the dimension value ("" = no value), or the ``rest`` of so many values."""

    value: str
    points: tuple[Point, ...]
    total: float | None
    n: int
    rest: int = 0


def split(
    ask: Ask,
    metric: str | Metric,
    grain: str,
    buckets: Sequence[Period],
    where: tuple[tuple[str, tuple[str, ...]], ...],
    until: date,
    as_of: date,
    dimension: str,
) -> tuple[Part, ...]:
    """Return the five largest values of a dimension and the rest, each over the buckets; the rest is asked anew, so that its ratios are true ones."""
    start, end = _asked(buckets, until, as_of)
    declared = _declared(metric)
    name = declared.name
    whole = Filters(where, start, end)
    totals = {
        row.dims[dimension] or "": row for row in ask(MetricQuery((_declared(metric).name,), (dimension,), whole)).rows
    }
    totals = {value: row for value, row in totals.items() if row.n.get(name) or row.values[name]}
    ranked = sorted(totals, key=lambda value: (value == "", -_weight(totals[value], declared), value))
    shown = ranked if len(ranked) <= MOST_LINES + 1 else ranked[:MOST_LINES]
    parts = []
    for value in shown:
        found, _ = points(ask, metric, grain, buckets, _narrowed(where, dimension, (value,)), until, as_of)
        parts.append(Part(value, found, totals[value].values[name], totals[value].n.get(name, 0)))
    rest = tuple(value for value in ranked if value not in shown)
    if rest:
        narrowed = _narrowed(where, dimension, rest)
        found, _ = points(ask, metric, grain, buckets, narrowed, until, as_of)
        row = ask(MetricQuery((_declared(metric).name,), (), replace(whole, where=narrowed))).total
        parts.append(Part("", found, row.values[name], row.n.get(name, 0), len(rest)))
    return tuple(parts)


def _narrowed(
    where: tuple[tuple[str, tuple[str, ...]], ...], dimension: str, values: tuple[str, ...]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    kept: Mapping[str, tuple[str, ...]] = {**dict(where), dimension: tuple(sorted(values))}
    return tuple(sorted(kept.items()))


def _declared(metric: str | Metric) -> Metric:
    """A metric itself, or by its name where no settings change what is asked of it here."""
    return METRICS[metric] if isinstance(metric, str) else metric


def adds_up(metric: str | Metric) -> bool:
    """Say whether the parts of a metric add up to its whole: counts and sums do, ratios and medians do not."""
    return _declared(metric).adds_up


def _weight(row: MetricRow, metric: Metric) -> float:
    return abs(row.values[metric.name] or 0.0) if metric.adds_up else float(row.n.get(metric.name, 0))


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
