"""A metric cut by two dimensions, with the totals outside: the table behind the heatmap."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from salesanalytics.insight.clusters import Held, Place, clusters
from salesanalytics.metrics.metric import Metric
from salesanalytics.metrics.registry import metrics_of
from salesanalytics.metrics.types import Filters, MetricQuery, MetricResult, MetricRow
from salesanalytics.settings import Settings

Ask = Callable[[MetricQuery], MetricResult]
Order = Literal["total", "original"]
MOST_LINES = 12


@dataclass(frozen=True)
class CrossCell:
    """One cell or total. ``value`` None = empty; ``n`` the customers it counts; ``k`` the numerator of a share; ``left_out``: without an amount."""

    value: float | None
    n: int
    k: float | None = None
    left_out: int = 0


@dataclass(frozen=True)
class Line:
    """A row or column: the dimension values it stands for ("" = no value); more than one in the remainder."""

    values: tuple[str, ...]

    @property
    def remainder(self) -> bool:
        """Whether it gathers all that did not fit."""
        return len(self.values) > 1


@dataclass(frozen=True)
class CrossTable:
    """Lines in their order, cells by (row, column) place (empty ones absent), totals, and the high-value clusters with their ratio to expectation."""

    metric: str
    rows: tuple[Line, ...]
    columns: tuple[Line, ...]
    cells: Mapping[Place, CrossCell]
    row_totals: tuple[CrossCell, ...]
    column_totals: tuple[CrossCell, ...]
    total: CrossCell
    clusters: Mapping[Place, float]

    def largest(self, least_sample: int = 0) -> Place | None:
        """Return the place of the largest value among the cells of at least ``least_sample``, remainders last; None in an empty table."""
        known = [
            (not (self.rows[r].remainder or self.columns[c].remainder), cell.value, (r, c))
            for (r, c), cell in self.cells.items()
            if cell.value is not None and cell.n >= least_sample
        ]
        return max(known)[2] if known else None


def _cell(row: MetricRow, metric: str) -> CrossCell:
    return CrossCell(row.values[metric], row.n.get(metric, 0), row.k.get(metric), row.left_out.get(metric, 0))


def _added(metric: Metric, cells: Sequence[CrossCell]) -> CrossCell:
    """Sums are added, shares and means taken of the added k and n; only for metrics that are one or the other."""
    known = [cell for cell in cells if cell.value is not None]
    n, left = sum(cell.n for cell in cells), sum(cell.left_out for cell in cells)
    if not known:
        return CrossCell(None, n, None, left)
    if metric.averages:
        k = sum(cell.k or 0.0 for cell in known)
        return CrossCell(k / n if n else None, n, k, left)
    return CrossCell(sum(cell.value or 0.0 for cell in known), n, None, left)


def cross_table(
    ask: Ask, settings: Settings, metric: str, by: tuple[str, str], filters: Filters, order: Order = "total"
) -> CrossTable:
    """Return ``metric`` (one that ``adds_up`` or ``averages``) cut by two dimensions. ``order``: largest total first, or as the dimension orders itself.

    "No value" and the remainder come last. Beyond ``MOST_LINES`` lines the rest is one remainder, so that the table always adds up.
    """
    found = ask(MetricQuery((metric,), by, filters)).rows
    total = _cell(ask(MetricQuery((metric,), (), filters)).total, metric)
    declared = metrics_of(settings)[metric]
    sample = declared.min_sample(settings)
    lines, totals = [], []
    for dimension in by:
        rows = ask(MetricQuery((metric,), (dimension,), filters)).rows
        own = {row.dims[dimension] or "": _cell(row, metric) for row in rows}
        chosen = _lines({value: cell for value, cell in own.items() if _filled(cell)}, order, sample)
        lines.append(chosen)
        totals.append(tuple(_added(declared, [own[value] for value in line.values]) for line in chosen))
    place = [{value: at for at, line in enumerate(one) for value in line.values} for one in lines]
    gathered: dict[Place, list[CrossCell]] = {}
    for row in found:
        cell, values = _cell(row, metric), [row.dims[dimension] or "" for dimension in by]
        if _filled(cell) and values[0] in place[0] and values[1] in place[1]:
            gathered.setdefault((place[0][values[0]], place[1][values[1]]), []).append(cell)
    cells = {at: _added(declared, held) for at, held in gathered.items()}
    adds_up = declared.adds_up
    held = {at: Held(cell.value, cell.n) for at, cell in cells.items() if cell.value is not None}
    named = {
        at: ratio
        for at, ratio in (clusters(held) if adds_up else {}).items()
        if not lines[0][at[0]].remainder and not lines[1][at[1]].remainder
    }
    return CrossTable(metric, lines[0], lines[1], cells, totals[0], totals[1], total, named)


def _filled(cell: CrossCell) -> bool:
    return bool(cell.n or cell.left_out)


def _lines(totals: Mapping[str, CrossCell], order: Order, sample: int) -> tuple[Line, ...]:
    names = [value for value in totals if value]

    def weight(value: str) -> tuple[bool, float]:
        cell = totals[value]
        return cell.n >= sample, cell.value if cell.value is not None else -1.0

    by_weight = sorted(names, key=weight, reverse=True)
    kept = set(by_weight if len(by_weight) <= MOST_LINES else by_weight[: MOST_LINES - 1])
    shown = [value for value in (by_weight if order == "total" else names) if value in kept]
    rest = tuple(value for value in by_weight if value not in kept)
    lines = [Line((value,)) for value in shown]
    lines += [Line(rest)] if rest else []
    return (*lines, Line(("",))) if "" in totals else tuple(lines)


def with_line(filters: Filters, dimension: str, line: Line) -> Filters:
    """Return ``filters`` narrowed to a line; what was already chosen in its dimension holds the line's values anyway."""
    kept = {name: values for name, values in filters.where if name != dimension}
    kept[dimension] = tuple(sorted(line.values))
    return replace(filters, where=tuple(sorted(kept.items())))
