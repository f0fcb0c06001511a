"""A heatmap of two dimensions: value and n in each cell, totals outside, stars for clusters, hatched small samples, a ring around the chosen."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from salesanalytics.charts.theme import bare_figure, quiet_axis
from salesanalytics.charts.tokens import HEAT_DARK_TEXT_STEPS, Tokens

DARK_INK, LIGHT_INK = "#131C2E", "#FFFFFF"
CLUSTER_ON_DARK, CLUSTER_ON_LIGHT = "#FFD666", "#8A5A00"


@dataclass(frozen=True)
class HeatCell:
    """One cell: its value (None = empty), the two lines written in it, the hover text, and marks."""

    value: float | None
    label: str
    below: str = ""
    hover: str = ""
    cluster: bool = False
    small: bool = False


def heat_steps(values: Sequence[float], steps: int) -> list[float]:
    """Return the lower bounds of ``steps`` colour classes between the smallest and largest value."""
    if not values:
        return [0.0] * steps
    low, high = min(values), max(values)
    span = (high - low) or 1.0
    return [low + span * step / steps for step in range(steps)]


def robust_steps(values: Sequence[float], steps: int) -> list[float]:
    """Return lower bounds of ``steps`` even, round colour classes that one huge cell does not flatten: the last class is open above.

    They run from the smallest value to the 90th percentile where the largest is more than half again as much, else to the largest.
    """
    if not values:
        return [0.0] * steps
    ordered = sorted(values)
    high = ordered[round(0.9 * (len(ordered) - 1))]
    high = high if ordered[-1] > 1.5 * high else ordered[-1]
    width = (high - ordered[0]) / steps
    if width <= 0:
        return heat_steps(values, steps)
    unit = 10 ** math.floor(math.log10(width))
    width = next(unit * factor for factor in (1, 2, 2.5, 5, 10) if unit * factor >= width * 0.999)
    low = math.floor(ordered[0] / width) * width
    return [low + width * step for step in range(steps)]


def step_of(value: float, bounds: Sequence[float]) -> int:
    """Return the colour class of ``value``."""
    return max((at for at, bound in enumerate(bounds) if value >= bound - 1e-12), default=0)


def heatmap_figure(
    rows: Sequence[str],
    columns: Sequence[str],
    cells: Sequence[Sequence[HeatCell]],
    row_totals: Sequence[str],
    column_totals: Sequence[str],
    grand_total: str,
    total_name: str,
    tokens: Tokens,
    *,
    chosen: tuple[int, int] | None = None,
    bounds: Sequence[float] | None = None,
    height: int = 620,
    label_width: int = 100,
) -> go.Figure:
    """Return the heatmap; a click selects the invisible marker in a cell (its ``customdata`` is row, column).

    ``bounds``: the lower bounds of the colour classes, if not even ones between the smallest and the largest value.
    """
    bounds = bounds or heat_steps(
        [cell.value for line in cells for cell in line if cell.value is not None], len(tokens.heat)
    )
    figure = bare_figure(tokens, height, margin=(label_width, 30, 80, 30))
    for r, line in enumerate(cells):
        for c, cell in enumerate(line):
            _draw_cell(figure, r, c, cell, bounds, tokens)
    if chosen is not None:
        r, c = chosen
        box = {"x0": c + 0.03, "x1": c + 0.97, "y0": r + 0.03, "y1": r + 0.97}
        figure.add_shape(type="rect", **box, line={"color": tokens.target, "width": 4}, fillcolor="rgba(0,0,0,0)")
    _totals(figure, row_totals, column_totals, grand_total, total_name, tokens, len(rows), len(columns))
    places = [(r, c) for r in range(len(rows)) for c in range(len(columns))]
    figure.add_trace(
        go.Scatter(
            x=[c + 0.5 for _, c in places],
            y=[r + 0.5 for r, _ in places],
            mode="markers",
            marker={"size": 40, "opacity": 0, "symbol": "square"},
            unselected={"marker": {"opacity": 0}},
            selected={"marker": {"opacity": 0}},
            customdata=[[r, c, cells[r][c].hover] for r, c in places],
            hovertemplate="%{customdata[2]}<extra></extra>",
        )
    )
    figure.update_layout(clickmode="event+select")
    axis = {"showgrid": False, "tickfont": {"size": 13, "color": tokens.text}}
    figure.update_xaxes(
        **quiet_axis(
            tokens,
            **axis,
            side="top",
            range=[0, len(columns)],
            tickvals=[at + 0.5 for at in range(len(columns))],
            ticktext=[_clipped(name, 12) for name in columns],
        )
    )
    figure.update_yaxes(
        **quiet_axis(
            tokens,
            **axis,
            range=[len(rows), 0],
            tickvals=[at + 0.5 for at in range(len(rows))],
            ticktext=[_clipped(name, 12) for name in rows],
        )
    )
    return figure


def _clipped(name: str, longest: int) -> str:
    return name if len(name) <= longest else f"{name[: longest - 1]}…"


def _draw_cell(figure: go.Figure, r: int, c: int, cell: HeatCell, bounds: Sequence[float], tokens: Tokens) -> None:
    box = {"x0": c + 0.02, "x1": c + 0.98, "y0": r + 0.03, "y1": r + 0.97}
    if cell.value is None:
        figure.add_shape(type="rect", **box, fillcolor=tokens.inset, line={"width": 0}, layer="below")
        figure.add_annotation(x=c + 0.5, y=r + 0.5, text="—", showarrow=False, font={"color": tokens.muted})
        return
    step = step_of(cell.value, bounds)
    ink = DARK_INK if step < HEAT_DARK_TEXT_STEPS else LIGHT_INK
    fill = tokens.inset if cell.small else tokens.heat[step]
    line = {"color": tokens.muted, "width": 1, "dash": "dot"} if cell.small else {"width": 0}
    ink = tokens.muted if cell.small else ink
    figure.add_shape(type="rect", **box, fillcolor=fill, line=line, layer="below")
    text = f"<b>{cell.label}</b>" + (f"<br><span style='font-size:12px'>{cell.below}</span>" if cell.below else "")
    figure.add_annotation(x=c + 0.5, y=r + 0.5, text=text, showarrow=False, font={"color": ink, "size": 14})
    if cell.cluster:
        star = CLUSTER_ON_LIGHT if step < HEAT_DARK_TEXT_STEPS else CLUSTER_ON_DARK
        place = {"x": c + 0.95, "y": r + 0.06, "xanchor": "right", "yanchor": "top"}
        figure.add_annotation(**place, text="★", showarrow=False, font={"color": star, "size": 14})


def _totals(
    figure: go.Figure,
    row_totals: Sequence[str],
    column_totals: Sequence[str],
    grand_total: str,
    total_name: str,
    tokens: Tokens,
    rows: int,
    columns: int,
) -> None:
    right = {"xref": "paper", "x": 1, "xanchor": "right", "xshift": 78, "showarrow": False}
    below = {"yref": "paper", "y": 0, "yanchor": "top", "yshift": -6, "showarrow": False}
    for r, total in enumerate(row_totals):
        figure.add_annotation(**right, y=r + 0.5, text=f"<b>{total}</b>", font={"size": 14})
    for c, total in enumerate(column_totals):
        figure.add_annotation(**below, x=c + 0.5, text=f"<b>{total}</b>", font={"size": 14})
    muted = {"color": tokens.muted, "size": 13}
    figure.add_annotation(**right, yref="paper", y=1, yanchor="bottom", yshift=6, text=total_name, font=muted)
    corner = {"x": 0, "xref": "paper", "xanchor": "right", "xshift": -8}
    figure.add_annotation(**below, **corner, text=total_name, font=muted)
    figure.add_annotation(
        **{**right, "yref": "paper", "y": 0, "yanchor": "top", "yshift": -6},
        text=f"<b>{grand_total}</b>",
        font={"color": tokens.primary, "size": 14},
    )
