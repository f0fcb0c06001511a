"""The numbers of the Funnel page for what is chosen, asked at the frame's desk."""

from __future__ import annotations

from dataclasses import dataclass

from salesanalytics.insight.funnel_reading import Compared, Step, compared_with, steps, worst
from salesanalytics.metrics.funnel import FunnelStage, StageFunnel, stage_funnel
from salesanalytics.metrics.funnel_sql import Mode
from salesanalytics.metrics.types import Filters
from salesanalytics.ui.data import Desk
from salesanalytics.ui.frame import Frame


@dataclass(frozen=True)
class FunnelAnswer:
    """A funnel, its steps beside those of the compared one, what is usual in each stage, and the worst step."""

    mode: Mode
    stages: tuple[FunnelStage, ...]
    compared: Compared | None
    steps: tuple[Step, ...]
    usual: dict[str, FunnelStage]
    worst: int | None

    @property
    def empty(self) -> bool:
        """Whether nobody is in it."""
        return not any(stage.customers for stage in self.stages)


def asked_funnel(desk: Desk, filters: Filters, mode: Mode, by: str | None = None) -> StageFunnel:
    """Return a funnel, remembered."""
    return desk.remember(
        "funnel", (filters, mode, by), lambda: stage_funnel(desk.view, desk.settings, filters, mode, by)
    )


def funnel_answer(frame: Frame, mode: Mode) -> FunnelAnswer:
    """Return the funnel of the filter bar, compared like for like."""
    desk, filters = frame.desk, frame.filters
    stages = asked_funnel(desk, filters, mode).of(None)
    compared = compared_with(mode, filters, frame.as_of)
    then = asked_funnel(desk.at(compared.as_of), compared.filters, mode).of(None) if compared else ()
    usual = {stage.stage: stage for stage in asked_funnel(desk, Filters(), "cohort").of(None)}
    found = steps(stages, then, desk.settings)
    return FunnelAnswer(mode, stages, compared, found, usual, None if mode == "snapshot" else worst(found))
