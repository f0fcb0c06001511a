"""Round ticks for an axis that starts at zero."""

from __future__ import annotations

import math


def nice_ticks(largest: float, smallest: float = 0.0, wanted: int = 4) -> list[float]:
    """Return round tick values that cover ``smallest`` to ``largest``, from zero."""
    span = max(largest, 0.0) - min(smallest, 0.0)
    if span <= 0:
        return [0.0, 1.0]
    raw = span / wanted
    size = 10 ** math.floor(math.log10(raw))
    step = next(size * factor for factor in (1, 2, 2.5, 5, 10) if size * factor >= raw)
    first, last = math.floor(min(smallest, 0.0) / step + 1e-9), math.ceil(max(largest, 0.0) / step - 1e-9)
    return [round(step * at, 10) for at in range(first, last + 1)]
