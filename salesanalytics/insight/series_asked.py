"""Metrics asked bucket by bucket, several in one question: the points of a trend, cut where the period or the as-of date cuts them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from salesanalytics.access.view import View
from salesanalytics.insight.time_series import Point
from salesanalytics.metrics.metric import Metric
from salesanalytics.metrics.periods import Period, label
from salesanalytics.metrics.types import Filters, MetricQuery, MetricResult, MetricRow

Ask = Callable[[MetricQuery], MetricResult]
Where = tuple[tuple[str, tuple[str, ...]], ...]
Rows = Mapping[tuple[str, str], MetricRow]
"""(bucket label, dimension value; "" = no value, or not cut) → row."""


@dataclass(frozen=True)
class Stretch:
    """The buckets to ask about, oldest first, and the days of them that count: from ``start`` (None = whole buckets) to ``until``, at most D."""

    grain: str
    buckets: tuple[Period, ...]
    where: Where
    until: date
    as_of: date
    start: date | None = None

    def counted(self, whole: Period) -> Period:
        """Return the days of a bucket that count."""
        return Period(max(whole.start, self.start or whole.start), min(whole.end, self.until))

    @property
    def filters(self) -> Filters:
        """The question's filters: whole buckets up to the last, so that their targets are whole; cut only where the period ends before D."""
        end = self.buckets[-1].end if self.until >= self.as_of else self.until
        return Filters(self.where, self.buckets[0].start, end)

    @property
    def cut(self) -> Filters | None:
        """The filters of the first bucket where the period begins within it."""
        first = self.buckets[0]
        if self.start is None or self.start <= first.start:
            return None
        return Filters(self.where, self.start, min(first.end, self.filters.end or first.end))

    @property
    def period(self) -> Filters:
        """All its days together."""
        return replace(self.filters, start=max(self.buckets[0].start, self.start or self.buckets[0].start))

    def narrowed(self, dimension: str, values: Sequence[str]) -> Stretch:
        """Return the same stretch for these values of a dimension."""
        return replace(self, where=tuple(sorted({**dict(self.where), dimension: tuple(sorted(values))}.items())))


def first_record(view: View) -> date | None:
    """Return the first day anybody was contacted: before it nothing was recorded, which is not the same as nothing happening."""
    found: date | None = view.fetch("SELECT min(first_contact_on) AS first FROM leads")[0]["first"]
    return found


def rows_of(ask: Ask, metrics: Sequence[str], stretch: Stretch, by: str | None = None) -> tuple[Rows, bool]:
    """Return the rows of a stretch, cut by a dimension too if asked, and whether any of them was reconstructed. One question; two where the first bucket is cut."""
    cuts = (stretch.grain, by) if by else (stretch.grain,)

    def asked(filters: Filters) -> tuple[dict[tuple[str, str], MetricRow], bool]:
        result = ask(MetricQuery(tuple(metrics), cuts, filters))
        rows = {(row.dims[stretch.grain] or "", (row.dims[by] or "") if by else ""): row for row in result.rows}
        return rows, result.reconstructed

    rows, rebuilt = asked(stretch.filters)
    if stretch.cut:
        first = label(stretch.buckets[0].start, stretch.grain)
        rows = {key: row for key, row in rows.items() if key[0] != first} | asked(stretch.cut)[0]
    return rows, rebuilt


def points_of(rows: Rows, metric: Metric, stretch: Stretch, value: str = "") -> tuple[Point, ...]:
    """Return a metric's points out of ``rows``; ``value``: of which value of the dimension."""
    return tuple(
        _point(one, rows.get((label(one.start, stretch.grain), value)), metric, stretch) for one in stretch.buckets
    )


def _point(whole: Period, row: MetricRow | None, metric: Metric, stretch: Stretch) -> Point:
    counted = stretch.counted(whole)
    days = max(0, (counted.end - counted.start).days + 1)
    begins = counted.start if counted.start > whole.start else None
    if row is None:
        return Point(whole, days, 0.0 if metric.empty_is_zero else None, 0, begins=begins)
    name = metric.name
    left = row.left_out.get(name, 0)
    return Point(whole, days, row.values[name], row.n.get(name, 0), row.k.get(name), left, begins)


def alike(stretch: Stretch, then: tuple[Period, ...]) -> Stretch:
    """Return the stretch of earlier buckets, cut just as this one is: three days of a week beside three days of a week."""
    first, last = stretch.buckets[0], stretch.buckets[-1]
    start = then[0].start + (stretch.start - first.start) if stretch.cut and stretch.start else None
    until = then[-1].end
    if stretch.until < last.end:
        until = min(until, then[-1].start + (stretch.until - last.start))
    # a day later than it ends, so that no bucket is filled up to its end
    return Stretch(stretch.grain, then, stretch.where, until, until + timedelta(days=1), start)
