"""Where names at the ends of lines stand: apart from each other, and inside the chart."""

from __future__ import annotations

from collections.abc import Sequence


def spread_labels(heights: Sequence[float], gap: float) -> list[float]:
    """Return label heights at least ``gap`` apart, as near as possible to where they belong, in the order given."""
    order = sorted(range(len(heights)), key=lambda at: heights[at])
    placed = [heights[at] for at in order]
    for _ in range(50):
        moved = False
        for low in range(len(placed) - 1):
            overlap = gap - (placed[low + 1] - placed[low])
            if overlap > 1e-9:
                placed[low] -= overlap / 2
                placed[low + 1] += overlap / 2
                moved = True
        if not moved:
            break
    result = [0.0] * len(heights)
    for at, height in zip(order, placed, strict=True):
        result[at] = height
    return result


def kept_inside(heights: Sequence[float], gap: float, bottom: float, top: float) -> list[float]:
    """Return label heights moved up or down so that none lies outside the axis, where it would not be drawn; their order stays."""
    order = sorted(range(len(heights)), key=lambda at: heights[at])
    gap = min(gap, (top - bottom) / max(len(heights) - 1, 1))
    result = list(heights)
    for place, at in enumerate(order):
        lowest, highest = bottom + place * gap, top - (len(order) - 1 - place) * gap
        result[at] = min(max(result[at], lowest), highest)
    return result
