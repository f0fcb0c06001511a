"""Figures of one row → a MetricRow: zero or no value, ratios of metrics, pace, and the order of rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from salesanalytics.metrics.compile import default_window
from salesanalytics.metrics.dimensions import DIMENSIONS
from salesanalytics.metrics.families import METRICS
from salesanalytics.metrics.measure import Figures
from salesanalytics.metrics.metric import Metric
from salesanalytics.metrics.periods import Period, parse_label
from salesanalytics.metrics.types import MetricQuery, MetricRow
from salesanalytics.settings import Settings


def finished_row(
    dims: tuple[str | None, ...], figures: Figures, metrics: Sequence[Metric], query: MetricQuery, as_of: date
) -> MetricRow:
    """Return the row of an answer for these dimension values."""
    named = dict(zip(query.by, dims, strict=True))
    values: dict[str, float | None] = {}
    counts: dict[str, dict[str, float | None]] = {}
    for metric in metrics:
        if metric.ratio_of:
            values[metric.name], counts[metric.name] = _ratio(metric, figures, named, query, as_of)
        else:
            values[metric.name] = _value(metric, figures.get(metric.name))
            counts[metric.name] = figures.get(metric.name, {})
    return MetricRow(
        dims=named,
        values=values,
        n={name: int(found.get("n") or 0) for name, found in counts.items()},
        k={name: found["k"] for name, found in counts.items() if found.get("k") is not None},
        left_out={name: int(left) for name, found in counts.items() if (left := found.get("x"))},
        uncertain={name: int(unknown) for name, found in counts.items() if (unknown := found.get("u"))},
    )


def _value(metric: Metric, found: Mapping[str, float | None] | None) -> float | None:
    """A count or sum of no rows is 0; rows none of which could be counted have no value; nor has what does not apply here."""
    if found is None:
        return None
    if found.get("v") is None and not found.get("x") and metric.empty_is_zero:
        return 0.0
    return found.get("v")


def _ratio(
    metric: Metric, figures: Figures, dims: Mapping[str, str | None], query: MetricQuery, as_of: date
) -> tuple[float | None, dict[str, float | None]]:
    above, below = (f"{name}@{metric.name}" for name in metric.ratio_of or ("", ""))
    over = figures.get(below, {}).get("v")
    won = _value(METRICS[above.partition("@")[0]], figures.get(above))
    counts: dict[str, float | None] = {**figures.get(above, {}), "k": won}
    if won is None or not over:
        return None, counts
    if not metric.less_elapsed:
        return won / over, counts
    window = _bucket_of(dims, query) or default_window(metric, query.filters, as_of)
    return (won / over - window.elapsed_share(as_of) if window else None), counts


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
