"""The order of lines in which alike ones stand together: average-linkage clustering, its branches turned so that neighbours differ least.

Source of the turning: Bar-Joseph, Gifford and Jaakkola, "Fast optimal leaf ordering for hierarchical clustering" (Bioinformatics 17, 2001).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import sqrt

Distances = Sequence[Sequence[float]]
_Ways = dict[tuple[int, int], tuple[float, tuple[int, ...]]]
"""First and last line of a branch → the cheapest way to lay it out between them: what its steps add up to, and its lines in order."""


def alike_order(distances: Distances) -> tuple[int, ...]:
    """Return the places 0 … n-1 in the order described above; ties go to the lower place, so that the answer never wavers.

    ``distances``: a symmetric n × n table.
    """
    branches: list[tuple[tuple[int, ...], _Ways]] = [((at,), {(at, at): (0.0, (at,))}) for at in range(len(distances))]
    if not branches:
        return ()
    while len(branches) > 1:
        one, other = min(
            combinations(range(len(branches)), 2),
            key=lambda pair: (_apart(branches[pair[0]][0], branches[pair[1]][0], distances), pair),
        )
        right = branches.pop(other)
        left = branches.pop(one)
        branches.append((left[0] + right[0], _joined(left[1], right[1], distances)))
    order = min(branches[0][1].values())[1]
    return min(order, order[::-1])


def _apart(one: tuple[int, ...], other: tuple[int, ...], distances: Distances) -> float:
    return sum(distances[a][b] for a in one for b in other) / (len(one) * len(other))


def _joined(left: _Ways, right: _Ways, distances: Distances) -> _Ways:
    found: _Ways = {}
    for (first, near), (left_cost, left_order) in left.items():
        for (far, last), (right_cost, right_order) in right.items():
            way = left_cost + distances[near][far] + right_cost, left_order + right_order
            for ends, candidate in (((first, last), way), ((last, first), (way[0], way[1][::-1]))):
                if ends not in found or candidate < found[ends]:
                    found[ends] = candidate
    return found


def profile_distances(
    lines: Sequence[Sequence[float | None]], weights: Sequence[float], *, shares: bool
) -> list[list[float]]:
    """Return how far apart lines are, for ``alike_order``.

    ``shares``: each line is spread over its columns and compared as the share each gets (the chi-squared distance of correspondence analysis; None is
    nothing); else the values themselves are, over the columns both have. ``weights``: a column's weight; the heavier, the less a difference in it says of
    shares, the more of values.
    """
    profiles = [_profile(line) for line in lines] if shares else lines
    near = [[_between(a, b, weights, shares=shares) for b in profiles] for a in profiles]
    known = [gap for line in near for gap in line if gap is not None]
    unknown = max(known, default=0.0)
    return [[unknown if gap is None else gap for gap in line] for line in near]


def _profile(line: Sequence[float | None]) -> list[float | None]:
    total = sum(value or 0.0 for value in line)
    return [(value or 0.0) / total if total else 0.0 for value in line]


def _between(
    one: Sequence[float | None], other: Sequence[float | None], weights: Sequence[float], *, shares: bool
) -> float | None:
    pairs = [
        (a - b, weight)
        for a, b, weight in zip(one, other, weights, strict=True)
        if a is not None and b is not None and weight > 0
    ]
    if not pairs:
        return None
    if shares:
        return sqrt(sum(gap * gap / weight for gap, weight in pairs))
    return sqrt(sum(gap * gap * weight for gap, weight in pairs) / sum(weight for _, weight in pairs))
