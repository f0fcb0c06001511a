"""The numbers of the Trends page for what is chosen, asked at the frame's desk."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from salesanalytics.insight.maturity import COHORT_METRICS, cycle_days, mature_until
from salesanalytics.insight.time_series import Part, Point, adds_up, earlier, points, split, window
from salesanalytics.metrics.periods import Period, label, parse_label
from salesanalytics.metrics.types import Filters, MetricQuery
from salesanalytics.ui.data import Desk
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.periods import Period as FilterPeriod
from salesanalytics.ui.trends.chosen import Chosen


@dataclass(frozen=True)
class Trend:
    """Buckets oldest first with the metric in each; ``target`` and ``past`` beside them (empty = none), or ``parts`` instead of one line.

    ``mature``: the last day of entry whose cohort can be judged; None where the metric is not one of cohorts.
    """

    buckets: tuple[Period, ...]
    points: tuple[Point, ...]
    target: tuple[float | None, ...]
    past: tuple[Point, ...]
    parts: tuple[Part, ...]
    reconstructed: bool
    mature: date | None = None

    @property
    def whole(self) -> int:
        """How many buckets are complete: all, or all but the last."""
        return len(self.points) - sum(point.partial for point in self.points)

    def young(self, point: Point) -> bool:
        """Whether a bucket's cohort is too young to be judged."""
        return self.mature is not None and point.whole.end > self.mature

    @property
    def empty(self) -> bool:
        """Whether there is nothing in any bucket."""
        return not any(point.value is not None and (point.n or point.value) for point in self.points)


def first_record(desk: Desk) -> date | None:
    """Return the first day anybody was contacted: before it nothing was recorded, which is not the same as nothing happening."""
    days = [row.dims["day"] for row in desk.ask(MetricQuery(("leads",), ("day",))).rows]
    known = [found[0].start for day in days if day and (found := parse_label(day))]
    return min(known, default=None)


def trend_of(frame: Frame, chosen: Chosen) -> Trend:
    """Return the series for the filter bar's values and period."""
    desk, name, grain = frame.desk, chosen.metric.name, chosen.grain
    start, end = frame.state.span(frame.as_of)
    begin = first_record(desk)
    shown = window(grain, start or begin, end, frame.as_of, stock=chosen.metric.stock)
    shown = tuple(one for one in shown if begin is None or one.end >= begin) or shown[-1:]
    if frame.state.period is FilterPeriod.CUSTOM and start:  # days somebody chose are the days shown
        shown = tuple(one for one in shown if one.end >= start) or shown[-1:]
    until = min(end or frame.as_of, frame.as_of)
    asked = (frame.where, until, frame.as_of)
    found, rebuilt = points(desk.ask, chosen.metric, grain, shown, *asked)
    parts = split(desk.ask, chosen.metric, grain, shown, *asked, chosen.split) if chosen.split else ()
    days = desk.remember("cycle-days", (), lambda: cycle_days(desk.view)) if name in COHORT_METRICS else None
    mature = mature_until(name, frame.as_of, days)
    return Trend(
        shown, found, _targets(frame, chosen, shown), _past(frame, chosen, shown, begin), parts, rebuilt, mature
    )


def _targets(frame: Frame, chosen: Chosen, shown: tuple[Period, ...]) -> tuple[float | None, ...]:
    if chosen.split:
        return ()
    if chosen.target is None:
        return _set_target(frame, chosen, len(shown))
    filters = Filters(frame.where, shown[0].start, shown[-1].end)
    rows = frame.desk.ask(MetricQuery((chosen.target,), (chosen.grain,), filters)).rows
    found = {row.dims[chosen.grain]: row.values[chosen.target] for row in rows}
    values = tuple(found.get(label(one.start, chosen.grain)) for one in shown)
    return values if any(value is not None for value in values) else ()


def _set_target(frame: Frame, chosen: Chosen, n: int) -> tuple[float | None, ...]:
    """The target the settings hold for a metric, where it means the same in a week as in a quarter: not for what adds up over time."""
    known = frame.desk.settings.analysis.thresholds.get(chosen.metric.name)
    if known is None or known.target is None or (chosen.metric.adds_up and not chosen.metric.stock):
        return ()
    return (known.target,) * n


def _past(frame: Frame, chosen: Chosen, shown: tuple[Period, ...], begin: date | None) -> tuple[Point, ...]:
    compare = "none" if chosen.split else chosen.compare
    then = earlier(shown, chosen.grain, compare)
    if not then or begin is None or then[-1].end < begin or (chosen.metric.stock and compare == "year"):
        return ()
    found, _ = points(
        frame.desk.ask, chosen.metric, chosen.grain, then, frame.where, then[-1].end, then[-1].end + timedelta(1)
    )
    first = next((at for at, one in enumerate(found) if one.n or one.value), len(found))
    # before the first of them nothing may have been recorded yet: unknown, not zero
    known = tuple(replace(one, value=None) if at < first else one for at, one in enumerate(found))
    return known if first < len(found) else ()


def stacked(chosen: Chosen) -> bool:
    """Say whether the parts are drawn on each other: as bars, and only where they add up to the whole."""
    return bool(chosen.split) and chosen.bars and adds_up(chosen.metric)
