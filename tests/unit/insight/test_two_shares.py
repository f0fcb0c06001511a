"""The mathematics of comparing shares, against published worked numbers and against chance itself."""

from __future__ import annotations

import random
from math import sqrt

import pytest

from salesanalytics.insight.two_shares import (
    Pair,
    mantel_haenszel,
    more_to_leave_out,
    more_to_tell_apart,
    newcombe,
)
from salesanalytics.metrics.wilson import interval

NEWCOMBE_1998_TABLE_II = [  # Statistics in Medicine 17, 873-890, method 10
    ((56, 70, 48, 80), 0.0524, 0.3339),
    ((9, 10, 3, 10), 0.1705, 0.8090),
    ((6, 7, 2, 7), 0.0582, 0.8062),
    ((5, 56, 0, 29), -0.0381, 0.1926),
    ((0, 10, 0, 20), -0.1611, 0.2775),
    ((0, 10, 0, 10), -0.2775, 0.2775),
    ((10, 10, 0, 20), 0.6791, 1.0),
    ((10, 10, 0, 10), 0.6075, 1.0),
]
NEWCOMBE_1998_ONE_SHARE = [  # Statistics in Medicine 17, 857-872, Table I, method 3 (Wilson)
    ((81, 263), 0.2553, 0.3662),
    ((15, 148), 0.0624, 0.1605),
    ((0, 20), 0.0, 0.1611),
    ((1, 29), 0.0061, 0.1718),
]
BCG = [  # the thirteen BCG vaccine trials (Colditz et al., JAMA 1994): cases of TB, vaccinated and not
    (4, 123, 11, 139), (6, 306, 29, 303), (3, 231, 11, 220), (62, 13598, 248, 12867), (33, 5069, 47, 5808),
    (180, 1541, 372, 1451), (8, 2545, 10, 629), (505, 88391, 499, 88391), (29, 7499, 45, 7277), (17, 1716, 65, 1665),
    (186, 50634, 141, 27338), (5, 2498, 3, 2341), (27, 16913, 29, 17854),
]  # fmt: skip


@pytest.mark.parametrize(("sample", "low", "high"), NEWCOMBE_1998_TABLE_II)
def test_newcombes_published_intervals(sample: tuple[int, int, int, int], low: float, high: float) -> None:
    found = newcombe(Pair(*sample))
    assert found is not None
    assert (found.low, found.high) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))
    turned = newcombe(Pair(sample[2], sample[3], sample[0], sample[1]))
    assert turned is not None
    assert (turned.low, turned.high) == (pytest.approx(-high, abs=5e-5), pytest.approx(-low, abs=5e-5))


@pytest.mark.parametrize(("sample", "low", "high"), NEWCOMBE_1998_ONE_SHARE)
def test_wilsons_published_intervals(sample: tuple[int, int], low: float, high: float) -> None:
    assert interval(*sample) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


def test_nobody_on_a_side_is_no_difference() -> None:
    assert newcombe(Pair(1, 2, 0, 0)) is None
    assert mantel_haenszel([Pair(1, 2, 0, 0), Pair(0, 0, 3, 4)]) is None


def test_one_stratum_is_the_plain_difference_and_nearly_walds_interval() -> None:
    found = mantel_haenszel([Pair(300, 1000, 500, 2000)])
    assert found is not None
    assert found.value == pytest.approx(0.05)
    wald = 1.959964 * sqrt(0.3 * 0.7 / 1000 + 0.25 * 0.75 / 2000)
    assert found.high - found.value == pytest.approx(wald, rel=0.01)


def test_the_bcg_trials_within_each_trial() -> None:
    # the sums written out by hand, with Greenland and Robins' variance for few large strata, which Sato's must come close to
    found = mantel_haenszel([Pair(*trial) for trial in BCG])
    assert found is not None
    above = sum((a * n2 - c * n1) / (n1 + n2) for a, n1, c, n2 in BCG)
    below = sum(n1 * n2 / (n1 + n2) for _, n1, _, n2 in BCG)
    assert found.value == pytest.approx(above / below)
    spread = sum((a * (n1 - a) * n2**3 + c * (n2 - c) * n1**3) / (n1 * n2 * (n1 + n2) ** 2) for a, n1, c, n2 in BCG)
    assert (found.high - found.value) / 1.959964 == pytest.approx(sqrt(spread) / below, rel=0.02)


def test_simpsons_kidney_stones_turn_round_within_strata() -> None:
    # Charig et al., BMJ 1986: open surgery is better for small and for large stones, and looks worse over all
    small, large = Pair(81, 87, 234, 270), Pair(192, 263, 55, 80)
    over_all = newcombe(Pair(81 + 192, 87 + 263, 234 + 55, 270 + 80))
    within = mantel_haenszel([small, large])
    assert over_all is not None
    assert within is not None
    assert over_all.value < 0 < within.value


def test_95_percent_are_about_95_percent() -> None:
    """Chance itself: of 400 drawn companies the stated interval holds the true difference about 95 times in a hundred."""
    rng = random.Random(7)
    strata = [(0.1, 0.16, 60, 90), (0.3, 0.36, 50, 40), (0.05, 0.11, 80, 30)]
    held = held_within = 0
    for _ in range(400):
        drawn = [
            Pair(sum(rng.random() < p for _ in range(n)), n, sum(rng.random() < q for _ in range(m)), m)
            for q, p, n, m in strata
        ]
        within, plain = mantel_haenszel(drawn), newcombe(drawn[0])
        assert within is not None
        assert plain is not None
        held_within += within.low <= 0.06 <= within.high
        held += plain.low <= 0.06 <= plain.high
    assert 0.92 <= held_within / 400 <= 0.985
    assert 0.92 <= held / 400 <= 0.985


@pytest.mark.parametrize(("k", "n", "overall"), [(12, 80, 0.1), (3, 40, 0.12), (0, 31, 0.05), (30, 100, 0.31)])
def test_so_many_more_leads_and_no_fewer_would_tell(k: int, n: int, overall: float) -> None:
    more = more_to_leave_out(k, n, overall)
    assert more is not None
    assert more > 0
    share = k / n
    for size, tells in ((n + more, True), (n + more - 1, False)):
        low, high = interval(share * size, size) or (0.0, 1.0)
        assert (not low <= overall <= high) is tells


def test_what_is_told_already_needs_nothing_more_and_what_is_equal_never_tells() -> None:
    assert more_to_leave_out(60, 100, 0.2) == 0
    assert more_to_leave_out(20, 100, 0.2) is None
    assert more_to_leave_out(0, 0, 0.2) is None
    assert more_to_tell_apart(Pair(60, 100, 10, 100)) == 0
    assert more_to_tell_apart(Pair(10, 100, 20, 200)) is None
    assert more_to_tell_apart(Pair(1, 2, 0, 0)) is None


def test_so_many_more_on_each_side_would_tell_two_shares_apart() -> None:
    pair = Pair(20, 200, 27, 180)  # 10 % and 15 %
    more = more_to_tell_apart(pair)
    assert more is not None
    for extra, tells in ((more, True), (more - 1, False)):
        n1, n2 = pair.n1 + extra, pair.n2 + extra
        (_, high1), (low2, _) = interval(0.1 * n1, n1) or (0, 1), interval(0.15 * n2, n2) or (0, 1)
        upper = 0.1 - 0.15 + sqrt((high1 - 0.1) ** 2 + (0.15 - low2) ** 2)
        assert (upper < 0) is tells
