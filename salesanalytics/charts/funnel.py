"""A funnel: centred bars with the count inside, connected by what did not advance; share, change and dwell in columns beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from salesanalytics.charts.theme import bare_figure, faded
from salesanalytics.charts.tokens import Tokens

BAR, GAP = 0.58, 0.42  # of one step's height


@dataclass(frozen=True)
class FunnelBar:
    """One stage: its name, size (customers or amount), the text on the bar, what stands below it, and the texts of the columns to the right.

    ``columns``: (text, tone) where tone is a token name such as ``good``, ``bad``, ``text`` or ``muted``.
    """

    name: str
    size: float
    label: str
    below: str = ""
    columns: Sequence[tuple[str, str]] = ()
    hover: str = ""


def _outline(left: float, right: float, top: float, lower_left: float, lower_right: float, bottom: float) -> str:
    return f"M {left},{top} L {right},{top} L {lower_right},{bottom} L {lower_left},{bottom} Z"


def funnel_figure(
    bars: Sequence[FunnelBar],
    tokens: Tokens,
    *,
    headers: Sequence[str] = (),
    worst: int | None = None,
    step_height: int = 70,
    name_width: int = 70,
    narrow: bool = False,
    column_widths: Sequence[float] = (),
) -> go.Figure:
    """Return the funnel. ``worst``: the step (index of the stage arrived at) that is tinted; ``headers`` name the columns.

    ``narrow`` leaves the columns out (phone). ``column_widths``: of the columns, as shares of the widest bar; 0.24 each if not given.
    """
    largest = max((bar.size for bar in bars), default=0.0) or 1.0
    columns = 0 if narrow else max((len(bar.columns) for bar in bars), default=0)
    # x runs 0..1 over the bars; columns stand to the right of 1, each ending where the next begins.
    widths = [*column_widths, *([0.24] * columns)][:columns]
    ends = [1.08 + sum(widths[: place + 1]) for place in range(columns)]
    right_end = ends[-1] if ends else 1.08
    top = 34 if columns and headers else 8
    figure = bare_figure(tokens, round(step_height * len(bars)) + top, margin=(0, top, 0, 0))
    figure.update_xaxes(visible=False, range=[-name_width / 620, right_end], fixedrange=True)
    figure.update_yaxes(visible=False, range=[len(bars) - GAP + 0.05, 0], fixedrange=True)

    def edges(bar: FunnelBar) -> tuple[float, float]:
        half = max(bar.size / largest, 0.004) / 2
        return 0.5 - half, 0.5 + half

    for at, bar in enumerate(bars):
        left, right = edges(bar)
        figure.add_shape(
            type="rect",
            x0=left,
            x1=right,
            y0=at,
            y1=at + BAR,
            fillcolor=tokens.primary,
            line={"width": 0},
            layer="below",
        )
        if at + 1 < len(bars):
            low_left, low_right = edges(bars[at + 1])
            tint = faded(tokens.bad, 0.14) if worst == at + 1 else faded(tokens.primary, 0.14)
            path = _outline(left, right, at + BAR, low_left, low_right, at + 1)
            figure.add_shape(type="path", path=path, fillcolor=tint, line={"width": 0}, layer="below")
        _texts(figure, bar, at, right, tokens, worst=worst == at + 1, ends=ends)
    for place, header in enumerate(headers[:columns]):
        figure.add_annotation(
            x=ends[place],
            y=1,
            yref="paper",
            yanchor="bottom",
            xanchor="right",
            yshift=6,
            text=header,
            showarrow=False,
            font={"size": 12.5, "color": tokens.muted},
        )
    figure.add_trace(
        go.Scatter(
            x=[0.5] * len(bars),
            y=[at + BAR / 2 for at in range(len(bars))],
            mode="markers",
            marker={"size": 34, "opacity": 0},
            customdata=[bar.hover for bar in bars],
            hovertemplate="%{customdata}<extra></extra>",
        )
    )
    return figure


def _texts(
    figure: go.Figure, bar: FunnelBar, at: int, right: float, tokens: Tokens, *, worst: bool, ends: Sequence[float]
) -> None:
    middle = at + BAR / 2
    wide = right - 0.5 > 0.05
    figure.add_annotation(
        x=0, xref="paper", xanchor="left", y=middle, text=f"<b>{bar.name}</b>", showarrow=False, font={"size": 14}
    )
    figure.add_annotation(
        x=0.5 if wide else right,
        xanchor="center" if wide else "left",
        xshift=0 if wide else 8,
        y=middle,
        text=f"<b>{bar.label}</b>",
        showarrow=False,
        font={"size": 15, "color": tokens.on_primary if wide else tokens.text},
    )
    if bar.below:
        tone = tokens.bad if worst else tokens.muted
        figure.add_annotation(
            x=0.5,
            y=at + BAR + GAP / 2,
            text=f"<b>{bar.below}</b>" if worst else bar.below,
            showarrow=False,
            font={"size": 12.5, "color": tone},
        )
    for end, (words, tone) in zip(ends, bar.columns, strict=False):
        figure.add_annotation(
            x=end,
            xanchor="right",
            y=middle,
            text=words,
            showarrow=False,
            font={"size": 14, "color": getattr(tokens, tone)},
        )
