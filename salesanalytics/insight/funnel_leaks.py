"""The biggest leak of an entry cohort, by the money at stake: who should have gone on and did not, and what they are expected to be worth.

At a step n customers reached a stage and k went beyond it; e is the share that was to be expected. Beyond expectation are max(0, n·e − k) customers;
at stake is that many times the mean expected amount of those lost or still in the stage who have an amount. e is the share of the compared
cohort, which was just as old; where there is none (all time) and a part of the customers is looked at, that of all others; else none.
It is expected amount, not revenue that could be had: those customers would have come one stage further, not all have been won.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from salesanalytics.insight.funnel_reading import Step
from salesanalytics.insight.two_shares import Pair, newcombe
from salesanalytics.metrics.funnel import FunnelStage
from salesanalytics.settings import Settings

Basis = Literal["before", "others"]


@dataclass(frozen=True)
class Expected:
    """What was to be expected of each stage's step: k of n, by stage id, and where from."""

    basis: Basis
    shares: dict[str, tuple[int, int]]


@dataclass(frozen=True)
class Leak:
    """One step of a cohort. ``expected`` 0-1 and ``beyond`` customers: None without anything to expect by. Amounts in currency.

    ``mean_amount``: of those not gone on who have one. ``at_stake`` with its 95 % interval ``low``, ``high`` (Newcombe's of the two shares); ``certain``:
    chance does not explain it. ``behind_amount``: everything that has not gone on.
    """

    at: int
    basis: Basis | None
    expected: float | None
    beyond: float | None
    mean_amount: float | None
    at_stake: float | None
    low: float | None
    high: float | None
    behind_amount: float | None

    @property
    def certain(self) -> bool:
        """Whether even the lower end of the interval is above nothing."""
        return self.low is not None and self.low > 0


def expected_before(then: Sequence[FunnelStage], settings: Settings) -> Expected:
    """Return what the compared cohort lets expect; steps under the minimum sample are left out."""
    enough = {stage.stage: (stage.k, stage.n) for stage in then if stage.n >= settings.metrics.min_sample}
    return Expected("before", enough)


def expected_of_others(mine: Sequence[FunnelStage], everyone: Sequence[FunnelStage], settings: Settings) -> Expected:
    """Return what all customers but ``mine`` (a part of ``everyone``) let expect."""
    own = {stage.stage: stage for stage in mine}
    shares = {}
    for stage in everyone:
        part = own.get(stage.stage)
        k, n = stage.k - (part.k if part else 0), stage.n - (part.n if part else 0)
        if n >= settings.metrics.min_sample:
            shares[stage.stage] = (k, n)
    return Expected("others", shares)


def leaks(found: Sequence[Step], expected: Expected | None) -> tuple[Leak, ...]:
    """Return the steps that can be judged (not small, not greyed for losses from unknown stages), in the funnel's order."""
    return tuple(
        _leak(at, step.source, expected) for at, step in enumerate(found) if not step.small and not step.unsure
    )


def _leak(at: int, stage: FunnelStage, expected: Expected | None) -> Leak:
    behind = stage.not_advanced - stage.behind_without_amount
    mean = stage.behind_amount / behind if behind > 0 and stage.behind_amount is not None else None
    share = expected.shares.get(stage.stage) if expected else None
    if expected is None or share is None:
        return Leak(at, None, None, None, mean, None, None, None, stage.behind_amount)
    k, n = share
    beyond = max(0.0, stage.n * k / n - stage.k)
    difference = newcombe(Pair(k, n, stage.k, stage.n))
    if mean is None or difference is None:
        return Leak(at, expected.basis, k / n, beyond, mean, None, None, None, stage.behind_amount)
    worth = stage.n * mean
    low, high = max(0.0, worth * difference.low), max(0.0, worth * difference.high)
    return Leak(at, expected.basis, k / n, beyond, mean, beyond * mean, low, high, stage.behind_amount)


def biggest(found: Sequence[Leak]) -> Leak | None:
    """Return the leak with the most money at stake; where none lags behind what was to be expected, or nothing is, the one where most has not gone on.

    None where no step can be judged or nobody has an amount.
    """
    at_stake = [leak for leak in found if leak.at_stake]
    if at_stake:
        return max(at_stake, key=lambda leak: leak.at_stake or 0.0)
    known = [leak for leak in found if leak.behind_amount]
    return max(known, key=lambda leak: leak.behind_amount or 0.0) if known else None
