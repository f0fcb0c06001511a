"""The numbers of the Funnel page for what is chosen, asked at the frame's desk."""

from __future__ import annotations

from dataclasses import dataclass, replace

from salesanalytics.insight.funnel_cohorts import Cohorts, Maturity, funnel_cohorts, maturity
from salesanalytics.insight.funnel_leaks import Expected, Leak, biggest, expected_before, expected_of_others, leaks
from salesanalytics.insight.funnel_reading import Compared, Step, compared_with, steps, worst
from salesanalytics.insight.funnel_split import Split, split_funnel
from salesanalytics.insight.reconciliation import Reconciliation, reconcile
from salesanalytics.metrics.funnel import FunnelStage, StageFunnel, stage_funnel
from salesanalytics.metrics.funnel_sql import Mode
from salesanalytics.metrics.types import Filters
from salesanalytics.ui.data import Desk
from salesanalytics.ui.frame import Frame


@dataclass(frozen=True)
class FunnelAnswer:
    """A funnel, its steps beside those of the compared one, what is usual in each stage, the step named first and, of a cohort, its leak and how ripe it is."""

    mode: Mode
    stages: tuple[FunnelStage, ...]
    compared: Compared | None
    steps: tuple[Step, ...]
    usual: dict[str, FunnelStage]
    worst: int | None
    leak: Leak | None
    maturity: Maturity | None
    known_then: tuple[FunnelStage, ...] = ()
    """the same funnel as the date compared with knew it; none where nothing is compared"""

    @property
    def empty(self) -> bool:
        """Whether nobody is in it."""
        return not any(stage.customers for stage in self.stages)

    @property
    def ripe(self) -> bool:
        """Whether its shares can be judged: a cohort in which too many have not had the usual time cannot."""
        return self.maturity is None or self.maturity.ripe


def asked_funnel(desk: Desk, filters: Filters, mode: Mode, by: str | None = None) -> StageFunnel:
    """Return a funnel, remembered."""
    return desk.remember(
        "funnel", (filters, mode, by), lambda: stage_funnel(desk.view, desk.settings, filters, mode, by)
    )


def funnel_answer(frame: Frame, mode: Mode) -> FunnelAnswer:
    """Return the funnel of the filter bar, compared like for like; where a date is compared with, beside what was known then."""
    found = _like_for_like(frame, mode)
    if frame.then is None:
        return found
    return replace(found, known_then=asked_funnel(frame.then, frame.then_filters, mode).of(None))


def _like_for_like(frame: Frame, mode: Mode) -> FunnelAnswer:
    desk, filters = frame.desk, frame.filters
    stages = asked_funnel(desk, filters, mode).of(None)
    compared = compared_with(mode, filters, frame.as_of)
    then = asked_funnel(desk.at(compared.as_of), compared.filters, mode).of(None) if compared else ()
    everyone = asked_funnel(desk, Filters(), "cohort").of(None)
    usual = {stage.stage: stage for stage in everyone}
    found = steps(stages, then, desk.settings)
    if mode != "cohort":
        named = None if mode == "snapshot" else worst(found)
        return FunnelAnswer(mode, stages, compared, found, usual, named, None, None)
    leak = biggest(leaks(found, _expected(frame, stages, then, everyone)))
    ripe = desk.remember("funnel-maturity", (filters,), lambda: maturity(desk.view, desk.settings, filters, stages))
    return FunnelAnswer(mode, stages, compared, found, usual, leak.at if leak else worst(found), leak, ripe)


def _expected(
    frame: Frame,
    stages: tuple[FunnelStage, ...],
    then: tuple[FunnelStage, ...],
    everyone: tuple[FunnelStage, ...],
) -> Expected | None:
    """The equally old cohort before; of a part of the customers over all time, all others."""
    settings = frame.desk.settings
    if then:
        return expected_before(then, settings)
    whole = replace(frame.filters, where=()) == Filters()
    return expected_of_others(stages, everyone, settings) if whole and frame.where else None


def asked_split(frame: Frame, mode: Mode, by: str) -> tuple[StageFunnel, Split]:
    """Return the funnel cut by a dimension, and its lines."""
    parts = asked_funnel(frame.desk, frame.filters, mode, by)
    whole = asked_funnel(frame.desk, frame.filters, mode).of(None)
    return parts, split_funnel(parts, whole, frame.desk.settings)


def asked_cohorts(frame: Frame, grain: str) -> Cohorts:
    """Return the entry cohorts of the chosen customers, whatever the period."""
    desk, where = frame.desk, Filters(frame.where)
    return desk.remember(
        "funnel-cohorts", (where, grain), lambda: funnel_cohorts(desk.view, desk.settings, where, grain)
    )


def asked_reconciliation(desk: Desk) -> Reconciliation | None:
    """Return the uploaded funnel table beside our count."""
    return desk.remember("reconciliation", (), lambda: reconcile(desk.view, desk.settings))
