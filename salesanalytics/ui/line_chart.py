"""Lines over time as HTML and one small picture: as wide and high as their card, drawn without a chart library. Each bucket opens what stands behind it.

Plotly is 4.7 MB of script that a fresh browser reads for a second; a page that opens the day has to be there sooner.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from salesanalytics.charts.label_places import kept_inside, spread_labels
from salesanalytics.charts.ticks import nice_ticks
from salesanalytics.charts.tokens import Tokens
from salesanalytics.ui.html import escape, picture

SIZE = 1000
"""The picture's own units; it is stretched to its place and its lines keep their width."""
LABEL_GAP = 0.1
"""How far apart the names at the line ends stand, as a share of the height."""
Role = Literal["actual", "target", "past"]
_WIDTHS: dict[Role, int] = {"past": 2, "target": 2, "actual": 3}
"""In the order they are drawn, the most important on top."""


@dataclass(frozen=True)
class Line:
    """One line: a value a bucket (None = no value) in the chart's unit, and the name at its end."""

    role: Role
    values: Sequence[float | None]
    name: str

    def colour(self, tokens: Tokens) -> str:
        """Return the colour it is drawn in."""
        return {"actual": tokens.primary, "target": tokens.target, "past": tokens.second}[self.role]

    @property
    def last(self) -> float | None:
        """The last value there is."""
        return next((value for value in reversed(self.values) if value is not None), None)


@dataclass(frozen=True)
class Bucket:
    """One bucket: its name on the axis, the lines shown when it is pointed at, and the id of what a click opens."""

    name: str
    told: Sequence[str]
    opens: str


def line_chart(buckets: Sequence[Bucket], series: Sequence[Line], tokens: Tokens, label: str, *, whole: int) -> str:
    """Return the chart's markup: axis from zero, actual thick with points, target dashed, the rest thin, each named at its end.

    ``whole``: how many buckets are complete; the line to the others is dotted. ``label`` is read out.
    """
    known = [value for one in series for value in one.values if value is not None]
    ticks = nice_ticks(max(known, default=0.0), min(known, default=0.0))
    low, high = min(ticks), max(ticks)

    def rise(value: float) -> float:
        return (value - low) / (high - low)

    ends = [(one, one.last) for one in series if one.last is not None]
    heights = kept_inside(spread_labels([rise(value) for _, value in ends], LABEL_GAP), LABEL_GAP, 0.0, 1.0)
    grid = "".join(
        f'<i class="grid{" zero" if tick == 0 else ""}" style="bottom:{_percent(rise(tick))}"></i>'
        f'<span class="tick" style="bottom:{_percent(rise(tick))}">{tick:,g}</span>'
        for tick in ticks
    )
    names = "".join(
        f'<span class="end {one.role}" style="bottom:{_percent(at)};color:{_name_colour(one, tokens)}">{escape(one.name)}</span>'
        for (one, _), at in zip(ends, heights, strict=True)
    )
    actual = next(one for one in series if one.role == "actual")
    points = [None if value is None else rise(value) for value in actual.values]
    weeks = "".join(_bucket(bucket, at, points, whole) for at, bucket in enumerate(buckets))
    lines = picture(_svg(series, len(buckets), low, high, tokens, whole), "", "lines")
    return (
        f'<div class="sa-lines" role="group" aria-label="{escape(label)}"><div class="names">{names}</div>'
        f'<div class="plot">{grid}{lines}{weeks}</div></div>'
    )


def _bucket(bucket: Bucket, at: int, points: Sequence[float | None], whole: int) -> str:
    """A column that opens its bucket: the point in it, its name below, and what is told of it when pointed at."""
    n, point = len(points), points[at]
    kind = ("last" if at == n - 1 else "") + (" part" if at >= whole else "")
    dot = (
        f'<i class="spot"><i class="dot {kind}" style="bottom:{_percent(point)}"></i></i>' if point is not None else ""
    )
    told = "".join(f"<span>{escape(line)}</span>" for line in bucket.told)
    side = " left" if at > n / 2 else ""
    return (
        f'<a class="week {kind}" href="#" data-open="{escape(bucket.opens)}" aria-label="{escape("; ".join(bucket.told))}" '
        f'style="left:{_percent(at / n)};width:{_percent(1 / n)}">{dot}<b class="name">{escape(bucket.name)}</b>'
        f'<span class="told{side}">{told}</span></a>'
    )


def _svg(series: Sequence[Line], n: int, low: float, high: float, tokens: Tokens, whole: int) -> str:
    paths = []
    for role, width in _WIDTHS.items():
        for one in (one for one in series if one.role == role):
            colour = one.colour(tokens)
            solid = [value if at < whole else None for at, value in enumerate(one.values)]
            begun = [value if at >= whole - 1 else None for at, value in enumerate(one.values)]
            drawn = (
                [(solid, ""), (begun, "2 5")] if role == "actual" else [(one.values, "7 5" if role == "target" else "")]
            )
            paths += [_path(values, n, low, high, colour, width, dash) for values, dash in drawn]
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}" preserveAspectRatio="none">{"".join(paths)}</svg>'


def _path(values: Sequence[float | None], n: int, low: float, high: float, colour: str, width: int, dash: str) -> str:
    steps, pen_down = [], False
    for at, value in enumerate(values):
        if value is not None:
            x, y = SIZE * (at + 0.5) / n, SIZE * (1 - (value - low) / (high - low))
            steps.append(f"{'L' if pen_down else 'M'}{x:.1f} {y:.1f}")
        pen_down = value is not None
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<path d="{"".join(steps)}" fill="none" stroke="{colour}" stroke-width="{width}"{dashed} stroke-linejoin="round" '
        'stroke-linecap="round" vector-effect="non-scaling-stroke"/>'
        if len(steps) > 1
        else ""
    )


def _name_colour(series: Line, tokens: Tokens) -> str:
    return tokens.muted if series.role == "past" else series.colour(tokens)


def _percent(share: float) -> str:
    return f"{100 * share:.2f}%"
