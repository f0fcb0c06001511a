"""Run the compiled query over a view, and those of survival metrics beside it, and read their figures back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from salesanalytics.access import View
from salesanalytics.metrics.compile import FIGURES, compile_query
from salesanalytics.metrics.dimensions import Dimension
from salesanalytics.metrics.metric import Aggregate, Metric
from salesanalytics.metrics.periods import label
from salesanalytics.metrics.survival_query import survival_rows
from salesanalytics.metrics.types import Filters
from salesanalytics.settings import Settings

Figures = dict[str, dict[str, float | None]]
"""Metric → its figures v (value), k (numerator), n, x (left out), u (uncertain) in one row; a metric without the asked dimension is absent."""
Rows = dict[tuple[str | None, ...], Figures]
"""Dimension values → figures."""
_NOTHING: dict[str, float | None] = dict.fromkeys(FIGURES)


def measure(
    view: View, metrics: Sequence[Metric], cuts: Sequence[Dimension], filters: Filters, settings: Settings
) -> Rows:
    """Return the figures of plain metrics (no ratios of metrics), by dimension values."""
    stays = [metric for metric in metrics if metric.aggregate is Aggregate.SURVIVAL]
    rows, answered = _compiled_rows(
        view, [metric for metric in metrics if metric not in stays], cuts, filters, settings
    )
    for metric in stays:
        found = survival_rows(view, metric, cuts, filters, settings)
        if found is None:
            continue
        answered.append(metric.name)
        for values, figures in found.items():
            rows.setdefault(_dims(cuts, values), {})[metric.name] = figures
    # a metric that has the dimensions is there in every row, if only with nothing in it
    return {dims: {name: row.get(name, dict(_NOTHING)) for name in answered} for dims, row in rows.items()}


def _compiled_rows(
    view: View, metrics: Sequence[Metric], cuts: Sequence[Dimension], filters: Filters, settings: Settings
) -> tuple[Rows, list[str]]:
    compiled = compile_query(metrics, cuts, filters, settings, view.as_of)
    if compiled is None:
        return {}, []
    rows: Rows = {}
    for found in view.fetch(compiled.sql, compiled.params):
        rows[_dims(cuts, [found[f"d{i}"] for i in range(len(cuts))])] = {
            metrics[place].name: {figure: _number(found[f"{figure}{place}"]) for figure in FIGURES}
            for place in compiled.answered
        }
    return rows, [metrics[place].name for place in compiled.answered]


def _dims(cuts: Sequence[Dimension], values: Sequence[Any]) -> tuple[str | None, ...]:
    return tuple(_dim(cut, value) for cut, value in zip(cuts, values, strict=True))


def _dim(cut: Dimension, value: Any) -> str | None:
    if value is None:
        return None
    if cut.grain:
        return label(value.date() if isinstance(value, datetime) else value, cut.grain)
    return str(value)


def _number(value: Any) -> float | None:
    return None if value is None else float(value)
