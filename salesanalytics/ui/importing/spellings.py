"""Spellings users taught: added to the stage they mean, so that the next file needs no correction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from salesanalytics.stages import Stage, StageModel


def knowing(stages: StageModel, taught: Mapping[str, str]) -> StageModel:
    """Return the model with each spelling in ``taught`` (spelling → stage id) as an alias; known spellings are not added twice."""

    def taught_to(stage: Stage) -> Stage:
        new = tuple(s for s, stage_id in taught.items() if stage_id == stage.id and stages.resolve(s) is None)
        return replace(stage, aliases=(*stage.aliases, *new)) if new else stage

    return replace(stages, forward=tuple(taught_to(stage) for stage in stages.forward), lost=taught_to(stages.lost))
