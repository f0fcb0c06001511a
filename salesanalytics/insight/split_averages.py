"""Moving averages of the lines of a split."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from salesanalytics.insight.moving_average import Over, asks_windows, moving_average
from salesanalytics.insight.series_asked import Ask, Stretch, points_of, rows_of
from salesanalytics.insight.series_split import Part
from salesanalytics.metrics.metric import Metric
from salesanalytics.metrics.periods import Period
from salesanalytics.metrics.types import Filters, MetricQuery


def over_windows(ask: Ask, metrics: Sequence[Metric], stretch: Stretch, size: int, metric: Metric) -> Over:
    """Return how a metric is asked over the days of a window of ``size`` buckets: all windows, and all metrics that need it, in one question."""
    return _over(ask, metrics, stretch, size, metric)


def _over(
    ask: Ask, metrics: Sequence[Metric], stretch: Stretch, size: int, metric: Metric, by: str = "", value: str = ""
) -> Over:
    names = tuple(one.name for one in metrics if asks_windows(one))
    windows = windows_of(stretch, size)

    def over(days: Period) -> float | None:
        result = ask(MetricQuery(names, (by,) if by else (), Filters(stretch.where), windows))
        place = str(windows.index((days.start, days.end)))
        rows = (row for row in result.rows if row.dims["window"] == place)
        return next((row.values[metric.name] for row in rows if not by or (row.dims[by] or "") == value), None)

    return over


def windows_of(stretch: Stretch, size: int) -> tuple[tuple[date, date], ...]:
    """Return the windows (first and last day) of so many buckets none of which is cut, oldest first."""
    found = []
    for at in range(size - 1, len(stretch.buckets)):
        inside = stretch.buckets[at - size + 1 : at + 1]
        if all(stretch.counted(one) == one for one in inside):
            found.append((inside[0].start, inside[-1].end))
    return tuple(found)


def with_averages(
    ask: Ask,
    metrics: Sequence[Metric],
    stretch: Stretch,
    dimension: str,
    parts: Sequence[Part],
    window: int,
    begin: date | None,
    metric: Metric,
) -> tuple[Part, ...]:
    """Return the parts of ``metric`` with their moving averages over the last buckets of ``stretch``, whose first ``window`` − 1 only lead up to them.

    ``metrics``: all that are asked together, so that each question is asked once.
    """
    names = [one.name for one in metrics]
    shown = stretch.narrowed(dimension, [part.value for part in parts if not part.rest])
    rows, _ = rows_of(ask, names, shown, dimension)
    found = []
    for part in parts:
        if part.rest:
            narrowed = stretch.narrowed(dimension, part.values)
            points = points_of(rows_of(ask, names, narrowed)[0], metric, narrowed)
            over = over_windows(ask, metrics, narrowed, window, metric)
        else:
            points = points_of(rows, metric, stretch, part.value)
            over = _over(ask, metrics, shown, window, metric, dimension, part.value)
        found.append(replace(part, averages=moving_average(points, metric, window, over, begin)[window - 1 :]))
    return tuple(found)
