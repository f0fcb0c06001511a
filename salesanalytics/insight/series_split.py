"""A trend split by a dimension: the largest values, and the rest of them as one whole, asked anew from its own rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from salesanalytics.insight.series_asked import Ask, Rows, Stretch, points_of, rows_of
from salesanalytics.insight.time_series import Point
from salesanalytics.metrics.metric import Metric
from salesanalytics.metrics.types import MetricQuery, MetricRow

MOST_PARTS = 5
OVERLAPPING = frozenset({"lost_reason"})
"""Dimensions of which one customer may have several values: counted in each, and in the whole once."""


@dataclass(frozen=True)
class Part:
    """One line of a split: the dimension value ("" = no value), or the ``rest`` of so many values (``values``: which, of a rest or a single one)."""

    value: str
    points: tuple[Point, ...]
    total: float | None
    n: int
    rest: int = 0
    values: tuple[str, ...] = ()
    averages: tuple[float | None, ...] = ()


def parts_add_up(metric: Metric, dimension: str) -> bool:
    """Say whether the parts of a metric cut by a dimension add up to its whole: counts and sums do, ratios and medians do not."""
    return metric.adds_up and dimension not in OVERLAPPING


def largest(rows: Rows, metric: Metric, stretch: Stretch) -> list[str]:
    """Return the values of a dimension, largest first by ``metric``: what adds up by its sum (a stock by its newest value), the rest by n; no value last."""
    values = {value for _, value in rows}
    weights = {value: _weight(points_of(rows, metric, stretch, value), metric) for value in values}
    kept = [
        value for value in values if any(point.n or point.value for point in points_of(rows, metric, stretch, value))
    ]
    return sorted(kept, key=lambda value: (value == "", -weights[value], value))


def _weight(points: Sequence[Point], metric: Metric) -> float:
    if not metric.adds_up:
        return float(sum(point.n for point in points))
    return abs(points[-1].value or 0.0) if metric.stock else sum(abs(point.value or 0.0) for point in points)


def split(
    ask: Ask,
    metrics: Sequence[Metric],
    stretch: Stretch,
    dimension: str,
    most: int = MOST_PARTS,
    ranked: Sequence[str] = (),
) -> dict[str, tuple[Part, ...]]:
    """Return the ``most`` largest values by the first metric, and the rest, of every metric: each over the buckets, with its total over all of them.

    ``ranked``: the values in their order, where another question has settled it. One value over is shown itself: a rest of one is no rest.
    """
    names = [metric.name for metric in metrics]
    rows, _ = rows_of(ask, names, stretch, dimension)
    order = _order(rows, metrics, stretch, ranked)
    shown = order if len(order) <= most + 1 else order[:most]
    rest = tuple(value for value in order if value not in shown)
    totals = _totals(ask, metrics, stretch, dimension)
    found = {
        metric.name: [
            _part(metric, value, points_of(rows, metric, stretch, value), totals.get(value)) for value in shown
        ]
        for metric in metrics
    }
    if rest:
        narrowed = stretch.narrowed(dimension, rest)
        rest_rows, _ = rows_of(ask, names, narrowed)
        total = _rest_total(ask, metrics, narrowed)
        for metric in metrics:
            points = points_of(rest_rows, metric, narrowed)
            found[metric.name].append(_part(metric, "", points, total, rest))
    return {name: tuple(parts) for name, parts in found.items()}


def _order(rows: Rows, metrics: Sequence[Metric], stretch: Stretch, ranked: Sequence[str]) -> list[str]:
    """The values in their order; those that only other metrics have come after, so that theirs add up too."""
    order = dict.fromkeys(ranked or largest(rows, metrics[0], stretch))
    for metric in metrics:
        order |= dict.fromkeys(largest(rows, metric, stretch))
    return sorted(order, key=lambda value: value == "")


def _part(
    metric: Metric, value: str, points: tuple[Point, ...], total: MetricRow | None, rest: tuple[str, ...] = ()
) -> Part:
    if metric.stock:
        return Part(value, points, points[-1].value, points[-1].n, len(rest), rest or (value,))
    amount = total.values[metric.name] if total else None
    n = total.n.get(metric.name, 0) if total else 0
    return Part(value, points, amount, n, len(rest), rest or (value,))


def _flows(metrics: Sequence[Metric]) -> tuple[str, ...]:
    return tuple(metric.name for metric in metrics if not metric.stock)


def _totals(ask: Ask, metrics: Sequence[Metric], stretch: Stretch, dimension: str) -> Mapping[str, MetricRow]:
    names = _flows(metrics)
    if not names:
        return {}
    rows = ask(MetricQuery(names, (dimension,), stretch.period)).rows
    return {row.dims[dimension] or "": row for row in rows}


def _rest_total(ask: Ask, metrics: Sequence[Metric], narrowed: Stretch) -> MetricRow | None:
    names = _flows(metrics)
    return ask(MetricQuery(names, (), narrowed.period)).total if names else None
