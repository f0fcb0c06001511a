"""Reading a funnel: its steps, the worst of them, and the comparable funnel of the period before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

from salesanalytics.metrics.funnel import FunnelStage, StageFunnel
from salesanalytics.metrics.funnel_sql import Mode
from salesanalytics.metrics.periods import Period, previous
from salesanalytics.metrics.types import Filters
from salesanalytics.metrics.wilson import interval
from salesanalytics.settings import Settings

Standing = Literal["above", "below", "within", "small"]
LONG_DWELL = 1.2
"""A stage is slow when its median is this much over the stage's own all-time median, and by more than a day."""


@dataclass(frozen=True)
class Compared:
    """Which funnel to compare with: these days, seen from this date."""

    filters: Filters
    as_of: date


def compared_with(mode: Mode, filters: Filters, as_of: date) -> Compared | None:
    """Return the comparable funnel of the period before; None where all time is asked.

    A cohort is compared with the one before when that was just as old, so both have had equally long to get on. What flowed in a
    period does not change any more. A snapshot is compared with that of a week before.
    """
    if mode == "snapshot":
        return Compared(filters, as_of - timedelta(days=7))
    if filters.start is None:
        return None
    end = min(filters.end or as_of, as_of)
    before = previous(Period(filters.start, filters.end or as_of), as_of)
    then = Filters(filters.where, before.start, before.end)
    return Compared(then, as_of if mode == "flow" else before.end + (as_of - end))


@dataclass(frozen=True)
class Step:
    """From one stage to the next: ``share`` went on, k of n; ``before`` the share of the compared funnel; ``small``: n under the minimum sample.

    ``unsure``: so many lost from an unknown stage are counted in n that the share is greyed.
    """

    source: FunnelStage
    arrived: FunnelStage
    share: float | None
    before: float | None
    small: bool
    unsure: bool

    @property
    def change(self) -> float | None:
        """Points (0-1) more or less than the compared funnel."""
        return None if self.share is None or self.before is None else self.share - self.before


def steps(stages: Sequence[FunnelStage], then: Sequence[FunnelStage], settings: Settings) -> tuple[Step, ...]:
    """Return the steps of a funnel beside those of the compared one; a compared share under the minimum sample is not compared with."""
    sample = settings.metrics.min_sample
    shares = {stage.stage: stage.conversion for stage in then if stage.n >= sample}
    return tuple(
        Step(
            source,
            arrived,
            source.conversion,
            shares.get(source.stage),
            source.n < sample,
            unsure(source.from_unknown, source.n, settings),
        )
        for source, arrived in pairwise(stages)
    )


def unsure(from_unknown: int, n: int, settings: Settings) -> bool:
    """Say whether so many of n were lost from an unknown stage, and are counted there, that a share of them is greyed."""
    return n > 0 and from_unknown / n > settings.metrics.unknown_lost_stage_grey_share


def worst(found: Sequence[Step]) -> int | None:
    """Return the place of the step that lets the smallest share through, small samples aside; None where none can be judged."""
    judged = [(step.share, at) for at, step in enumerate(found) if step.share is not None and not step.small]
    return min(judged)[1] if judged else None


def bounds(stage: FunnelStage) -> tuple[float, float] | None:
    """Return the lowest and highest share that went on from the first stage, were it known where those lost from an unknown stage had come to."""
    if not stage.from_unknown or not stage.n:
        return None
    return stage.k / stage.n, min(1.0, (stage.k + stage.from_unknown) / stage.n)


def slow(stage: FunnelStage, usual: FunnelStage | None, settings: Settings) -> bool:
    """Say whether customers stay longer in a stage than they usually do."""
    now, norm = stage.dwell.median, usual.dwell.median if usual else None
    if now is None or norm is None or stage.dwell.left + stage.dwell.still < settings.metrics.min_sample:
        return False
    return now > norm * LONG_DWELL and now - norm > 1


@dataclass(frozen=True)
class GroupWon:
    """One value of a dimension ("" = no value): won of all its leads, with the 95 % Wilson interval, and how that stands to the whole."""

    name: str
    won: int
    leads: int
    share: float
    low: float
    high: float
    standing: Standing


def groups_won(funnel: StageFunnel, overall: float, settings: Settings, won: str) -> tuple[GroupWon, ...]:
    """Return lead → won a group of a cohort funnel: the largest share first, small samples last and unranked (by size)."""
    found = []
    for group in funnel.groups:
        stages = funnel.of(group)
        leads = stages[0].customers
        k = next((stage.customers for stage in stages if stage.stage == won), 0)
        around = interval(k, leads)
        if around is None:
            continue
        found.append(GroupWon(group or "", k, leads, k / leads, *around, _standing(around, leads, overall, settings)))
    return tuple(sorted(found, key=lambda one: (one.standing == "small", *_rank(one))))


def _rank(one: GroupWon) -> tuple[float, str]:
    return (-one.leads if one.standing == "small" else -one.share), one.name


def _standing(around: tuple[float, float], leads: int, overall: float, settings: Settings) -> Standing:
    if leads < settings.metrics.min_sample:
        return "small"
    if around[0] > overall:
        return "above"
    return "below" if around[1] < overall else "within"
