"""What every figure shares: fonts, margins, quiet axes, no legend, no mode bar."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from salesanalytics.charts.sketch import Sketch
from salesanalytics.charts.tokens import FONT_STACK, Tokens

Figure = go.Figure
"""What the functions of this room return; rooms above name it from here."""

CONFIG: dict[str, Any] = {"displayModeBar": False, "responsive": True, "scrollZoom": False, "doubleClick": False}
"""Pass to ``st.plotly_chart(config=…)``: no mode bar (it overlaps), no zooming by accident."""


def bare_figure(tokens: Tokens, height: int, *, margin: tuple[int, int, int, int] = (8, 8, 8, 8)) -> Sketch:
    """Return an empty sketch in the house style; its ``figure()`` is the figure. ``margin``: left, top, right, bottom in pixels."""
    left, top, right, bottom = margin
    return Sketch(
        template={},
        height=height,
        margin={"l": left, "t": top, "r": right, "b": bottom, "pad": 0},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"family": f'"SA Arrows", {FONT_STACK}', "size": 13, "color": tokens.text},
        showlegend=False,
        hovermode="closest",
        dragmode=False,
        hoverlabel={
            "bgcolor": tokens.surface,
            "bordercolor": tokens.border,
            "font": {"family": FONT_STACK, "size": 13, "color": tokens.text},
        },
    )


def quiet_axis(tokens: Tokens, **overrides: Any) -> dict[str, Any]:
    """Return an axis with small muted labels, thin grid and no zero line."""
    return {
        "gridcolor": tokens.border,
        "gridwidth": 1,
        "zeroline": False,
        "showline": False,
        "ticks": "",
        "tickfont": {"size": 12.5, "color": tokens.muted},
        "fixedrange": True,
        "automargin": False,
        **overrides,
    }


def faded(colour: str, alpha: float) -> str:
    """Return ``#RRGGBB`` as an rgba() of this opacity."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},{alpha})"
