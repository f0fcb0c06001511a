"""Changes of the stage model: add, rename, reorder, alias, chance, remove. Each gives a new model; data are never touched."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from salesanalytics.errors import UserError
from salesanalytics.stages import LOST, WON, Stage, StageModel, normal_spelling

FIXED = frozenset({"lead", "prospect", "opportunity", WON, LOST})
"""Stages that definitions of metrics name: they may be renamed and moved about, not removed."""

_ID = re.compile(r"[a-z][a-z0-9_]{0,39}")


def checked(stages: StageModel) -> StageModel:
    """Return ``stages`` if data can be read with them.

    Raises ``UserError``: ``stage-bad-id``, ``stage-twice``, ``stage-unnamed``, ``stage-chance``, ``stage-order``, ``stage-fixed``, ``stage-spelling-taken``.
    """
    ids = stages.ids
    for stage in stages.all:
        if not _ID.fullmatch(stage.id):
            raise UserError("stage-bad-id", id=stage.id)
        if ids.count(stage.id) > 1:
            raise UserError("stage-twice", id=stage.id)
        if not (normal_spelling(stage.zh) and normal_spelling(stage.en)):
            raise UserError("stage-unnamed", id=stage.id)
        if not 0 <= stage.default_probability <= 1:
            raise UserError("stage-chance", id=stage.id)
    if stages.lost.id != LOST or stages.forward[-1].id != WON:
        raise UserError("stage-order")
    for gone in sorted(FIXED - set(ids)):
        raise UserError("stage-fixed", stage_zh=gone, stage_en=gone)
    _no_spelling_twice(stages)
    return stages


def _no_spelling_twice(stages: StageModel) -> None:
    taken: dict[str, Stage] = {}
    for stage in stages.all:
        for spelling in (stage.id, stage.zh, stage.en, *stage.aliases):
            other = taken.setdefault(normal_spelling(spelling), stage)
            if other.id != stage.id:
                named = {"stage_zh": stage.zh, "stage_en": stage.en, "other_zh": other.zh, "other_en": other.en}
                raise UserError("stage-spelling-taken", spelling=spelling, **named)


def add(stages: StageModel, stage: Stage, after: str) -> StageModel:
    """Return the model with ``stage`` behind the forward stage ``after``. One that was removed before gets its customers back."""
    place = _place(stages, after)
    forward = (*stages.forward[:place], stage, *stages.forward[place:])
    moved = tuple(pair for pair in stages.moved if pair[0] != stage.id)
    return checked(replace(stages, forward=forward, moved=moved))


def edit(stages: StageModel, stage_id: str, **values: Any) -> StageModel:
    """Return the model with other names, ``aliases`` or ``default_probability`` of one stage. Its former name stays as an alias: old files still say it."""
    if stage_id not in stages.ids:
        raise UserError("stage-unknown", id=stage_id, possible=", ".join(stages.ids))
    former = stages.get(stage_id)
    named = replace(former, **values)
    known = {normal_spelling(each) for each in (named.id, named.zh, named.en, *named.aliases)}
    kept = [old for old in dict.fromkeys((former.zh, former.en)) if normal_spelling(old) not in known]
    named = replace(named, aliases=(*named.aliases, *kept))
    forward = tuple(named if stage.id == stage_id else stage for stage in stages.forward)
    return checked(replace(stages, forward=forward, lost=named if stage_id == LOST else stages.lost))


def reorder(stages: StageModel, ids: Sequence[str]) -> StageModel:
    """Return the model with its forward stages in the order of ``ids``, which names each once."""
    if sorted(ids) != sorted(stage.id for stage in stages.forward):
        raise UserError("stage-order-names", possible=", ".join(stage.id for stage in stages.forward))
    return checked(replace(stages, forward=tuple(stages.get(stage_id) for stage_id in ids)))


def remove(stages: StageModel, stage_id: str, into: str) -> StageModel:
    """Return the model without a stage: its customers count in ``into``, and its spellings mean that from now on."""
    for each in (stage_id, into):
        if each not in stages.ids:
            raise UserError("stage-unknown", id=each, possible=", ".join(stages.ids))
    gone, heir = stages.get(stage_id), stages.get(into)
    if stage_id in FIXED:
        raise UserError("stage-fixed", stage_zh=gone.zh, stage_en=gone.en)
    if into == stage_id:
        raise UserError("stage-into-itself", stage_zh=gone.zh, stage_en=gone.en)
    heir = replace(heir, aliases=tuple(dict.fromkeys((*heir.aliases, gone.id, gone.zh, gone.en, *gone.aliases))))
    forward = tuple(heir if stage.id == into else stage for stage in stages.forward if stage.id != stage_id)
    moved = tuple((old, into if now == stage_id else now) for old, now in stages.moved)
    return checked(StageModel(forward, heir if into == LOST else stages.lost, (*moved, (stage_id, into))))


def new_id(stages: StageModel, english: str) -> str:
    """Return an id for a new stage, made of its English name, that no stage has or had."""
    base = re.sub(r"[^a-z0-9]+", "_", english.casefold()).strip("_")[:30]
    base = base if _ID.fullmatch(base) else f"stage_{base}".rstrip("_")
    taken = {*stages.ids, *(old for old, _ in stages.moved)}
    return next(name for name in (base, *(f"{base}_{n}" for n in range(2, 1000))) if name not in taken)


def stage_from(document: Mapping[str, Any], stage_id: str) -> Stage:
    """Return a stage written as JSON: ``zh``, ``en``, and if wanted ``aliases`` and ``default_probability``. Raises ``UserError("stage-document")``."""
    try:
        return Stage(
            stage_id,
            str(document["zh"]).strip(),
            str(document["en"]).strip(),
            tuple(str(each).strip() for each in document.get("aliases", ())),
            float(document.get("default_probability", 0.0)),
        )
    except (KeyError, TypeError, ValueError):
        raise UserError("stage-document") from None


def _place(stages: StageModel, after: str) -> int:
    place = stages.order(after)
    if place is None or after == WON:
        possible = ", ".join(stage.id for stage in stages.forward if stage.id != WON)
        raise UserError("stage-unknown", id=after, possible=possible)
    return place
