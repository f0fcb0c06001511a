"""High-value cells of a cross table: where more lies than the totals of its row and column let one expect, and more than chance explains.

With nothing but the totals known, a cell is expected to hold row total × column total ÷ grand total (independence, as in a chi-squared table); a
share, what the odds of its row and of its column make together. Each cell is tested one-sided against that (``independence``). As many cells are
looked at, Benjamini and Hochberg's procedure (JRSS B 57, 1995) keeps the expected share of false clusters at ``FALSE_SHARE``. A cluster must also
matter: ``LEAST_CUSTOMERS`` customers, ``LEAST_RATIO`` times its expectation and more than the average cell; of a share, the minimum sample and
``LEAST_GAP``. Means and medians have no expectation of this kind.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from salesanalytics.insight.independence import Amounts, at_least_count, at_least_hits, at_least_sum, joined_odds

LEAST_CUSTOMERS = 3
LEAST_RATIO = 1.25
LEAST_GAP = 0.05
FALSE_SHARE = 0.05

Place = tuple[int, int]
Kind = Literal["count", "sum", "share"]


@dataclass(frozen=True)
class Held:
    """What a cell holds: its value (customers, money, a share), the ``customers`` who make it, for sums ``squares`` and ``cubes`` of what each brings, ``hits`` of a share."""

    value: float
    customers: int
    squares: float = 0.0
    cubes: float = 0.0
    hits: float = 0.0


@dataclass(frozen=True)
class Cluster:
    """One cluster: what was ``expected`` in it (in the unit of the values), how many times that it holds, and how likely chance alone would."""

    expected: float
    ratio: float
    customers: int
    chance: float


@dataclass(frozen=True)
class Search:
    """The clusters by place, and how many cells were looked at for them."""

    found: Mapping[Place, Cluster]
    looked_at: int


NOTHING = Search({}, 0)


@dataclass(frozen=True)
class _Margins:
    """A cell's row, its column and the whole table."""

    row: Held
    column: Held
    whole: Held


def clusters(
    cells: Mapping[Place, Held], kind: Kind, tested: Collection[Place] | None = None, least: int = LEAST_CUSTOMERS
) -> Search:
    """Return the clusters among ``cells`` (row, column → what it holds).

    All cells make the totals; ``tested`` (default: all) are looked at, empty ones too. One of fewer than ``least`` customers is never a cluster, but it is
    looked at: only to count those that happen to hold enough would favour chance. A share's sample says nothing of its height, so there only those count.
    """
    asked = set(cells if tested is None else tested)
    if kind == "share":
        asked = {at for at in asked if at in cells and cells[at].customers >= max(1, least)}
    margins = _margins(cells)
    if not asked or margins is None:
        return NOTHING
    large = [at for at in cells if at in asked and cells[at].customers >= max(1, least)]
    judged = {at: _judged(cells[at], margins(at), kind) for at in large}
    limit = _largest_chance([one.chance for one in judged.values()], len(asked))
    average = sum(cell.value for cell in cells.values()) / len(cells)
    return Search(
        {at: one for at, one in judged.items() if one.chance <= limit and _matters(cells[at], one, kind, average)},
        len(asked),
    )


def _matters(cell: Held, found: Cluster, kind: Kind, average: float) -> bool:
    if kind == "share":
        return cell.value - found.expected >= LEAST_GAP
    return found.ratio >= LEAST_RATIO and cell.value >= average


def _margins(cells: Mapping[Place, Held]) -> Callable[[Place], _Margins] | None:
    rows, columns = dict[int, list[Held]](), dict[int, list[Held]]()
    for (row, column), cell in cells.items():
        rows.setdefault(row, []).append(cell)
        columns.setdefault(column, []).append(cell)
    whole = _summed(list(cells.values()))
    if whole.value <= 0 or any(cell.value < 0 for cell in cells.values()):
        return None
    row_sums, column_sums = ({at: _summed(held) for at, held in lines.items()} for lines in (rows, columns))
    return lambda at: _Margins(row_sums[at[0]], column_sums[at[1]], whole)


def _summed(cells: list[Held]) -> Held:
    return Held(
        sum(cell.value for cell in cells),
        sum(cell.customers for cell in cells),
        sum(cell.squares for cell in cells),
        sum(cell.cubes for cell in cells),
        sum(cell.hits for cell in cells),
    )


def _judged(cell: Held, around: _Margins, kind: Kind) -> Cluster:
    row, column, whole = around.row, around.column, around.whole
    if kind == "share":
        shares = [line.hits / line.customers for line in (row, column, whole)]
        expected = joined_odds(*shares)
        chance = at_least_hits(round(cell.hits), cell.customers, expected)
    else:
        expected = row.value * column.value / whole.value
        chance = 1.0
        if kind == "count":
            chance = at_least_count(round(cell.value), round(row.value), round(column.value), round(whole.value))
        elif cell.value > expected:
            # given the row's deals, that so much of them lies in this column; and the other way round; the less surprising of both
            chance = max(
                _chance_of_sum(cell.value, expected, line, other, whole)
                for line, other in ((row, column), (column, row))
            )
    return Cluster(expected, cell.value / expected if expected else 1.0, cell.customers, chance)


def _chance_of_sum(value: float, expected: float, line: Held, other: Held, whole: Held) -> float:
    amounts = Amounts(line.value, line.squares, line.cubes)
    return at_least_sum(value, expected, other.value / whole.value, amounts, whole.customers)


def _largest_chance(chances: list[float], looked_at: int) -> float:
    """The largest chance Benjamini and Hochberg let pass among ``looked_at`` tests, those not in ``chances`` being certain; below zero where none does."""
    passed = [p for at, p in enumerate(sorted(chances), start=1) if p <= FALSE_SHARE * at / looked_at]
    return max(passed, default=-1.0)
