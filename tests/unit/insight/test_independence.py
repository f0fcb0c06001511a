"""The tails behind clusters, against counting every case and against shuffling."""

from __future__ import annotations

from itertools import combinations
from math import comb, exp, sqrt
from random import Random

import pytest

from salesanalytics.insight.independence import Amounts, at_least_count, at_least_hits, at_least_sum, joined_odds


@pytest.mark.parametrize(("cell", "row", "column", "whole"), [(3, 5, 6, 12), (0, 5, 6, 12), (5, 5, 6, 12), (4, 9, 7, 12), (2, 9, 7, 12)])  # fmt: skip
def test_counts_against_every_way_to_fill_a_column(cell: int, row: int, column: int, whole: int) -> None:
    ways = [sum(one < row for one in drawn) for drawn in combinations(range(whole), column)]
    assert at_least_count(cell, row, column, whole) == pytest.approx(sum(way >= cell for way in ways) / len(ways))


def test_counts_of_a_large_company_stay_exact() -> None:
    whole, row, column = 20_000, 4_000, 2_000
    exact = sum(comb(row, k) * comb(whole - row, column - k) for k in range(430, 700)) / comb(whole, column)
    assert at_least_count(430, row, column, whole) == pytest.approx(exact, rel=1e-7)


def test_hits_against_the_binomial_written_out() -> None:
    for hits, n, share in ((3, 10, 0.3), (10, 10, 0.3), (1, 7, 0.9), (40, 100, 0.35)):
        exact = sum(comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(hits, n + 1))
        assert at_least_hits(hits, n, share) == pytest.approx(exact, rel=1e-9)
    assert (at_least_hits(0, 5, 0.1), at_least_hits(2, 5, 0.0), at_least_hits(5, 5, 1.0)) == (1.0, 0.0, 1.0)


def test_sums_against_shuffling_who_lies_where() -> None:
    chance = Random(3)
    amounts = [chance.lognormvariate(0, 0.8) for _ in range(200)]
    row, share = amounts[:60], 0.25
    takes = [True] * 50 + [False] * 150
    expected = sum(row) * share
    squares, cubes = sum(a * a for a in row), sum(a**3 for a in row)
    spread = sqrt(squares * share * (1 - share))
    drawn = []
    for _ in range(4000):
        chance.shuffle(takes)
        drawn.append(sum(a for a, taken in zip(row, takes, strict=False) if taken))
    for times in (1.0, 2.0, 2.5):
        value = expected + times * spread
        shuffled = sum(one >= value for one in drawn) / len(drawn)
        said = at_least_sum(value, expected, share, Amounts(sum(row), squares, cubes), 200)
        assert said == pytest.approx(shuffled, abs=0.015)
        assert 0.6 * shuffled <= said <= 1.7 * shuffled


def test_a_skewed_sum_has_the_longer_tail() -> None:
    even = at_least_sum(13, 10, 0.2, Amounts(0.0, 10.0, 0.0), 100)
    skewed = at_least_sum(13, 10, 0.2, Amounts(0.0, 10.0, 30.0), 100)
    assert even == pytest.approx(0.0089, abs=0.0002)  # 3 ÷ √1.6 = 2.37 standard deviations
    assert skewed > even
    # an exponential is Pearson III of skewness 2: P(X ≥ 1 + z) = e^-(1+z); variance 1 with skewness 2
    tail = at_least_sum(3.0, 0.0, 0.5, Amounts(0.0, 4.0, 0.0), 100)
    assert tail == pytest.approx(0.00135, abs=1e-5)
    share, squares = 0.2, 1 / 0.16
    cubes = 2 / (0.16 * 0.6)
    assert at_least_sum(3.0, 0.0, share, Amounts(0.0, squares, cubes), 100) == pytest.approx(exp(-4), rel=1e-9)


def test_odds_join() -> None:
    assert joined_odds(0.5, 0.5, 0.5) == 0.5
    assert joined_odds(0.2, 0.5, 0.2) == pytest.approx(0.5)
    assert joined_odds(0.5, 0.5, 0.2) == pytest.approx(4 / 5)
    assert joined_odds(0.0, 0.5, 0.2) == 0.0
    assert joined_odds(1.0, 0.5, 0.9) == 1.0
