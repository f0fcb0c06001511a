"""A trend split by a dimension: the largest values, and the rest of them as one whole, asked anew from its own rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from salesanalytics.insight.series_asked import Ask, Stretch, points_of, rows_of
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


def ranked_values(ask: Ask, metrics: Sequence[Metric], stretch: Stretch, dimension: str) -> list[str]:
    """Return the values of a dimension, largest first by the first metric: what adds up by its sum, the rest by n; no value last.

    Those that only other metrics have come after, so that theirs add up too. ``metrics`` are all stocks or all flows.
    """
    totals = _totals(ask, metrics, stretch, dimension)
    order: dict[str, None] = {}
    for metric in metrics:
        weights = {value: _weight(row, metric) for value, row in totals.items() if _there(row, metric)}
        order |= dict.fromkeys(sorted(sorted(weights), key=weights.__getitem__, reverse=True))
    if metrics[0].stock:
        # who had a part at an earlier bucket's end and has none now
        rows, _ = rows_of(ask, [metric.name for metric in metrics], stretch, dimension)
        order |= dict.fromkeys(sorted({value for (_, value), row in rows.items() if any(row.n.values())}))
    return sorted(order, key=lambda value: value == "")


def _there(row: MetricRow, metric: Metric) -> bool:
    return bool(row.n.get(metric.name) or row.values[metric.name])


def _weight(row: MetricRow, metric: Metric) -> float:
    return abs(row.values[metric.name] or 0.0) if metric.adds_up else float(row.n.get(metric.name, 0))


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
    own = ranked_values(ask, metrics, stretch, dimension)
    order = sorted(dict.fromkeys([*ranked, *own]), key=lambda value: value == "")
    shown = order if len(order) <= most + 1 else order[:most]
    rest = tuple(value for value in order if value not in shown)
    totals = _totals(ask, metrics, stretch, dimension)
    rows, _ = rows_of(ask, names, stretch.narrowed(dimension, shown), dimension)
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


def _part(
    metric: Metric, value: str, points: tuple[Point, ...], total: MetricRow | None, rest: tuple[str, ...] = ()
) -> Part:
    if metric.stock:
        return Part(value, points, points[-1].value, points[-1].n, len(rest), rest or (value,))
    amount = total.values[metric.name] if total else None
    n = total.n.get(metric.name, 0) if total else 0
    return Part(value, points, amount, n, len(rest), rest or (value,))


def _totals(ask: Ask, metrics: Sequence[Metric], stretch: Stretch, dimension: str) -> Mapping[str, MetricRow]:
    names = tuple(metric.name for metric in metrics)
    rows = ask(MetricQuery(names, (dimension,), stretch.period)).rows
    return {row.dims[dimension] or "": row for row in rows}


def _rest_total(ask: Ask, metrics: Sequence[Metric], narrowed: Stretch) -> MetricRow | None:
    names = tuple(metric.name for metric in metrics if not metric.stock)
    return ask(MetricQuery(names, (), narrowed.period)).total if names else None
