"""Moving averages that are true: sums and counts over the buckets of the window, a ratio from its summed sides, a median from the window's own rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from salesanalytics.insight.time_series import Point
from salesanalytics.metrics.metric import Metric
from salesanalytics.metrics.periods import Period

WINDOWS = {"day": (7, 28), "week": (4, 13), "month": (3, 12), "quarter": (2, 4)}
"""How many buckets may be averaged over, by their grain."""
Over = Callable[[Period], float | None]
"""The metric over the days of a window, as one whole."""


def can_average(metric: Metric) -> bool:
    """Say whether a moving average of it means anything: not of a stock's ratio, which has neither rows nor days of a window."""
    return metric.adds_up or not metric.stock


def asks_windows(metric: Metric) -> bool:
    """Say whether its average has to be asked window by window: the buckets' figures alone do not tell it."""
    return not metric.adds_up and not metric.averages and can_average(metric)


def moving_average(
    points: Sequence[Point], metric: Metric, window: int, over: Over | None = None, begin: date | None = None
) -> tuple[float | None, ...]:
    """Return the average over each point's bucket and the ``window`` − 1 before it; None for a cut bucket, and where the window is not full or begins before ``begin``.

    A count or sum (a stock: its values at the buckets' ends) is averaged a bucket; a share or mean is the window's numerators over the window's n,
    never a mean of ratios; for anything else ``over`` tells its value over the window's days.
    """
    found: list[float | None] = []
    for at, last in enumerate(points):
        inside = points[at - window + 1 : at + 1] if at + 1 >= window else ()
        early = begin is not None and bool(inside) and inside[0].whole.end < begin
        if not inside or early or any(point.partial for point in inside):
            found.append(None)
        elif metric.adds_up:
            found.append(_mean(inside))
        elif metric.averages:
            found.append(_pooled(inside))
        else:
            days = Period(inside[0].whole.start, last.whole.end)
            found.append(over(days) if over and can_average(metric) else None)
    return tuple(found)


def _mean(points: Sequence[Point]) -> float | None:
    values = [point.value for point in points if point.value is not None]
    return sum(values) / len(points) if len(values) == len(points) else None


def _pooled(points: Sequence[Point]) -> float | None:
    n = sum(point.n for point in points)
    return sum(point.k or 0.0 for point in points) / n if n else None
