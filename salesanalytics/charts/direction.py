"""Which colour a change, a comparison or a flow takes: the one place where the setting ``direction_colours`` decides, for pages, charts, PDF and Excel."""

from __future__ import annotations

from dataclasses import replace

from salesanalytics.charts.tokens import Tokens
from salesanalytics.settings import DirectionColours


def with_direction(tokens: Tokens, chosen: DirectionColours) -> Tokens:
    """Return the same colours with changes coloured as the setting says."""
    return tokens if tokens.direction == chosen else replace(tokens, direction=chosen)


def judged_colour(tokens: Tokens, *, better: bool) -> str:
    """Return the colour of a judgement that has no direction of its own (the worst step, a target reached): blue and orange where chosen, else green and red."""
    if tokens.direction == "blue-orange":
        return tokens.primary if better else tokens.target
    return tokens.good if better else tokens.bad


def change_colour(tokens: Tokens, *, rises: bool, better: bool) -> str:
    """Return the colour of a change, or of a value above or below what it is compared with; with red for up the direction alone decides, as markets in China do."""
    if tokens.direction == "red-up":
        return tokens.bad if rises else tokens.good
    return judged_colour(tokens, better=better)


def flow_colours(tokens: Tokens) -> tuple[str, str]:
    """Return the colours of what comes in and what goes out: blue and orange (green and red are too near for the green-blind), red and green only where red means up."""
    if tokens.direction == "red-up":
        return tokens.bad, tokens.good
    return tokens.primary, tokens.target
