"""A waterfall: ends grey, inflows blue, outflows orange (or as the settings colour directions), what went missing hatched; a cut axis is drawn as cut."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from salesanalytics.charts.direction import flow_colours
from salesanalytics.charts.sketch import Sketch, bar_trace, scatter_trace
from salesanalytics.charts.theme import Figure, bare_figure, quiet_axis
from salesanalytics.charts.tokens import Tokens

Role = Literal["end", "in", "out", "missing"]
CUT_WORTH_IT = 0.5
"""The axis is cut only where the lowest level lies above this part of the highest: else the bars are as readable from zero."""
MARGIN_LEFT, MARGIN_RIGHT = 64, 8


@dataclass(frozen=True)
class WaterfallBar:
    """One bar in the chart's unit: an end's level, or a movement's signed amount. ``label`` is drawn at it, ``hover`` shown over it, ``opens`` given back when clicked."""

    role: Role
    amount: float
    label: str
    hover: str
    opens: str


def levels(bars: Sequence[WaterfallBar]) -> list[tuple[float, float]]:
    """Return from where to where each bar goes; ends go from zero."""
    found: list[tuple[float, float]] = []
    at = 0.0
    for bar in bars:
        before, at = (0.0, bar.amount) if bar.role == "end" else (at, at + bar.amount)
        found.append((before, at))
    return found


def axis_ticks(bars: Sequence[WaterfallBar], *, from_zero: bool) -> list[float]:
    """Return the ticks of the amount axis, the first of which is its floor: zero, or a round number under everything that moves."""
    reached = [end for _, end in levels(bars)]
    low, high = min(reached, default=0.0), max(reached, default=0.0)
    floor_at = 0.0
    if not from_zero and low > 0 and low > CUT_WORTH_IT * high:
        # a fifth of the span stays under the lowest level, for its label and the cut
        floor_at = max(0.0, low - max((high - low) * 0.35, high * 0.01))
    step = _step((high - floor_at) or 1.0)
    first = math.floor(min(low, floor_at) / step + 1e-9) if low < 0 or floor_at else 0
    last = math.ceil(high / step - 1e-9)
    return [round(step * at, 10) for at in range(first, max(last, first + 1) + 1)]


def _step(span: float) -> float:
    raw = span / 4
    size: float = 10.0 ** math.floor(math.log10(raw))
    return next(size * factor for factor in (1, 2, 2.5, 5, 10) if size * factor >= raw)


def waterfall_figure(
    bars: Sequence[WaterfallBar], tokens: Tokens, *, ticks: Sequence[float], tick_text: Sequence[str], height: int = 330
) -> Figure:
    """Return the waterfall. ``ticks`` as ``axis_ticks`` gives them; the names under the bars are the page's, in as many equal columns.

    Between ``MARGIN_LEFT`` and ``MARGIN_RIGHT`` pixels every bar has the same share of the width.
    """
    spans, floor_at = levels(bars), min(ticks)
    top = max([*ticks, *(end for _, end in spans)])
    room = (top - floor_at) * 0.09
    figure = bare_figure(tokens, height, margin=(MARGIN_LEFT, 8, MARGIN_RIGHT, 10))
    lows = [max(min(span), floor_at) for span in spans]
    heights = [max(span) - low for span, low in zip(spans, lows, strict=True)]
    hatched = [bar.role == "missing" for bar in bars]
    figure.add_trace(
        bar_trace(
            x=list(range(len(bars))),
            y=heights,
            base=lows,
            width=0.62,
            customdata=[[bar.hover, bar.opens] for bar in bars],
            hovertemplate="%{customdata[0]}<extra></extra>",
            marker={
                "color": [
                    tokens.surface if hatch else _colour(bar.role, tokens)
                    for bar, hatch in zip(bars, hatched, strict=True)
                ],
                "line": {
                    "color": [
                        tokens.muted if hatch else _colour(bar.role, tokens)
                        for bar, hatch in zip(bars, hatched, strict=True)
                    ],
                    "width": 1.2,
                },
                "pattern": {
                    "shape": ["/" if hatch else "" for hatch in hatched],
                    "fgcolor": tokens.muted,
                    "bgcolor": tokens.surface,
                    "size": 6,
                    "solidity": 0.25,
                },
            },
        )
    )
    _join(figure, spans, tokens)
    for place, (bar, span) in enumerate(zip(bars, spans, strict=True)):
        _label(figure, place, bar, span, tokens)
    if floor_at > 0:
        for place, bar in enumerate(bars):
            if bar.role == "end":
                _cut(figure, place, floor_at, top - floor_at, tokens)
    figure.update_xaxes(**quiet_axis(tokens, range=[-0.5, len(bars) - 0.5], showgrid=False, showticklabels=False))
    figure.update_yaxes(
        **quiet_axis(tokens, range=[floor_at, top + room], tickvals=list(ticks), ticktext=list(tick_text))
    )
    figure.update_layout(bargap=0.2, clickmode="event")
    return figure.figure()


def _colour(role: Role, tokens: Tokens) -> str:
    comes, goes = flow_colours(tokens)
    return {"end": tokens.muted, "in": comes, "out": goes, "missing": tokens.muted}[role]


def _join(figure: Sketch, spans: Sequence[tuple[float, float]], tokens: Tokens) -> None:
    """Draw the dotted line from each bar's end to the next bar."""
    x: list[float | None] = []
    y: list[float | None] = []
    for place, (_, end) in enumerate(spans[:-1]):
        x += [place + 0.31, place + 0.69, None]
        y += [end, end, None]
    line = {"color": tokens.muted, "width": 1.2, "dash": "dot"}
    figure.add_trace(scatter_trace(x=x, y=y, mode="lines", line=line, hoverinfo="skip"))


def _label(figure: Sketch, place: int, bar: WaterfallBar, span: tuple[float, float], tokens: Tokens) -> None:
    falls = bar.role in ("out", "missing")
    figure.add_annotation(
        x=place,
        y=min(span) if falls else max(span),
        yanchor="top" if falls else "bottom",
        yshift=-2 if falls else 2,
        text=f"<b>{bar.label}</b>",
        showarrow=False,
        font={"size": 14, "color": tokens.text if bar.role == "end" else _colour(bar.role, tokens)},
    )


def _cut(figure: Sketch, place: int, floor_at: float, span: float, tokens: Tokens) -> None:
    """Draw a slanted gap through the foot of an end bar: what lies under it is left out."""
    low, thick = floor_at + span * 0.05, span * 0.022
    left, right = place - 0.33, place + 0.33
    path = f"M {left} {low} L {right} {low + thick * 1.6} L {right} {low + thick * 2.6} L {left} {low + thick} Z"
    figure.add_shape(type="path", path=path, fillcolor=tokens.surface, line={"width": 0}, layer="above")
