"""How a figure stands to the target and the warning bound somebody set for its metric."""

from __future__ import annotations

from typing import Literal

from salesanalytics.analysis import Threshold
from salesanalytics.metrics.types import Good

Stands = Literal["met", "short", "warning"]


def judge_threshold(bounds: Threshold | None, value: float | None, good: Good) -> Stands | None:
    """Return whether ``value`` meets the target, falls short of it, or has passed the warning bound; None where nothing is set to judge by.

    Where less is better both bounds are read downwards; a metric without a good direction is read as one to rise.
    """
    if bounds is None or value is None:
        return None
    sign = -1.0 if good is Good.DOWN else 1.0
    if bounds.warning is not None and sign * value < sign * bounds.warning:
        return "warning"
    if bounds.target is None:
        return None
    return "met" if sign * value >= sign * bounds.target else "short"
