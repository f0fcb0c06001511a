"""A funnel cut by a dimension: a line a value, the small ones joined so that the lines add up, and two values side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from salesanalytics.insight.funnel_reading import GroupWon, Standing, groups_won, unsure
from salesanalytics.insight.given import is_given
from salesanalytics.insight.two_shares import Difference, Pair, more_to_tell_apart, newcombe
from salesanalytics.metrics.funnel import FunnelStage, StageFunnel
from salesanalytics.metrics.types import Filters
from salesanalytics.metrics.wilson import interval
from salesanalytics.settings import Settings
from salesanalytics.stages import WON

MOST_LINES = 12


@dataclass(frozen=True)
class StageCount:
    """One stage of a line: customers there, and k of n going on to the next (n 0 on the last); ``from_unknown`` of n were lost nobody knows where."""

    customers: int
    k: int
    n: int
    from_unknown: int = 0

    @property
    def share(self) -> float | None:
        """k ÷ n; in a snapshot the ratio of the next stage's number to this one's."""
        return self.k / self.n if self.n else None


@dataclass(frozen=True)
class SplitLine:
    """One value ("" = none given), several joined in the remainder, or the whole (no ``values``); its stages by id.

    ``won`` of ``first`` reached the last stage with a 95 % interval; ``standing`` to the whole: only a line of one value is judged.
    """

    values: tuple[str, ...]
    stages: Mapping[str, StageCount]
    first: int
    won: int
    low: float | None
    high: float | None
    standing: Standing | None

    @property
    def named(self) -> bool:
        """Whether it is one value somebody filled in: only such is a finding."""
        return len(self.values) == 1 and is_given(self.values[0])

    @property
    def share(self) -> float | None:
        """Won of all who came in."""
        return self.won / self.first if self.first else None


@dataclass(frozen=True)
class Split:
    """The lines (the best on top in a cohort, else the largest; the remainder last), the whole, and the stages in order."""

    by: str
    lines: tuple[SplitLine, ...]
    total: SplitLine
    stages: tuple[str, ...]

    @property
    def unknown(self) -> int:
        """Customers who came in without a value, or with a word that stands for none."""
        return sum(line.first for line in self.lines if len(line.values) == 1 and not line.named)


def split_funnel(parts: StageFunnel, whole: Sequence[FunnelStage], settings: Settings) -> Split:
    """Return the lines of a funnel cut by ``parts.by`` beside the uncut one."""
    stages = tuple(stage.stage for stage in whole)
    total = _line((), [whole], stages)
    overall = total.share
    judged: dict[str, GroupWon] = {}
    if parts.mode == "cohort" and overall is not None:
        judged = {one.name: one for one in groups_won(parts, overall, settings, WON)}
    groups = list(parts.groups)
    shown = groups[:MOST_LINES] if len(groups) > MOST_LINES + 1 else groups
    lines = [_line((group or "",), [parts.of(group)], stages, judged.get(group or "")) for group in shown]
    if judged:
        order = {name: place for place, name in enumerate(judged)}
        lines.sort(key=lambda line: order.get(line.values[0], len(order)))
    rest = groups[len(shown) :]
    if rest:
        lines.append(_line(tuple(group or "" for group in rest), [parts.of(group) for group in rest], stages))
    return Split(parts.by or "", tuple(lines), total, stages)


def _line(
    values: tuple[str, ...],
    funnels: Sequence[Sequence[FunnelStage]],
    stages: Sequence[str],
    judged: GroupWon | None = None,
) -> SplitLine:
    counts = {name: StageCount(0, 0, 0) for name in stages}
    for stage in (stage for funnel in funnels for stage in funnel if stage.stage in counts):
        had = counts[stage.stage]
        counts[stage.stage] = StageCount(
            had.customers + stage.customers, had.k + stage.k, had.n + stage.n, had.from_unknown + stage.from_unknown
        )
    first = counts[stages[0]].customers if stages else 0
    won = counts[WON].customers if WON in counts else 0
    around = interval(won, first) if won <= first else None
    low, high = around or (None, None)
    return SplitLine(values, counts, first, won, low, high, judged.standing if judged else None)


@dataclass(frozen=True)
class ComparedStage:
    """One stage of two values. ``difference`` of the shares going on, first minus second: only of a cohort, where both are shares of customers.
    ``small``: not judged, for a small sample or too many lost from an unknown stage.
    """

    stage: str
    first: FunnelStage | None
    second: FunnelStage | None
    pair: Pair
    difference: Difference | None
    small: bool


@dataclass(frozen=True)
class TwoValues:
    """Two values of a dimension side by side. ``whole``: from the first stage to won; ``more_needed``: further customers of each that would tell them apart there."""

    a: str
    b: str
    stages: tuple[ComparedStage, ...]
    whole: ComparedStage | None
    more_needed: int | None

    @property
    def telling(self) -> ComparedStage | None:
        """The step that differs most beyond chance, small samples aside; None where chance explains all."""
        sure = [one for one in self.stages if one.difference and one.difference.certain and not one.small]
        return max(sure, key=lambda one: abs(one.difference.value) if one.difference else 0.0, default=None)


def two_values(parts: StageFunnel, a: str, b: str, stages: Sequence[str], settings: Settings) -> TwoValues:
    """Return the values ``a`` and ``b`` ("" = none given) of a funnel cut by a dimension, over ``stages``."""
    sides = [{stage.stage: stage for stage in parts.of(name or None)} for name in (a, b)]
    cohort, least = parts.mode == "cohort", settings.metrics.min_sample

    def compared(name: str, pair: Pair) -> ComparedStage:
        difference = newcombe(pair) if cohort else None
        first, second = sides[0].get(name), sides[1].get(name)
        small = min(pair.n1, pair.n2) < least or any(
            side is not None and unsure(side.from_unknown, side.n, settings) for side in (first, second)
        )
        return ComparedStage(name, first, second, pair, difference, small)

    def counts(side: Mapping[str, FunnelStage], name: str) -> tuple[int, int]:
        stage = side.get(name)
        return (stage.k, stage.n) if stage else (0, 0)

    rows = tuple(compared(name, Pair(*counts(sides[0], name), *counts(sides[1], name))) for name in stages)
    if not cohort or WON not in stages:
        return TwoValues(a, b, rows, None, None)
    ends = [
        (side[WON].customers if WON in side else 0, side[stages[0]].customers if stages[0] in side else 0)
        for side in sides
    ]
    whole = Pair(*ends[0], *ends[1])
    return TwoValues(a, b, rows, compared(WON, whole), more_to_tell_apart(whole))


def usual_values(split: Split) -> tuple[str, str] | None:
    """Return the two values compared unless others are chosen: the best and the worst with a sample, else the largest; None where there is but one."""
    alone = [line for line in split.lines if len(line.values) == 1]
    named = [line for line in alone if line.named] or alone
    judged = [line.values[0] for line in named if line.standing not in (None, "small")]
    if len(judged) >= 2:
        return judged[0], judged[-1]
    largest = [line.values[0] for line in sorted(named, key=lambda line: -line.first)]
    pair = [*judged, *(name for name in largest if name not in judged)][:2]
    return (pair[0], pair[1]) if len(pair) == 2 else None


def narrowed(filters: Filters, by: str, values: Sequence[str]) -> Filters:
    """Return ``filters`` with only these values of a dimension."""
    where = {**dict(filters.where), by: tuple(sorted(values))}
    return replace(filters, where=tuple(sorted(where.items())))
