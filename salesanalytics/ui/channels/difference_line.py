"""A difference of two shares as a small picture: zero, the interval and its point."""

from __future__ import annotations

from salesanalytics.charts.direction import change_colour
from salesanalytics.charts.tokens import Tokens
from salesanalytics.insight.two_shares import Difference
from salesanalytics.ui.html import picture

WIDTH, HEIGHT, EDGE = 190, 20, 6


def difference_line(difference: Difference, reach: float, label: str, tokens: Tokens, *, small: bool) -> str:
    """Return the markup; ``reach``: the difference (0-1) at either edge, the same for all rows. Wider intervals end in an open end."""
    colour = tokens.muted if small else tokens.primary
    if difference.certain and not small:
        rises = difference.value > 0
        colour = change_colour(tokens, rises=rises, better=rises)

    def place(value: float) -> float:
        return EDGE + (max(-reach, min(reach, value)) + reach) / (2 * reach) * (WIDTH - 2 * EDGE)

    low, high, point = place(difference.low), place(difference.high), place(difference.value)
    dash = ' stroke-dasharray="2 3"' if small else ""
    fill = tokens.surface if small else colour
    middle, zero = HEIGHT / 2, place(0)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<path d="M{zero:.1f} 0V{HEIGHT}" stroke="{tokens.target}" stroke-width="1.5" stroke-dasharray="3 2"/>'
        f'<path d="M{low:.1f} {middle}H{high:.1f}" stroke="{colour}" stroke-width="2.5"{dash}/>'
        f'<circle cx="{point:.1f}" cy="{middle}" r="4.5" fill="{fill}" stroke="{colour}" stroke-width="2"/></svg>'
    )
    return picture(svg, label, "sa-difference")
