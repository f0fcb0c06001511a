"""What heatmap and tiles are made of: coloured cells with their words and stars, hatched small samples, markers that can be clicked."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from salesanalytics.charts.sketch import Sketch, bar_trace, scatter_trace
from salesanalytics.charts.theme import faded
from salesanalytics.charts.tokens import HEAT_DARK_TEXT_STEPS, Tokens

DARK_INK, LIGHT_INK = "#131C2E", "#FFFFFF"
CLUSTER_ON_DARK, CLUSTER_ON_LIGHT = "#FFD666", "#8A5A00"


@dataclass(frozen=True)
class HeatCell:
    """One cell: its value (None = empty), the lines written in it (``above`` only on tiles), the hover text, and marks."""

    value: float | None
    label: str
    below: str = ""
    hover: str = ""
    cluster: bool = False
    small: bool = False
    above: str = ""


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


@dataclass(frozen=True)
class CellInk:
    """A cell's colours: what it is filled with, its words, its star."""

    fill: str
    words: str
    star: str


def ink_of(cell: HeatCell, bounds: Sequence[float], tokens: Tokens) -> CellInk:
    """Return a cell's colours: its class on the scale; grey where it is empty or its sample small."""
    step = 0 if cell.value is None else step_of(cell.value, bounds)
    on_light = step < HEAT_DARK_TEXT_STEPS
    star = CLUSTER_ON_LIGHT if on_light else CLUSTER_ON_DARK
    if cell.value is None or cell.small:
        return CellInk(tokens.inset, tokens.muted, star)
    return CellInk(tokens.heat[step], DARK_INK if on_light else LIGHT_INK, star)


def draw_cell(
    figure: Sketch, x: float, y: float, cell: HeatCell, bounds: Sequence[float], tokens: Tokens, *, wide: float = 1.0
) -> None:
    """Draw one cell with its upper left corner at ``x``, ``y``, ``wide`` columns wide: colour, words, star."""
    box = {"x0": x + 0.02, "x1": x + wide - 0.02, "y0": y + 0.03, "y1": y + 0.97}
    middle = {"x": x + wide / 2, "y": y + 0.5, "showarrow": False}
    ink = ink_of(cell, bounds, tokens)
    figure.add_shape(type="rect", **box, fillcolor=ink.fill, line={"width": 0}, layer="below")
    if cell.value is None and not cell.label:
        figure.add_annotation(**middle, text="—", font={"color": tokens.muted})
        return
    above = f"<span style='font-size:12.5px'>{cell.above}</span><br>" if cell.above else ""
    below = f"<br><span style='font-size:12.5px'>{cell.below}</span>" if cell.below else ""
    figure.add_annotation(**middle, text=f"{above}<b>{cell.label}</b>{below}", font={"color": ink.words, "size": 14})
    if cell.cluster:
        place = {"x": x + wide - 0.05, "y": y + 0.06, "xanchor": "right", "yanchor": "top"}
        figure.add_annotation(**place, text="★", showarrow=False, font={"color": ink.star, "size": 14})


def hatch(figure: Sketch, corners: Sequence[tuple[float, float]], tokens: Tokens) -> None:
    """Hatch the cells with these upper left corners: their samples are small."""
    if corners:
        figure.add_trace(
            bar_trace(
                x=[x + 0.5 for x, _ in corners],
                base=[y + 0.03 for _, y in corners],
                y=[0.94] * len(corners),
                width=0.96,
                marker={
                    "color": tokens.inset,
                    "line": {"width": 0},
                    "pattern": {"shape": "/", "fgcolor": faded(tokens.muted, 0.45), "size": 7, "solidity": 0.16},
                },
                hoverinfo="skip",
            )
        )


def clickable(figure: Sketch, places: Sequence[tuple[float, float, int, int, str]]) -> None:
    """Lay an invisible marker over each place (``x``, ``y``, then the two numbers and the hover text of its ``customdata``)."""
    figure.add_trace(
        scatter_trace(
            x=[place[0] for place in places],
            y=[place[1] for place in places],
            mode="markers",
            marker={"size": 40, "opacity": 0, "symbol": "square"},
            unselected={"marker": {"opacity": 0}},
            selected={"marker": {"opacity": 0}},
            customdata=[list(place[2:]) for place in places],
            hovertemplate="%{customdata[2]}<extra></extra>",
        )
    )
    figure.update_layout(clickmode="event+select")
