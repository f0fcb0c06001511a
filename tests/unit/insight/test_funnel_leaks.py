"""The biggest leak: worked by hand, and everything that must not be called one."""

from __future__ import annotations

from datetime import date

import pytest
from known_state import KnownState, lead

from salesanalytics.insight.funnel_leaks import Leak, biggest, expected_before, expected_of_others, leaks
from salesanalytics.insight.funnel_reading import steps
from salesanalytics.metrics.funnel import FunnelStage, stage_funnel
from salesanalytics.metrics.types import Filters
from salesanalytics.settings import DEFAULT_SETTINGS

AS_OF = date(2026, 11, 8)


def cohort(amount: float | None = 1000, **now_in: int) -> tuple[FunnelStage, ...]:
    """So many customers now in each stage, each expected to be worth ``amount``."""
    people = [lead(f"{stage}{at}", stage, expected_amount=amount) for stage, n in now_in.items() for at in range(n)]
    return stage_funnel(KnownState(AS_OF, people).view(), DEFAULT_SETTINGS).of(None)


def found(now: tuple[FunnelStage, ...], then: tuple[FunnelStage, ...]) -> tuple[Leak, ...]:
    return leaks(steps(now, then, DEFAULT_SETTINGS), expected_before(then, DEFAULT_SETTINGS) if then else None)


BEFORE = cohort(lead=40, prospect=30, opportunity=15, won=15)  # 100 → 60 → 30 → 15


def test_worked_example() -> None:
    # 100 → 40 → 20 → 10: the first step should have let 60 through and let 40, the others are as before
    now = cohort(lead=60, prospect=20, opportunity=10, won=10)
    first, second, *_ = found(now, BEFORE)
    assert (first.expected, first.beyond, first.mean_amount, first.at_stake) == (
        0.6,
        pytest.approx(20),
        1000,
        pytest.approx(20_000),
    )
    # Wilson: 60/100 lies in 0.5020-0.6906, 40/100 in 0.3094-0.4980; so Newcombe's interval of the difference is
    # 0.2 − √(0.0980² + 0.0980²) = 0.0614 to 0.2 + √(0.0906² + 0.0906²) = 0.3281, times 100 customers of ¥1,000
    assert first.low == pytest.approx(6_140, rel=0.01)
    assert first.high == pytest.approx(32_810, rel=0.01)
    assert first.certain
    assert first.behind_amount == 60_000
    assert (second.expected, second.beyond, second.at_stake) == (0.5, 0, 0)
    assert biggest((first, second)) is first


def test_the_larger_sum_comes_before_the_larger_drop() -> None:
    # many cheap customers fall at the first step, fewer dear ones at the second
    cheap = [lead(f"a{at}", "lead", expected_amount=10) for at in range(60)]
    dear = [lead(f"b{at}", "prospect", expected_amount=90_000) for at in range(24)]
    rest = [lead(f"c{at}", "opportunity", expected_amount=90_000) for at in range(16)]
    now = stage_funnel(KnownState(AS_OF, [*cheap, *dear, *rest]).view(), DEFAULT_SETTINGS).of(None)
    first, second = found(now, BEFORE)
    assert first.beyond == pytest.approx(20)
    assert second.beyond == pytest.approx(4)
    assert biggest((first, second)) is second
    assert second.at_stake == pytest.approx(4 * 90_000)
    assert not second.certain  # 16 of 40 instead of 20 may be chance, and is said to be


def test_nothing_lags_behind() -> None:
    better = cohort(lead=20, prospect=20, opportunity=20, won=40)
    all_of_them = found(better, BEFORE)
    assert all(leak.at_stake == 0 for leak in all_of_them)
    named = biggest(all_of_them)
    assert named is not None
    assert named.behind_amount == 20_000


def test_without_anything_to_expect_by_all_that_did_not_go_on_is_named() -> None:
    now = cohort(lead=60, prospect=45, opportunity=10, won=10)
    named = biggest(found(now, ()))
    assert named is not None
    assert (named.at, named.basis, named.at_stake, named.behind_amount) == (0, None, None, 60_000)


def test_small_steps_and_customers_without_amounts_are_no_leak() -> None:
    assert found(cohort(lead=20, prospect=5), BEFORE) == ()
    assert biggest(found(cohort(None, lead=60, prospect=20, opportunity=20), BEFORE)) is None
    few = expected_before(cohort(lead=20, prospect=5), DEFAULT_SETTINGS)
    assert few.shares == {}


def test_a_part_is_held_against_all_others_not_against_a_whole_that_holds_it() -> None:
    people = [lead(f"n{at}", "prospect" if at < 10 else "lead", expected_amount=100, region="N") for at in range(50)]
    people += [lead(f"s{at}", "prospect" if at < 40 else "lead", expected_amount=100, region="S") for at in range(50)]
    view = KnownState(AS_OF, people).view()
    mine = stage_funnel(view, DEFAULT_SETTINGS, Filters((("region", ("N",)),))).of(None)
    expected = expected_of_others(mine, stage_funnel(view, DEFAULT_SETTINGS).of(None), DEFAULT_SETTINGS)
    assert expected.shares["lead"] == (40, 50)
    (leak,) = leaks(steps(mine, (), DEFAULT_SETTINGS), expected)
    assert (leak.basis, leak.expected, leak.beyond) == ("others", 0.8, pytest.approx(30))
    assert leak.at_stake == pytest.approx(3_000)
