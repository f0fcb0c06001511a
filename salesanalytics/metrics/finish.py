"""Figures of one row → a MetricRow: zero or no value, ratios of metrics, pace, and the order of rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from salesanalytics.metrics.compile import default_window
from salesanalytics.metrics.dimensions import DIMENSIONS
from salesanalytics.metrics.measure import Figures
from salesanalytics.metrics.metric import Metric
from salesanalytics.metrics.periods import Period, parse_label
from salesanalytics.metrics.registry import metrics_of
from salesanalytics.metrics.types import MetricQuery, MetricRow
from salesanalytics.metrics.working_days import elapsed_share
from salesanalytics.settings import Settings


@dataclass(frozen=True)
class Question:
    """What an answer is finished with: the query, its as-of date and the workspace's settings."""

    query: MetricQuery
    as_of: date
    settings: Settings

    @cached_property
    def known(self) -> Mapping[str, Metric]:
        """The metrics of the workspace."""
        return metrics_of(self.settings)


Counts = Mapping[str, float | None]


def sides_of(metric: Metric) -> tuple[str, ...]:
    """Return the metrics a ratio is taken of: above the line, below it, and what is taken off below."""
    return (*(metric.ratio_of or ()), *((metric.below_less,) if metric.below_less else ()))


def finished_row(
    dims: tuple[str | None, ...], figures: Figures, metrics: Sequence[Metric], asked: Question
) -> MetricRow:
    """Return the row of an answer for these dimension values."""
    named = dict(zip(asked.query.by, dims, strict=True))
    values: dict[str, float | None] = {}
    counts: dict[str, Counts] = {}
    for metric in metrics:
        values[metric.name], counts[metric.name] = _figure(metric, "", figures, named, asked)
    return MetricRow(
        dims=named,
        values=values,
        n={name: int(found.get("n") or 0) for name, found in counts.items()},
        k={name: known for name, found in counts.items() if (known := found.get("k")) is not None},
        left_out={name: int(left) for name, found in counts.items() if (left := found.get("x"))},
        uncertain={name: int(unknown) for name, found in counts.items() if (unknown := found.get("u"))},
    )


def _figure(
    metric: Metric, suffix: str, figures: Figures, dims: Mapping[str, str | None], asked: Question
) -> tuple[float | None, Counts]:
    """The value and counts of a metric, or of one that is a side of a ratio (``suffix``: which)."""
    if metric.ratio_of is None:
        found = figures.get(metric.name + suffix)
        return _value(metric, found), found or {}
    sides = [_figure(asked.known[name], f"@{metric.name}{suffix}", figures, dims, asked) for name in sides_of(metric)]
    (above, above_counts), (below, below_counts) = sides[:2]
    if below is not None and metric.below_less:
        # reached or passed: nothing is left to be covered; unknown sales leave unknown what is
        below = None if sides[2][0] is None else max(0.0, below - sides[2][0])
    counts = {**(below_counts if metric.counts_below else above_counts), "k": above}
    if above is None or not below:
        return None, counts
    share = above / below
    return (_less_elapsed(metric, share, dims, asked) if metric.less_elapsed else share), counts


def _less_elapsed(metric: Metric, share: float, dims: Mapping[str, str | None], asked: Question) -> float | None:
    window = _bucket_of(dims, asked.query) or default_window(metric, asked.query.filters, asked.as_of)
    return share - elapsed_share(window, asked.as_of, metric.elapsed_in, asked.settings) if window else None


def _value(metric: Metric, found: Mapping[str, float | None] | None) -> float | None:
    """A count or sum of no rows is 0; rows none of which could be counted have no value; nor has what does not apply here."""
    if found is None:
        return None
    if found.get("v") is None and not found.get("x") and metric.empty_is_zero:
        return 0.0
    return found.get("v")


def _bucket_of(dims: Mapping[str, str | None], query: MetricQuery) -> Period | None:
    """The row's own bucket, where the answer is cut by time, less what lies outside the asked period."""
    for name, value in dims.items():
        if name in DIMENSIONS and DIMENSIONS[name].time and value and (found := parse_label(value)):
            period = found[0]
            start, end = query.filters.start, query.filters.end
            return Period(max(period.start, start or period.start), min(period.end, end or period.end))
    return None


def row_order(row: MetricRow, settings: Settings) -> tuple[tuple[bool, int, str], ...]:
    """Return the key rows are sorted by: no value last, stages in their order, the rest by name."""
    stages = {stage: place for place, stage in enumerate(settings.stages.ids)}
    return tuple(
        (value is None, stages.get(value or "", len(stages)) if name == "stage" else 0, value or "")
        for name, value in row.dims.items()
    )
