"""A metric cut by two dimensions, with the totals outside: the table behind the heatmap."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from salesanalytics.insight.cell_spread import Spread
from salesanalytics.insight.clusters import NOTHING, Cluster, Held, Kind, Place, Search, clusters
from salesanalytics.insight.cross_lines import (
    MOST_LINES,
    Ask,
    CrossCell,
    Line,
    Order,
    cell_of,
    joined,
    joins,
    ordered_alike,
    shown_lines,
    with_line,
)
from salesanalytics.metrics.metric import Aggregate, Metric
from salesanalytics.metrics.registry import metrics_of
from salesanalytics.metrics.types import Filters, MetricQuery
from salesanalytics.settings import Settings

__all__ = ["MOST_LINES", "Ask", "CrossCell", "CrossTable", "Line", "Order", "Place", "cross_table", "with_line"]

SpreadOf = Callable[[], Mapping[tuple[str, str], Spread]]


@dataclass(frozen=True)
class CrossTable:
    """Lines in their order, cells by (row, column) place (empty ones absent), totals, the high-value clusters and how many cells were ``looked_at`` for them.

    A place one beyond the last row or column is the total of that line.
    """

    metric: str
    rows: tuple[Line, ...]
    columns: tuple[Line, ...]
    cells: Mapping[Place, CrossCell]
    row_totals: tuple[CrossCell, ...]
    column_totals: tuple[CrossCell, ...]
    total: CrossCell
    clusters: Mapping[Place, Cluster]
    looked_at: int = 0

    def is_named(self, place: Place) -> bool:
        """Whether a cell is of one row and one column somebody filled in, so that it can be the finding."""
        return self.rows[place[0]].named and self.columns[place[1]].named

    def largest(self, least_sample: int = 0) -> Place | None:
        """Return the place of the largest value: of a named cell of at least ``least_sample``, else of any named one, else of a remainder or "no value"; None in an empty table."""
        known = [
            (self.is_named(place), cell.n >= least_sample, cell.value, place)
            for place, cell in self.cells.items()
            if cell.value is not None
        ]
        return max(known)[3] if known else None

    def at(self, place: Place) -> CrossCell | None:
        """Return the cell or total of a place; None where nobody is."""
        row, column = place
        if row == len(self.rows):
            return self.total if column == len(self.columns) else self.column_totals[column]
        return self.row_totals[row] if column == len(self.columns) else self.cells.get(place)

    def filters_of(self, place: Place, by: tuple[str, str], filters: Filters) -> Filters:
        """Return ``filters`` narrowed to a place; those of a total leave the other dimension as it is."""
        for dimension, lines, at in ((by[0], self.rows, place[0]), (by[1], self.columns, place[1])):
            if at < len(lines):
                filters = with_line(filters, dimension, lines[at])
        return filters


def cross_table(
    ask: Ask,
    settings: Settings,
    metric: str,
    by: tuple[str, str],
    filters: Filters,
    order: Order = "total",
    spread: SpreadOf | None = None,
) -> CrossTable:
    """Return ``metric`` cut by two dimensions it has.

    ``order``: largest total first, alike lines together, or as the dimension orders itself; "no value" and the remainder come last. Beyond
    ``MOST_LINES`` lines the rest is one remainder, so that the table always holds the whole. ``spread``: how unequal the amounts of each cell are
    (``cell_spread.cell_spread``); without it no clusters of sums are looked for.
    """
    declared = metrics_of(settings)[metric]
    table = _Asked(ask, declared, by, filters)
    sample = declared.min_sample(settings)
    totals = [table.totals(axis) for axis in (0, 1)]
    lines = [shown_lines(own, order, sample) for own in totals]
    if order == "clustered":
        cells = table.cells(lines)
        lines = [ordered_alike(lines, cells, axis, declared, sample) for axis in (0, 1)]
    cells = table.cells(lines)
    row_totals, column_totals = (
        tuple(table.line_total(axis, line, totals[axis]) for line in lines[axis]) for axis in (0, 1)
    )
    total = cell_of(ask(MetricQuery((metric,), (), filters)).total, metric)
    found = _clusters(cells, lines, declared, settings, spread)
    return CrossTable(metric, lines[0], lines[1], cells, row_totals, column_totals, total, found.found, found.looked_at)


@dataclass(frozen=True)
class _Asked:
    """The answers a table is made of. What adds up is joined from its parts; a median or a ratio of sums is asked again at the joined grain."""

    ask: Ask
    metric: Metric
    by: tuple[str, str]
    filters: Filters

    def _cut(self, dims: tuple[str, ...], filters: Filters | None = None) -> dict[tuple[str, ...], CrossCell]:
        rows = self.ask(MetricQuery((self.metric.name,), dims, filters or self.filters)).rows
        cells = {tuple(row.dims[name] or "" for name in dims): cell_of(row, self.metric.name) for row in rows}
        return {values: cell for values, cell in cells.items() if cell.filled}

    @cached_property
    def parts(self) -> dict[tuple[str, ...], CrossCell]:
        """Every pair of values and what it holds."""
        return self._cut(self.by)

    def totals(self, axis: int) -> dict[str, CrossCell]:
        if not joins(self.metric):
            return {values[0]: cell for values, cell in self._cut((self.by[axis],)).items()}
        parts: dict[str, list[CrossCell]] = {}
        for values, cell in self.parts.items():
            parts.setdefault(values[axis], []).append(cell)
        return {value: joined(self.metric, held) for value, held in parts.items()}

    def line_total(self, axis: int, line: Line, totals: Mapping[str, CrossCell]) -> CrossCell:
        if joins(self.metric) or not line.remainder:
            return joined(self.metric, [totals[value] for value in line.values])
        return self._cut((), with_line(self.filters, self.by[axis], line)).get((), CrossCell(None, 0))

    def cells(self, lines: list[tuple[Line, ...]]) -> dict[Place, CrossCell]:
        places = [{value: at for at, line in enumerate(one) for value in line.values} for one in lines]
        gathered: dict[Place, list[CrossCell]] = {}
        for (row, column), cell in self.parts.items():
            if row in places[0] and column in places[1]:
                gathered.setdefault((places[0][row], places[1][column]), []).append(cell)
        found = {}
        for at, held in gathered.items():
            row_line, column_line = lines[0][at[0]], lines[1][at[1]]
            if joins(self.metric) or not (row_line.remainder or column_line.remainder):
                found[at] = joined(self.metric, held)
                continue
            within = with_line(with_line(self.filters, self.by[0], row_line), self.by[1], column_line)
            found[at] = self._cut((), within).get((), CrossCell(None, 0))
        return found


def _clusters(
    cells: Mapping[Place, CrossCell],
    lines: list[tuple[Line, ...]],
    metric: Metric,
    settings: Settings,
    spread: SpreadOf | None,
) -> Search:
    kind = cluster_kind(metric)
    if kind is None or (kind == "sum" and spread is None):
        return NOTHING
    known = spread() if kind == "sum" and spread else {}
    held = {at: _held(cell, at, lines, known) for at, cell in cells.items() if cell.value is not None}
    named = {
        (r, c) for r, row in enumerate(lines[0]) for c, column in enumerate(lines[1]) if row.named and column.named
    }
    least = max(metric.min_sample(settings), 1)
    return clusters(held, kind, named, least) if kind == "share" else clusters(held, kind, named)


def _held(cell: CrossCell, at: Place, lines: list[tuple[Line, ...]], known: Mapping[tuple[str, str], Spread]) -> Held:
    parts = [known[r, c] for r in lines[0][at[0]].values for c in lines[1][at[1]].values if (r, c) in known]
    squares, cubes = sum(part.squares for part in parts), sum(part.cubes for part in parts)
    return Held(cell.value or 0.0, cell.n, squares, cubes, cell.k or 0.0)


def cluster_kind(metric: Metric) -> Kind | None:
    """Return how a metric's cells are tested for clusters; None where totals let one expect nothing of a cell."""
    if metric.share and metric.averages:
        return "share"
    if not metric.adds_up:
        return None
    return "count" if metric.aggregate is Aggregate.COUNT else "sum"
