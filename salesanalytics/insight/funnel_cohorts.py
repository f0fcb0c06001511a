"""Entry cohorts one under the other: how far those first contacted in each week, month or quarter have come, and which are old enough to be judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from salesanalytics.access.view import View
from salesanalytics.insight.maturity import cycle_days, mature_until
from salesanalytics.insight.two_shares import Difference, Pair, newcombe
from salesanalytics.metrics.funnel import FunnelStage, StageFunnel, stage_funnel
from salesanalytics.metrics.periods import Period, parse_label
from salesanalytics.metrics.run import ask
from salesanalytics.metrics.types import Filters, MetricQuery
from salesanalytics.settings import Settings
from salesanalytics.stages import WON

GRAINS = ("month", "quarter", "week")
MOST_COHORTS = {"week": 13, "month": 12, "quarter": 8}
YOUNG_SHARE = 0.2
"""A cohort of which more entered too late to have had the usual time is greyed."""


@dataclass(frozen=True)
class Cohort:
    """Those first contacted in one bucket. ``mature``: all have had the days within which 80 % of the won were won; ``partial``: the bucket goes on after D."""

    name: str
    period: Period
    stages: tuple[FunnelStage, ...]
    mature: bool
    partial: bool

    @property
    def leads(self) -> int:
        """How many came in."""
        return self.stages[0].customers

    @property
    def won(self) -> int:
        """How many were won until D."""
        return next((stage.customers for stage in self.stages if stage.stage == WON), 0)

    @property
    def still(self) -> int:
        """How many are open."""
        return sum(stage.still for stage in self.stages)


@dataclass(frozen=True)
class Cohorts:
    """The newest cohorts first; ``earlier`` older ones are not listed, ``undated`` customers have no first contact. ``days``: see ``Maturity``."""

    grain: str
    cohorts: tuple[Cohort, ...]
    stages: tuple[str, ...]
    earlier: int
    undated: int
    days: int | None

    @property
    def newest_mature(self) -> tuple[Cohort, Cohort | None] | None:
        """The newest cohort that can be judged, and the one before it."""
        ripe = [one for one in self.cohorts if one.mature]
        return (ripe[0], ripe[1] if len(ripe) > 1 else None) if ripe else None

    @property
    def change(self) -> Difference | None:
        """How the newest mature cohort's share of won differs from that of the one before."""
        pair = self.newest_mature
        if pair is None or pair[1] is None:
            return None
        return newcombe(Pair(pair[0].won, pair[0].leads, pair[1].won, pair[1].leads))


def funnel_cohorts(view: View, settings: Settings, filters: Filters, grain: str) -> Cohorts:
    """Return the cohorts of the customers ``filters`` leaves, whatever their period."""
    asked = Filters(filters.where)
    return cohorts_of(
        stage_funnel(view, settings, asked, "cohort", grain, counts_only=True), grain, cycle_days(view), view.as_of
    )


def cohorts_of(funnel: StageFunnel, grain: str, days: int | None, as_of: date) -> Cohorts:
    """Return the cohorts of a funnel cut by the bucket of first contact."""
    limit = mature_until("stage_conversion", as_of, days)
    found = []
    for name in reversed([group for group in funnel.groups if group]):
        bucket = parse_label(name)
        if bucket is None:
            continue
        period = bucket[0]
        mature = limit is not None and period.end <= limit
        found.append(Cohort(name, period, funnel.of(name), mature, period.end > as_of))
    undated = funnel.of(None)
    stages = {stage.stage: stage.stage_order for stage in funnel.stages}
    shown = found[: MOST_COHORTS[grain]]
    return Cohorts(
        grain,
        tuple(shown),
        tuple(sorted(stages, key=stages.__getitem__)),
        len(found) - len(shown),
        undated[0].customers if undated else 0,
        days,
    )


@dataclass(frozen=True)
class Maturity:
    """How many of a cohort's customers came after ``until`` and have not had the ``days`` within which 80 % of the won were won."""

    days: int
    until: date
    young: int
    customers: int

    @property
    def ripe(self) -> bool:
        """Whether the cohort can be judged."""
        return not self.customers or self.young / self.customers <= YOUNG_SHARE


def maturity(view: View, settings: Settings, filters: Filters, stages: Sequence[FunnelStage]) -> Maturity | None:
    """Return how ripe the cohort of ``filters`` is; None where nobody was ever won, so that nothing is known."""
    days = cycle_days(view)
    until = mature_until("stage_conversion", view.as_of, days)
    if days is None or until is None:
        return None
    start = until + timedelta(days=1)
    late = Filters(filters.where, max(start, filters.start) if filters.start else start, filters.end)
    young = 0
    if late.end is None or late.start is None or late.start <= late.end:
        young = ask(view, MetricQuery(("leads",), (), late), settings).total.n["leads"]
    return Maturity(days, until, young, stages[0].customers if stages else 0)
