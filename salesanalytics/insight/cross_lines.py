"""The rows and columns of a cross table: which values get a line of their own, in what order, and how cells are joined into one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from salesanalytics.insight.given import is_given
from salesanalytics.insight.seriation import alike_order, profile_distances
from salesanalytics.metrics.metric import Metric
from salesanalytics.metrics.types import Filters, MetricQuery, MetricResult, MetricRow

Ask = Callable[[MetricQuery], MetricResult]
Order = Literal["total", "clustered", "original"]
MOST_LINES = 12


@dataclass(frozen=True)
class CrossCell:
    """One cell or total. ``value`` None = empty; ``n`` the customers it counts; ``k`` the numerator of a share; ``left_out``: without an amount."""

    value: float | None
    n: int
    k: float | None = None
    left_out: int = 0

    @property
    def filled(self) -> bool:
        """Whether anything at all is in it."""
        return bool(self.n or self.left_out or self.value)


@dataclass(frozen=True)
class Line:
    """A row or column: the dimension values it stands for ("" = no value); more than one in the remainder."""

    values: tuple[str, ...]

    @property
    def remainder(self) -> bool:
        """Whether it gathers all that did not fit."""
        return len(self.values) > 1

    @property
    def named(self) -> bool:
        """Whether it is one value somebody filled in."""
        return not self.remainder and is_given(self.values[0])


def cell_of(row: MetricRow, metric: str) -> CrossCell:
    """Return a metric's cell of one row of an answer."""
    return CrossCell(row.values[metric], row.n.get(metric, 0), row.k.get(metric), row.left_out.get(metric, 0))


def joins(metric: Metric) -> bool:
    """Say whether cells of a metric can be joined without asking again: sums, counts, and sums over n."""
    return metric.adds_up or metric.averages


def joined(metric: Metric, cells: Sequence[CrossCell]) -> CrossCell:
    """Return cells as one: sums are added, shares and means taken of the added k and n. One cell is itself, whatever the metric."""
    if len(cells) == 1:
        return cells[0]
    known = [cell for cell in cells if cell.value is not None]
    n, left = sum(cell.n for cell in cells), sum(cell.left_out for cell in cells)
    if not known:
        return CrossCell(None, n, None, left)
    if metric.averages:
        k = sum(cell.k or 0.0 for cell in known)
        return CrossCell(k / n if n else None, n, k, left)
    return CrossCell(sum(cell.value or 0.0 for cell in known), n, None, left)


def shown_lines(totals: Mapping[str, CrossCell], order: Order, sample: int) -> tuple[Line, ...]:
    """Return the lines of one dimension: the largest totals (those of a sufficient sample first), then the remainder, then "no value".

    ``order`` "original" keeps the order of ``totals`` among those shown.
    """
    names = [value for value in totals if value]

    def weight(value: str) -> tuple[bool, float]:
        cell = totals[value]
        return cell.n >= sample, cell.value if cell.value is not None else -1.0

    by_weight = sorted(names, key=weight, reverse=True)
    kept = set(by_weight if len(by_weight) <= MOST_LINES else by_weight[: MOST_LINES - 1])
    shown = [value for value in (names if order == "original" else by_weight) if value in kept]
    rest = tuple(value for value in by_weight if value not in kept)
    lines = [Line((value,)) for value in shown]
    lines += [Line(rest)] if rest else []
    return (*lines, Line(("",))) if "" in totals else tuple(lines)


def ordered_alike(
    lines: Sequence[tuple[Line, ...]],
    cells: Mapping[tuple[int, int], CrossCell],
    axis: int,
    metric: Metric,
    sample: int,
) -> tuple[Line, ...]:
    """Return the lines of one axis with alike ones together, remainder and "no value" last. Cells under ``sample`` say nothing of a share.

    What adds up is compared by how it spreads over the other axis, everything else by its values.
    """
    own, other = lines[axis], lines[1 - axis]
    named = [at for at, line in enumerate(own) if line.named]

    def value(at: int, across: int) -> float | None:
        cell = cells.get((at, across) if axis == 0 else (across, at))
        return None if cell is None or (cell.n < sample and not metric.adds_up) else cell.value

    spread = [[value(at, across) for across in range(len(other))] for at in named]
    shares = metric.adds_up and all((known or 0.0) >= 0 for line in spread for known in line)
    weights = [
        sum((cell.value or 0.0) if shares else cell.n for place, cell in cells.items() if place[1 - axis] == across)
        for across in range(len(other))
    ]
    total = sum(weights) or 1.0
    order = alike_order(profile_distances(spread, [weight / total for weight in weights], shares=shares))
    return (*(own[named[at]] for at in order), *(line for line in own if not line.named))


def with_line(filters: Filters, dimension: str, line: Line) -> Filters:
    """Return ``filters`` narrowed to a line; what was already chosen in its dimension holds the line's values anyway."""
    kept = {name: values for name, values in filters.where if name != dimension}
    kept[dimension] = tuple(sorted(line.values))
    return replace(filters, where=tuple(sorted(kept.items())))
