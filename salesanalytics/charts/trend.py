"""A trend over time buckets: actual thick, target dashed, past pale, each named at its end; a part-period dotted or hatched."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import plotly.graph_objects as go

from salesanalytics.charts.theme import bare_figure, faded, quiet_axis
from salesanalytics.charts.ticks import nice_ticks
from salesanalytics.charts.tokens import Tokens

__all__ = ["Role", "Series", "line_colour", "nice_ticks", "spread_labels", "trend_figure"]

Role = Literal["actual", "target", "past", "part"]


@dataclass(frozen=True)
class Series:
    """One line: values a bucket (None = no value) in the chart's unit, the label drawn at its end, and the exact texts shown on hover.

    ``small``: which values rest on too small a sample; their marks are grey. ``label_at``: the height of the end label, if not the last value's.
    """

    role: Role
    values: Sequence[float | None]
    end_label: str
    hover: Sequence[str] = ()
    colour: str = ""
    small: Sequence[bool] = ()
    label_at: float | None = None


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


def line_colour(series: Series, tokens: Tokens) -> str:
    """Return the colour a series is drawn and named in."""
    by_role = {"actual": tokens.primary, "part": tokens.primary, "target": tokens.target, "past": tokens.second}
    return series.colour or by_role[series.role]


def _trace(
    series: Series, buckets: Sequence[str], tokens: Tokens, *, whole: int, bars: bool
) -> list[go.Scatter | go.Bar]:
    colour = line_colour(series, tokens)
    hover = (
        {"customdata": list(series.hover), "hovertemplate": "%{customdata}<extra></extra>"}
        if series.hover
        else {"hoverinfo": "skip"}
    )
    if bars and series.role == "actual":
        shapes = ["" if at < whole else "/" for at in range(len(buckets))]
        return [
            go.Bar(
                x=list(buckets),
                y=list(series.values),
                marker={
                    "color": _mark_colours(series, colour, tokens),
                    "pattern": {"shape": shapes, "fillmode": "overlay", "fgcolor": tokens.surface, "solidity": 0.4},
                },
                width=0.62,
                **hover,
            )
        ]
    lines: dict[Role, dict[str, object]] = {
        "actual": {"width": 3},
        "part": {"width": 3, "dash": "dot"},
        "target": {"width": 2, "dash": "dash"},
        "past": {"width": 2},
    }
    line: dict[str, object] = {"color": colour, **lines[series.role]}
    marks = series.role == "actual" and len(buckets) <= 40
    common = {"mode": "lines+markers" if marks else "lines", **hover}
    marker = {"size": 8, "color": tokens.surface, "line": {"color": _mark_colours(series, colour, tokens), "width": 2}}
    values = list(series.values)
    if series.role != "actual" or whole >= len(buckets):
        return [go.Scatter(x=list(buckets), y=values, line=line, marker=marker, **common)]
    solid = [value if at < whole else None for at, value in enumerate(values)]
    dotted = [value if at >= whole - 1 else None for at, value in enumerate(values)]
    return [
        go.Scatter(x=list(buckets), y=dotted, mode="lines", line={**line, "dash": "dot"}, hoverinfo="skip"),
        go.Scatter(x=list(buckets), y=values, line={"width": 0, "color": colour}, marker=marker, **common),
        go.Scatter(x=list(buckets), y=solid, mode="lines", line=line, hoverinfo="skip"),
    ]


def _mark_colours(series: Series, colour: str, tokens: Tokens) -> str | list[str]:
    return [tokens.muted if small else colour for small in series.small] if any(series.small) else colour


def _last(values: Sequence[float | None]) -> tuple[int, float] | None:
    return next(((at, value) for at, value in reversed(list(enumerate(values))) if value is not None), None)


def trend_figure(
    buckets: Sequence[str],
    series: Sequence[Series],
    tokens: Tokens,
    *,
    tick_text: Sequence[str] | None = None,
    ticks: Sequence[float] | None = None,
    whole: int | None = None,
    bars: bool = False,
    stacked: bool = False,
    height: int = 300,
    label_width: int = 120,
    baseline: float | None = None,
    phone: bool = False,
) -> go.Figure:
    """Return lines (or bars for the actual) over ``buckets``.

    ``ticks`` and ``tick_text`` are the y axis in the chart's one unit (else round ticks as numbers). ``whole``: how many buckets are complete; the
    rest is drawn as a part-period. ``stacked`` puts the bars of several series on each other. Labels stand at the line ends instead of a legend;
    ``phone`` leaves them to the page and thins the bucket names, so that the lines have the width.
    """
    whole = len(buckets) if whole is None else whole
    known = [value for one in series for value in one.values if value is not None]
    ticks = list(ticks) if ticks is not None else nice_ticks(max(known, default=0.0), min(known, default=0.0))
    figure = bare_figure(tokens, height, margin=(44, 14, 12, 28) if phone else (52, 14, label_width, 28))
    drawing = sorted(series, key=lambda one: ("past", "target", "part", "actual").index(one.role))
    for one in drawing:
        figure.add_traces(_trace(one, buckets, tokens, whole=whole, bars=bars))
    if stacked:
        figure.update_layout(barmode="stack")
    top, bottom = max(ticks), min(ticks)
    ends = [(one, last) for one in series if one.end_label and (last := _last(one.values)) is not None]
    heights = [last[1] if one.label_at is None else one.label_at for one, last in ends]
    gap = (top - bottom) * 19 / max(height - 42, 1)
    places = kept_inside(spread_labels(heights, gap), gap, bottom, top)
    for (one, (at, value)), place in zip(ends, places, strict=True):
        if one.role == "actual" and not bars:
            figure.add_trace(
                go.Scatter(
                    x=[buckets[at]],
                    y=[value],
                    mode="markers",
                    hoverinfo="skip",
                    marker={"size": 13, "color": line_colour(one, tokens)},
                )
            )
        if phone:
            continue
        figure.add_annotation(
            x=1,
            xref="paper",
            xanchor="left",
            xshift=12,
            y=place,
            text=f"<b>{one.end_label}</b>" if one.role in {"actual", "target"} else one.end_label,
            showarrow=False,
            align="left",
            font={
                "color": line_colour(one, tokens) if one.role != "past" else tokens.muted,
                "size": 14 if one.role == "actual" else 13,
            },
        )
    every = max(1, math.ceil(len(buckets) / (5 if phone else 14)))
    shown = [bucket for at, bucket in enumerate(buckets) if (len(buckets) - 1 - at) % every == 0]
    names = [f"<b>{bucket}</b>" if bucket == buckets[-1] else bucket for bucket in shown]
    figure.update_xaxes(
        **quiet_axis(
            tokens,
            showgrid=False,
            type="category",
            tickvals=shown,
            ticktext=names,
            showline=True,
            linecolor=tokens.muted,
        )
    )
    figure.update_yaxes(
        **quiet_axis(
            tokens,
            range=[bottom, top * 1.04 if top > 0 else top],
            tickvals=ticks,
            ticktext=list(tick_text) if tick_text else [f"{tick:,g}" for tick in ticks],
        )
    )
    if baseline is not None:
        figure.add_hline(y=baseline, line={"color": faded(tokens.muted, 0.6), "width": 1})
    return figure
