"""Run one compiled query over a view and read its figures back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from salesanalytics.access import View
from salesanalytics.metrics.compile import FIGURES, compile_query
from salesanalytics.metrics.dimensions import Dimension
from salesanalytics.metrics.metric import Metric
from salesanalytics.metrics.periods import label
from salesanalytics.metrics.types import Filters
from salesanalytics.settings import Settings

Figures = dict[str, dict[str, float | None]]
"""Metric → its figures v (value), k (numerator), n, x (left out), u (uncertain) in one row; a metric without the asked dimension is absent."""
Rows = dict[tuple[str | None, ...], Figures]
"""Dimension values → figures."""


def measure(
    view: View, metrics: Sequence[Metric], cuts: Sequence[Dimension], filters: Filters, settings: Settings
) -> Rows:
    """Return the figures of plain metrics (no ratios of metrics), by dimension values."""
    compiled = compile_query(metrics, cuts, filters, settings, view.as_of)
    if compiled is None:
        return {}
    rows: Rows = {}
    for found in view.fetch(compiled.sql, compiled.params):
        dims = tuple(_dim(cut, found[f"d{i}"]) for i, cut in enumerate(cuts))
        rows[dims] = {
            metrics[place].name: {figure: _number(found[f"{figure}{place}"]) for figure in FIGURES}
            for place in compiled.answered
        }
    return rows


def _dim(cut: Dimension, value: Any) -> str | None:
    if value is None:
        return None
    if cut.grain:
        return label(value.date() if isinstance(value, datetime) else value, cut.grain)
    return str(value)


def _number(value: Any) -> float | None:
    return None if value is None else float(value)
