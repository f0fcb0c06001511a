"""How a number of the page names itself, so that a click on it can be answered: JSON, first the kind, then its place."""

from __future__ import annotations

import json
from collections.abc import Sequence

from salesanalytics.metrics.funnel_sql import Part


def _written(*words: object) -> str:
    return json.dumps(words, ensure_ascii=False)


def stage_number(stage: str, part: str) -> str:
    """Name a number of the main funnel: ``part`` is one of ``Part``, or ``share`` for who went on."""
    return _written("stage", stage, part)


def reason_number(stage: str, reason: str) -> str:
    """Name the customers lost from a stage for a reason."""
    return _written("reason", stage, reason)


def split_number(by: str, values: Sequence[str], stage: str, part: str) -> str:
    """Name a number of a line of the split; no values = the whole."""
    return _written("split", by, list(values), stage, part)


def cohort_number(grain: str, name: str, stage: str, part: str) -> str:
    """Name a number of an entry cohort."""
    return _written("cohort", grain, name, stage, part)


def period_number(name: str) -> str:
    """Name a cohort to look at by itself."""
    return _written("period", name)


def computed_number(stage: str) -> str:
    """Name our own count of a reconciled stage."""
    return _written("computed", stage)


def uploaded_number(stage: str) -> str:
    """Name the count of a stage in the user's own table."""
    return _written("uploaded", stage)


def ratio_number(source: str, arrived: str, by: str = "", values: Sequence[str] = ()) -> str:
    """Name a snapshot's ratio: those in ``arrived`` ÷ those in ``source``, of these values of a dimension only."""
    return _written("ratio", source, arrived, by, list(values))


PARTS: tuple[Part, ...] = ("customers", "advanced", "lost", "still", "behind")
SHARE = "share"
DWELL = "dwell"
"""Of a stage also how long they stay in it: ``stage_number(stage, DWELL)``, ``split_number(…, stage, DWELL)``."""
