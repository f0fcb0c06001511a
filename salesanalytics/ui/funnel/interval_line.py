"""A share with its interval as a small picture in a table's row: the whole as a dashed line at the same place in every row."""

from __future__ import annotations

from salesanalytics.charts.direction import change_colour
from salesanalytics.charts.tokens import Tokens
from salesanalytics.ui.html import picture

WIDTH, HEIGHT, EDGE = 240, 22, 6


def interval_line(
    share: float,
    around: tuple[float, float],
    overall: float,
    scale: float,
    label: str,
    tokens: Tokens,
    *,
    tone: str,
    small: bool,
) -> str:
    """Return the markup. ``scale``: the share (0-1) at the right edge, the same for all rows; ``tone``: ``above`` or ``below`` colour it; ``small``: dashed, hollow."""
    above = tone == "above"
    colour = change_colour(tokens, rises=above, better=above) if tone in ("above", "below") else tokens.primary
    if small:
        colour = tokens.muted

    def place(value: float) -> str:
        return f"{EDGE + min(1.0, max(0.0, value / scale)) * (WIDTH - 2 * EDGE):.1f}"

    middle = HEIGHT / 2
    dash = ' stroke-dasharray="2 3"' if small else ""
    fill = tokens.surface if small else colour
    return picture(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<path d="M{place(overall)} 0V{HEIGHT}" stroke="{tokens.target}" stroke-width="1.5" stroke-dasharray="3 2"/>'
        f'<path d="M{place(around[0])} {middle}H{place(around[1])}" stroke="{colour}" stroke-width="2.5"{dash}/>'
        f'<circle cx="{place(share)}" cy="{middle}" r="5" fill="{fill}" stroke="{colour}" stroke-width="2"/></svg>',
        label,
        "sa-interval",
    )
