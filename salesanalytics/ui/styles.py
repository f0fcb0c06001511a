"""The page's style sheet: DESIGN.md's tokens as CSS variables, then the rules of ``assets/style.css``."""

from __future__ import annotations

from dataclasses import asdict
from functools import cache
from pathlib import Path

import streamlit as st

from salesanalytics.charts.tokens import FONT_STACK, Tokens
from salesanalytics.errors import UserError
from salesanalytics.settings import DirectionColours
from salesanalytics.ui.data import own_workspace

_RULES = Path(__file__).parent / "assets" / "style.css"


_CHANGES: dict[DirectionColours, str] = {
    "green-good": "",
    "blue-orange": ".sa-change.sa-good{color:var(--sa-primary)} .sa-change.sa-bad{color:var(--sa-target)}",
    "red-up": ".sa-change.up{color:var(--sa-bad)} .sa-change.down{color:var(--sa-good)}",
}
"""How changes are coloured: by judgement in green and red, by judgement in blue and orange, or by direction with red for up, as markets in China do."""


@cache
def style_sheet(tokens: Tokens, changes: DirectionColours = "green-good") -> str:
    """Return the whole style sheet for one theme and one way to colour changes."""
    colours = {name: value for name, value in asdict(tokens).items() if isinstance(value, str)}
    variables = "".join(f"--sa-{name.replace('_', '-')}:{value};" for name, value in colours.items())
    return f'<style>:root{{{variables}--sa-font:"SA Arrows", {FONT_STACK};}}\n{_RULES.read_text(encoding="utf-8")}\n{_CHANGES[changes]}</style>'


def apply_styles(tokens: Tokens) -> None:
    """Put the style sheet on the page, with changes coloured as the workspace's settings say."""
    st.html(style_sheet(tokens, _direction_colours()))


def _direction_colours() -> DirectionColours:
    try:
        return own_workspace().settings().direction_colours
    except UserError:
        return "green-good"  # what keeps the workspace from opening is told by the page
