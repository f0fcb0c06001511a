"""A sparkline as a small SVG: a line and its last point, no axes; spoken by its label."""

from __future__ import annotations

from collections.abc import Sequence

from salesanalytics.ui.html import picture

WIDTH, HEIGHT, MARGIN = 84, 30, 4


def sparkline(values: Sequence[float | None], label: str, colour: str) -> str:
    """Return the markup of a line through ``values``, oldest first; None leaves a gap. Fewer than two values draw nothing."""
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return '<span class="sa-spark"></span>'
    points = _points(values, min(known), max(known))
    last = next(point for point in reversed(points) if point is not None)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<path d="{_path(points)}" fill="none" stroke="{colour}" stroke-width="1.7" stroke-linejoin="round"/>'
        f'<circle cx="{last[0]:.1f}" cy="{last[1]:.1f}" r="3" fill="{colour}"/></svg>'
    )
    return picture(svg, label, "sa-spark")


def _points(values: Sequence[float | None], low: float, high: float) -> list[tuple[float, float] | None]:
    step = (WIDTH - 2 * MARGIN) / (len(values) - 1)
    height = HEIGHT - 2 * MARGIN

    def place(index: int, value: float) -> tuple[float, float]:
        rise = (value - low) / (high - low) if high > low else 0.5
        return MARGIN + index * step, HEIGHT - MARGIN - rise * height

    return [None if value is None else place(index, value) for index, value in enumerate(values)]


def _path(points: Sequence[tuple[float, float] | None]) -> str:
    parts: list[str] = []
    pen_down = False
    for point in points:
        if point is not None:
            parts.append(f"{'L' if pen_down else 'M'}{point[0]:.1f} {point[1]:.1f}")
        pen_down = point is not None
    return "".join(parts)
