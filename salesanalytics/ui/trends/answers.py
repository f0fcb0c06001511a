"""The numbers of the Trends page for what is chosen, asked at the frame's desk: all metrics of a kind in one question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from salesanalytics.insight.aims import Aims, aims_of
from salesanalytics.insight.maturity import COHORT_METRICS, cycle_days, mature_until
from salesanalytics.insight.moving_average import moving_average
from salesanalytics.insight.series_asked import Rows, Stretch, alike, first_record, points_of, rows_of
from salesanalytics.insight.series_split import Part, parts_add_up, ranked_values, split
from salesanalytics.insight.split_averages import over_windows, with_averages
from salesanalytics.insight.time_series import TARGETS, Point, before, earlier, window
from salesanalytics.metrics.metric import Metric
from salesanalytics.metrics.periods import Period, label
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.periods import Period as FilterPeriod
from salesanalytics.ui.trends.chosen import Chosen, reads_states


@dataclass(frozen=True)
class Trend:
    """Buckets oldest first with the metric in each; ``target``, ``past`` and ``averages`` beside them (empty = none), or ``parts`` instead of one line.

    ``aims``: where the target comes from, if not from the targets table. ``mature``: the last day of entry whose cohort can be judged; None where the metric is not one of cohorts.
    """

    metric: Metric
    buckets: tuple[Period, ...]
    points: tuple[Point, ...]
    target: tuple[float | None, ...]
    past: tuple[Point, ...]
    parts: tuple[Part, ...]
    reconstructed: bool
    mature: date | None = None
    averages: tuple[float | None, ...] = ()
    aims: Aims | None = None

    @property
    def partial(self) -> tuple[bool, ...]:
        """Which buckets are part-periods."""
        return tuple(point.partial for point in self.points)

    def young(self, point: Point) -> bool:
        """Whether a bucket's cohort is too young to be judged."""
        return self.mature is not None and point.whole.end > self.mature

    @property
    def empty(self) -> bool:
        """Whether there is nothing in any bucket."""
        return not any(point.value is not None and (point.n or point.value) for point in self.points)


@dataclass(frozen=True)
class _Asked:
    """What is asked together: metrics of one kind, the stretch, the stretch with the buckets that lead up to its averages, and the first record."""

    frame: Frame
    chosen: Chosen
    metrics: tuple[Metric, ...]
    stretch: Stretch
    led: Stretch
    begin: date | None


def trends_of(frame: Frame, chosen: Chosen) -> tuple[Trend, ...]:
    """Return a series a metric for the filter bar's values and period, all over the same buckets."""
    begin = frame.desk.remember("first-record", (), lambda: first_record(frame.desk.view))
    settings = frame.desk.settings
    stocks = tuple(metric for metric in chosen.metrics if reads_states(metric, settings))
    flows = tuple(metric for metric in chosen.metrics if metric not in stocks)
    stretch = _stretch(frame, chosen, begin, stock=bool(stocks))
    lead = before(stretch.buckets, chosen.grain, chosen.window - 1) if chosen.window else ()
    led = replace(stretch, buckets=(*lead, *stretch.buckets), start=None)
    ranked = _ranked(frame, chosen, stretch)
    found: dict[str, Trend] = {}
    for metrics in (flows, stocks):
        if metrics:
            found |= _trends(_Asked(frame, chosen, metrics, stretch, led, begin), ranked)
    return tuple(found[metric.name] for metric in chosen.metrics)


def _stretch(frame: Frame, chosen: Chosen, begin: date | None, *, stock: bool) -> Stretch:
    start, end = frame.state.span(frame.as_of)
    shown = window(chosen.grain, start or begin, end, frame.as_of, stock=stock)
    shown = tuple(one for one in shown if begin is None or one.end >= begin) or shown[-1:]
    first = None
    if frame.state.period is FilterPeriod.CUSTOM and start:  # days somebody chose are the days shown
        shown = tuple(one for one in shown if one.end >= start) or shown[-1:]
        first = start
    until = min(end or frame.as_of, frame.as_of)
    return Stretch(chosen.grain, shown, frame.where, until, frame.as_of, first)


def _ranked(frame: Frame, chosen: Chosen, stretch: Stretch) -> tuple[str, ...]:
    """The values of the split in the order of the first metric, so that all charts show the same ones in the same colours."""
    if not chosen.split:
        return ()
    together = _together(frame, chosen, chosen.metric)
    return tuple(ranked_values(frame.desk.ask, together, stretch, chosen.split))


def _together(frame: Frame, chosen: Chosen, metric: Metric) -> tuple[Metric, ...]:
    """The metrics asked in one question with this one."""
    kind = reads_states(metric, frame.desk.settings)
    return tuple(one for one in chosen.metrics if reads_states(one, frame.desk.settings) is kind)


def _trends(asked: _Asked, ranked: Sequence[str]) -> dict[str, Trend]:
    frame, chosen, stretch = asked.frame, asked.chosen, asked.stretch
    ask, metrics = frame.desk.ask, asked.metrics
    names = [metric.name for metric in metrics]
    if not chosen.split:
        names += [target for name in names if (target := TARGETS.get(name)) and target not in names]
    led_rows, rebuilt = rows_of(ask, names, asked.led)
    rows = rows_of(ask, names, stretch)[0] if stretch.cut else led_rows
    pasts = _pasts(asked)
    parts: Mapping[str, tuple[Part, ...]] = {}
    if chosen.split:
        parts = split(ask, metrics, stretch, chosen.split, chosen.most, ranked)
    days = None
    if any(name in COHORT_METRICS for name in names):
        days = frame.desk.remember("cycle-days", (), lambda: cycle_days(frame.desk.view))
    return {
        metric.name: Trend(
            metric,
            stretch.buckets,
            points_of(rows, metric, stretch),
            _target(frame, chosen, metric, rows, stretch),
            pasts.get(metric.name, ()),
            _averaged(asked, metric, parts.get(metric.name, ())),
            rebuilt,
            mature_until(metric.name, frame.as_of, days),
            _averages(asked, metric, led_rows),
            _aims(frame, chosen, metric, rows, stretch),
        )
        for metric in metrics
    }


def _averages(asked: _Asked, metric: Metric, rows: Rows) -> tuple[float | None, ...]:
    size = asked.chosen.window
    if not size or asked.chosen.split:
        return ()
    over = over_windows(asked.frame.desk.ask, asked.metrics, asked.led, size, metric)
    found = moving_average(points_of(rows, metric, asked.led), metric, size, over, asked.begin)[size - 1 :]
    return found if any(value is not None for value in found) else ()


def _averaged(asked: _Asked, metric: Metric, parts: tuple[Part, ...]) -> tuple[Part, ...]:
    chosen = asked.chosen
    if not (chosen.window and chosen.split and parts):
        return parts
    ask = asked.frame.desk.ask
    return with_averages(ask, asked.metrics, asked.led, chosen.split, parts, chosen.window, asked.begin, metric)


def _target(frame: Frame, chosen: Chosen, metric: Metric, rows: Rows, stretch: Stretch) -> tuple[float | None, ...]:
    """The metric's target in each bucket, prorated by the metric that says so; else the one the settings hold, else the one the product is delivered with."""
    if chosen.split:
        return ()
    if target := TARGETS.get(metric.name):
        found = [rows.get((label(one.start, stretch.grain), "")) for one in stretch.buckets]
        values = tuple(row.values[target] if row else None for row in found)
        if any(value is not None for value in values):
            return values
    aims = aims_of(metric, stretch.buckets, frame.desk.settings)
    return aims.values if aims else ()


def _aims(frame: Frame, chosen: Chosen, metric: Metric, rows: Rows, stretch: Stretch) -> Aims | None:
    """Where a target comes from that no table gives."""
    aims = None if chosen.split else aims_of(metric, stretch.buckets, frame.desk.settings)
    return aims if aims and _target(frame, chosen, metric, rows, stretch) == aims.values else None


def _pasts(asked: _Asked) -> dict[str, tuple[Point, ...]]:
    """The earlier points of each metric, as many days of each bucket as are counted now; none where nothing was recorded then."""
    chosen, begin, metrics = asked.chosen, asked.begin, asked.metrics
    if chosen.compare == "then":
        return {} if chosen.split else _known_then(asked)
    then = earlier(asked.stretch.buckets, chosen.grain, "none" if chosen.split else chosen.compare)
    if not then or begin is None or then[-1].end < begin:
        return {}
    past = alike(asked.stretch, then)
    if reads_states(metrics[0], asked.frame.desk.settings):
        # what was not known then is no comparison: stocks of before the first import would be rebuilt from what is known now
        first = min(record.as_of for record in asked.frame.desk.source.imports)
        then = tuple(one for one in then if past.counted(one).end >= first)
        if not then:
            return {}
        past = replace(past, buckets=then)
    rows, _ = rows_of(asked.frame.desk.ask, [metric.name for metric in metrics], past)
    missing = len(asked.stretch.buckets) - len(then)
    found = {}
    for metric in metrics:
        points = points_of(rows, metric, past)
        first_known = next((at for at, one in enumerate(points) if one.n or one.value), len(points))
        # before the first of them nothing may have been recorded yet: unknown, not zero
        known = [replace(one, value=None) if at < first_known else one for at, one in enumerate(points)]
        empty = [Point(one, 0, None, 0) for one in before(then, chosen.grain, missing)]
        if first_known < len(points):
            found[metric.name] = (*empty, *known)
    return found


def _known_then(asked: _Asked) -> dict[str, tuple[Point, ...]]:
    """The same buckets as the date compared with knew them, up to that date; later ones were not known yet."""
    desk, stretch = asked.frame.then, asked.stretch
    if desk is None:
        return {}
    known = tuple(one for one in stretch.buckets if one.start <= desk.as_of)
    if not known:
        return {}
    past = replace(stretch, buckets=known, until=min(stretch.until, desk.as_of), as_of=desk.as_of)
    rows, _ = rows_of(desk.ask, [metric.name for metric in asked.metrics], past)
    later = tuple(Point(one, 0, None, 0) for one in stretch.buckets[len(known) :])
    return {metric.name: (*points_of(rows, metric, past), *later) for metric in asked.metrics}


def stacked(chosen: Chosen) -> bool:
    """Say whether the parts are drawn on each other: as bars, and only where they add up to the whole."""
    return bool(chosen.split) and chosen.bars and not chosen.window and parts_add_up(chosen.metric, chosen.split or "")
