"""Movers against figures worked out by hand, and against plain noise."""

import random
from datetime import date
from math import comb

import pytest

from salesanalytics.access.view import View
from salesanalytics.insight.movers import COUNTED, CUT_BY, LEAST, movers, strength
from salesanalytics.metrics.periods import Period, previous
from salesanalytics.metrics.run import ask
from salesanalytics.metrics.types import Filters, MetricQuery
from salesanalytics.settings import DEFAULT_SETTINGS


def test_strength_of_equal_windows_is_the_binomial_z_with_continuity():
    assert strength(30, 10, 0.5) == pytest.approx((30 - 20 - 0.5) / 10**0.5)
    assert strength(10, 30, 0.5) == -strength(30, 10, 0.5)
    assert strength(20, 20, 0.5) == 0
    assert strength(0, 0, 0.5) == 0


def test_unequal_windows_expect_their_share_of_days():
    """20 in two weeks after 10 in one is no move at all."""
    assert strength(20, 10, 14 / 21) == 0


def exact_two_sided(now: int, before: int) -> float:
    n = now + before
    tail = sum(comb(n, k) for k in range(max(now, before), n + 1)) / 2**n
    return min(1.0, 2 * tail)


@pytest.mark.parametrize(("now", "before"), [(15, 5), (30, 12), (60, 41), (8, 9)])
def test_the_approximation_decides_as_the_exact_test_does(now, before):
    assert (abs(strength(now, before, 0.5)) > 1.959964) == (exact_two_sided(now, before) < 0.05)


def test_noise_alone_is_rarely_called_clear():
    """Fifty counts that did not change: corrected for their number, at most one run in ten calls any of them a mover."""
    chance, limit = random.Random(5), 3.2905  # two-sided 5 % over fifty
    false = 0
    for _ in range(200):
        pairs = [(sum(chance.random() < 0.5 for _ in range(40)), 40) for _ in range(50)]
        false += any(abs(strength(now, n - now, 0.5)) > limit for now, n in pairs)
    assert false <= 20


@pytest.fixture
def sample_view(sample_workspace):
    return View(sample_workspace.state())


def test_counts_are_those_of_the_metrics(sample_view):
    """Each mover's two counts are what the metric itself says of the same days, and none that moved more is left out."""
    whole = Period(date(2026, 10, 1), date(2026, 12, 31))
    found = movers(sample_view, DEFAULT_SETTINGS, (), whole)
    assert found.before == previous(whole, sample_view.as_of)
    for one in (*found.up, *found.down):
        for count, days in ((one.now, found.period), (one.before, found.before)):
            filters = Filters(((one.dimension, (one.value,)),), days.start, days.end)
            total = ask(sample_view, MetricQuery((one.metric,), (), filters), DEFAULT_SETTINGS).total
            assert total.values[one.metric] == count
        assert one.now + one.before >= LEAST
        assert one.metric in COUNTED
        assert one.dimension in CUT_BY
    strengths = [one.strength for one in found.up]
    assert strengths == sorted(strengths, reverse=True)
    assert all(one.strength > 0 for one in found.up)
    assert all(one.strength < 0 for one in found.down)
