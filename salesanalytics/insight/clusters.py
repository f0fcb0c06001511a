"""High-value cells of a cross table: where more lies than the totals of its row and column let one expect.

With nothing but the totals known, a cell is expected to hold row total × column total ÷ grand total (independence, as in a chi-squared table).
A cell is a cluster when at least ``LEAST_CUSTOMERS`` customers make it, it holds at least ``LEAST_RATIO`` times its expectation, and it is
among the top quarter of the filled cells: small cells beat tiny expectations easily, and one customer is no cluster. It only makes sense for what
adds up (customers, amounts); shares have no expectation of this kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

LEAST_CUSTOMERS = 3
LEAST_RATIO = 1.25
TOP_SHARE = 0.25

Place = tuple[int, int]


@dataclass(frozen=True)
class Held:
    """What a cell holds: its value (money or customers) and how many customers make it."""

    value: float
    customers: int


def expectation(cells: Mapping[Place, Held], place: Place) -> float | None:
    """Return what the totals let one expect in a cell, in the unit of the values; None when everything is zero."""
    row, column = place
    total = sum(cell.value for cell in cells.values())
    if total <= 0:
        return None
    of_row = sum(cell.value for (r, _), cell in cells.items() if r == row)
    of_column = sum(cell.value for (_, c), cell in cells.items() if c == column)
    return of_row * of_column / total


def clusters(cells: Mapping[Place, Held]) -> dict[Place, float]:
    """Return the clusters among ``cells`` (row, column → what it holds) and how many times their expectation each holds."""
    filled = sorted((cell.value for cell in cells.values() if cell.value > 0), reverse=True)
    if not filled:
        return {}
    least = filled[max(1, round(len(filled) * TOP_SHARE)) - 1]
    total = sum(filled)
    rows, columns = dict[int, float](), dict[int, float]()
    for (row, column), cell in cells.items():
        rows[row] = rows.get(row, 0.0) + cell.value
        columns[column] = columns.get(column, 0.0) + cell.value
    found = {}
    for (row, column), cell in cells.items():
        expected = rows[row] * columns[column] / total
        if cell.customers >= LEAST_CUSTOMERS and cell.value >= least and cell.value >= LEAST_RATIO * expected > 0:
            found[row, column] = cell.value / expected
    return found
