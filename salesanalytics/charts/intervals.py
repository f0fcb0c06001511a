"""Interval dots: a share with its 95 % interval a category, against the overall share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from salesanalytics.charts.direction import change_colour
from salesanalytics.charts.sketch import scatter_trace
from salesanalytics.charts.theme import Figure, bare_figure, quiet_axis
from salesanalytics.charts.ticks import nice_ticks
from salesanalytics.charts.tokens import Tokens

Standing = Literal["above", "below", "within", "small"]


@dataclass(frozen=True)
class IntervalDot:
    """One category: the share and its interval (0-1), whether the interval excludes the overall, and the texts beside it."""

    name: str
    share: float
    low: float
    high: float
    standing: Standing
    value_text: str
    sample_text: str
    hover: str = ""
    opens: str = ""
    """What a click on the dot means to the page."""


def _tone(standing: Standing, tokens: Tokens) -> str:
    if standing in ("above", "below"):
        above = standing == "above"
        return change_colour(tokens, rises=above, better=above)
    return tokens.muted if standing == "small" else tokens.primary


def _wide(letter: str) -> float:
    """How many pixels a letter takes: a wide (East Asian) one about 14, another 7.5."""
    return 14 if ord(letter) >= 0x2E80 else 7.5


def label_room(names: Sequence[str], least: int = 64, most: int = 140) -> int:
    """Return how many pixels the names beside a chart's rows take, in whatever language they are."""
    longest = max((sum(_wide(letter) for letter in name) for name in names), default=0.0)
    return round(min(most, max(least, longest + 10)))


def _clipped(name: str, width: int) -> str:
    """Cut a name to ``width`` pixels."""
    taken = 0.0
    for at, letter in enumerate(name):
        taken += _wide(letter)
        if taken > width:
            return f"{name[: max(1, at - 1)]}…"
    return name


def interval_figure(
    dots: Sequence[IntervalDot],
    overall: float,
    overall_text: str,
    tokens: Tokens,
    *,
    row_height: int = 44,
    label_width: int = 84,
) -> Figure:
    """Return one row a category; the dashed line is the overall share. A small sample is hollow and dashed."""
    ticks = nice_ticks(max([dot.high for dot in dots] + [overall]))
    figure = bare_figure(tokens, row_height * len(dots) + 54, margin=(label_width, 24, 150, 30))
    for at, dot in enumerate(dots):
        colour = _tone(dot.standing, tokens)
        small = dot.standing == "small"
        line = {"color": colour, "width": 3, "dash": "dot" if small else "solid"}
        figure.add_trace(scatter_trace(x=[dot.low, dot.high], y=[at, at], mode="lines", line=line, hoverinfo="skip"))
        marker = {"size": 13, "color": tokens.surface if small else colour, "line": {"color": colour, "width": 2}}
        figure.add_trace(
            scatter_trace(
                x=[dot.share],
                y=[at],
                mode="markers",
                marker=marker,
                customdata=[[dot.hover, dot.opens]],
                hovertemplate="%{customdata[0]}<extra></extra>",
            )
        )
        beside = {"xref": "paper", "x": 1, "xanchor": "right", "y": at, "showarrow": False}
        figure.add_annotation(**beside, xshift=76, text=f"<b>{dot.value_text}</b>", font={"color": colour, "size": 14})
        figure.add_annotation(**beside, xshift=146, text=dot.sample_text, font={"color": tokens.muted, "size": 13})
    figure.add_shape(
        type="line",
        x0=overall,
        x1=overall,
        y0=0,
        y1=1,
        yref="paper",
        line={"color": tokens.target, "width": 2, "dash": "dash"},
    )
    figure.add_annotation(
        x=overall,
        y=1,
        yref="paper",
        yanchor="bottom",
        text=f"<b>{overall_text}</b>",
        showarrow=False,
        font={"color": tokens.target, "size": 13},
    )
    figure.update_xaxes(
        **quiet_axis(
            tokens,
            range=[-max(ticks) * 0.02, max(ticks)],
            tickvals=ticks,
            ticktext=[f"{tick * 100:g}%" for tick in ticks],
        )
    )
    figure.update_yaxes(
        **quiet_axis(
            tokens,
            showgrid=False,
            range=[len(dots) - 0.5, -0.6],
            tickvals=list(range(len(dots))),
            ticktext=[_clipped(dot.name, label_width) for dot in dots],
            tickfont={"size": 13, "color": tokens.text},
        )
    )
    return figure.figure()
