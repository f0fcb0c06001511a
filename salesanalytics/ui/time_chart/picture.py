"""The lines of a chart as one SVG picture. It is stretched to its place: its lines keep their width, and it holds no words."""

from __future__ import annotations

from collections.abc import Sequence

from salesanalytics.charts.tokens import Tokens
from salesanalytics.charts.trend import Axis, Role, Series, line_colour
from salesanalytics.ui.html import picture

BUCKET, HEIGHT, BLEED = 10, 1000, 20
"""The picture's own units: a bucket's width, the axis, and what is drawn beyond each end of it, so that a line at zero keeps its width."""
_LINES: dict[Role, tuple[float, str]] = {
    "past": (2, ""),
    "target": (2, "7 5"),
    "actual": (3, ""),
    "average": (3, ""),
}
"""Width and dashes, in the order they are drawn, the most important on top."""
PART_DASH = "0 6"
FAINT_WIDTH, FAINT = 1.5, 0.45
_STYLE = "path{fill:none;stroke-linejoin:round;stroke-linecap:round;vector-effect:non-scaling-stroke}"
Point = tuple[int, float]
Stroke = list[Point]


def lines_picture(series: Sequence[Series], axis: Axis, partial: Sequence[bool], tokens: Tokens) -> str:
    """Return the picture of ``series``; the actual lines are dotted from and to each bucket that is ``partial``."""
    paths = "".join(_paths(one, axis, partial, tokens) for role in _LINES for one in series if one.role == role)
    if not paths:
        return ""
    box = f"0 {-BLEED} {BUCKET * len(partial)} {HEIGHT + 2 * BLEED}"
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" preserveAspectRatio="none"><style>{_STYLE}</style>{paths}</svg>'
    return picture(svg, "", "lines")


def _paths(series: Series, axis: Axis, partial: Sequence[bool], tokens: Tokens) -> str:
    width, dash = _LINES[series.role]
    shown = f'stroke="{line_colour(series, tokens)}" stroke-width="{FAINT_WIDTH if series.faint else width:g}"'
    if series.faint:
        shown += f' stroke-opacity="{FAINT}"'
    cut = partial if series.role == "actual" else [False] * len(partial)
    solid, dotted = strokes(series.values, cut)
    across = len(partial) == 1 and series.role != "actual"
    found = [_path(stroke, axis, shown, dash, across=across) for stroke in solid]
    return "".join(found + [_path(stroke, axis, shown, PART_DASH) for stroke in dotted])


def strokes(values: Sequence[float | None], partial: Sequence[bool]) -> tuple[list[Stroke], list[Stroke]]:
    """Return the runs of points joined by solid and by dotted lines: those to and from a part-period are dotted, a value between two gaps stands alone."""
    solid: list[Stroke] = []
    dotted: list[Stroke] = []
    drawn: list[Stroke] | None = None
    before: Point | None = None
    for at, value in enumerate(values):
        if value is None:
            drawn = before = None
            continue
        point = (at, value)
        if before:
            kind = dotted if partial[at - 1] or partial[at] else solid
            if kind is drawn:
                kind[-1].append(point)
            else:
                kind.append([before, point])
            drawn = kind
        elif not partial[at] and (at + 1 == len(values) or values[at + 1] is None):
            solid.append([point])
        before = point
    return solid, dotted


def _path(points: Stroke, axis: Axis, shown: str, dash: str, *, across: bool = False) -> str:
    """One stroke; a point by itself is a dot, of a chart of one bucket a line ``across`` it."""
    places = [f"{BUCKET * at + BUCKET // 2} {_down(value, axis)}" for at, value in points]
    drawn = "M" + " ".join(places) + ("h0" if len(places) == 1 else "")
    if across:
        drawn = f"M1 {_down(points[0][1], axis)}H{BUCKET - 1}"
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<path d="{drawn}" {shown}{dashed}/>'


def _down(value: float, axis: Axis) -> int:
    return round(HEIGHT * (1 - axis.rise(value)))
