"""A question over several stretches of days at once, which may overlap (the windows of a moving average): one query, in which each row lies in every window that holds its day.

The answer of each window is that of a question of its own over its days: a source that depends on the asked days (customer-weeks, targets) is built for each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from salesanalytics.metrics.dimensions import Dimension
from salesanalytics.metrics.measure import Figures, Rows
from salesanalytics.metrics.metric import Aggregate, Asked, Metric, Source
from salesanalytics.metrics.periods import Period
from salesanalytics.metrics.types import Filters

WINDOW = Dimension("window")
"""The place of a window among those asked, as text."""


def windowed(metric: Metric, windows: Sequence[Period]) -> Metric:
    """Return the metric over rows that carry the ``WINDOW`` they lie in, one row a window."""

    def build(asked: Asked) -> str:
        plain = replace(asked, dims=asked.dims - {WINDOW.name})
        if metric.stock or metric.date is None:
            sources, condition = {metric.source.build(plain)}, "TRUE"
        else:
            sources = {metric.source.build(replace(plain, start=one.start, end=one.end)) for one in windows}
            condition = f"{metric.date} BETWEEN w.window_start AND w.window_end"
        if len(sources) == 1:
            return _joined(sources.pop(), condition, list(enumerate(windows)))
        parts = [
            _joined(metric.source.build(replace(plain, start=one.start, end=one.end)), condition, [(place, one)])
            for place, one in enumerate(windows)
        ]
        return f"({' UNION ALL '.join(part[1:-1] for part in parts)})"

    source: Source = replace(metric.source, build=build)
    return replace(metric, source=source, dims={**metric.dims, WINDOW.name: "CAST(r.window_place AS VARCHAR)"})


def _joined(source: str, condition: str, windows: Sequence[tuple[int, Period]]) -> str:
    lines = ", ".join(f"({place}, DATE '{one.start}', DATE '{one.end}')" for place, one in windows)
    named = f"(VALUES {lines}) AS w(window_place, window_start, window_end)"
    return f"(SELECT r.*, w.window_place FROM {source} AS r JOIN {named} ON {condition})"


def spanning(filters: Filters, windows: Sequence[Period]) -> Filters:
    """Return the filters over all days from the first window's to the last's."""
    return replace(filters, start=min(one.start for one in windows), end=max(one.end for one in windows))


def by_window(rows: Rows, leaves: Sequence[Metric], n: int, *, whole: bool) -> list[Rows]:
    """Return the rows of each of ``n`` windows, without the window in their dimensions (the first).

    ``whole``: nothing was cut, so that a window without any row has one all the same, which counts nothing.
    """
    found: list[Rows] = [{} for _ in range(n)]
    for dims, figures in rows.items():
        if dims[0] is not None:
            found[int(dims[0])][dims[1:]] = figures
    if whole:
        nothing: Figures = {leaf.name: _nothing(leaf) for leaf in leaves}
        for one in found:
            own = one.get((), nothing)
            one[()] = {name: figures if figures["n"] is not None else nothing[name] for name, figures in own.items()}
    return found


def _nothing(leaf: Metric) -> dict[str, float | None]:
    ended = 0.0 if leaf.aggregate is Aggregate.SURVIVAL else None
    counted = 0.0 if leaf.distinct and leaf.aggregate is Aggregate.COUNT else None
    return {"v": counted, "k": ended, "n": 0.0, "x": 0.0, "u": 0.0}
