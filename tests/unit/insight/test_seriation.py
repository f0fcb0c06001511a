"""Alike lines together: always a permutation, never worse than before, blocks side by side."""

from __future__ import annotations

from itertools import pairwise, permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from salesanalytics.insight.seriation import alike_order, profile_distances

POINTS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=12)


def distances(points: list[tuple[int, int]]) -> list[list[float]]:
    return [[abs(a[0] - b[0]) + abs(a[1] - b[1]) for b in points] for a in points]


def steps(order: tuple[int, ...], far: list[list[float]]) -> float:
    return sum(far[one][other] for one, other in pairwise(order))


@settings(max_examples=60, deadline=None)
@given(POINTS)
def test_it_is_a_permutation_and_the_same_every_time(points: list[tuple[int, int]]) -> None:
    order = alike_order(distances(points))
    assert sorted(order) == list(range(len(points)))
    assert order == alike_order(distances(points))


def test_lines_on_a_line_come_in_their_order() -> None:
    points = [(7, 0), (0, 0), (9, 0), (3, 0), (4, 0), (1, 0)]
    assert [points[at][0] for at in alike_order(distances(points))] in ([0, 1, 3, 4, 7, 9], [9, 7, 4, 3, 1, 0])


def test_branches_are_turned_the_best_way() -> None:
    # two pairs far apart: of all orders that keep the pairs, the one with the near ends in the middle
    points = [(0, 0), (2, 0), (20, 0), (22, 0)]
    far = distances(points)
    keeping = [one for one in permutations(range(4)) if {frozenset(one[:2]), frozenset(one[2:])} == {frozenset((0, 1)), frozenset((2, 3))}]  # fmt: skip
    assert steps(alike_order(far), far) == min(steps(one, far) for one in keeping)


def test_lines_of_one_profile_stand_together_whatever_their_size() -> None:
    lines = [[90, 10, 0], [1, 0, 9], [9, 1, 0], [10, 0, 90], [45, 5, 0]]
    order = alike_order(profile_distances(lines, [0.5, 0.1, 0.4], shares=True))
    kinds = ["".join("a" if at in (0, 2, 4) else "b" for at in order)]
    assert kinds[0] in ("aaabb", "bbaaa")


def test_values_are_compared_where_both_are_known() -> None:
    far = profile_distances([[0.1, None], [0.1, 0.9], [0.5, 0.9], [None, None]], [0.5, 0.5], shares=False)
    assert far[0][1] == 0
    assert far[0][2] > far[1][2] > 0
    assert far[0][3] == max(max(line) for line in far)  # nothing in common: as far as any


def test_nothing_and_one() -> None:
    assert alike_order([]) == ()
    assert alike_order([[0.0]]) == (0,)
