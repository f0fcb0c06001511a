"""Rows in quarantine for a stage nobody knew, and what other stages would read them as."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from salesanalytics.stages import StageModel
from salesanalytics.store.types import HeldRow


def read_as(held: Sequence[HeldRow], now: StageModel, then: StageModel) -> dict[str, int]:
    """Return stage id → rows held back for an unknown stage that ``then`` would read as it and ``now`` does not."""
    found: Counter[str] = Counter()
    for each in held:
        if "unknown-stage" in each.row.kinds:
            cells = [cell for cell in each.row.cells.values() if cell]
            stage = next(
                (then.resolve(cell) for cell in cells if now.resolve(cell) is None and then.resolve(cell)), None
            )
            if stage:
                found[stage] += 1
    return dict(found)
