"""Style sheets: DESIGN.md's tokens as CSS variables with the rules of ``assets/style.css`` on every page, and a page's own rules after them."""

from __future__ import annotations

from dataclasses import asdict
from functools import cache
from pathlib import Path

import streamlit as st

from salesanalytics.charts.direction import change_colour, judged_colour, with_direction
from salesanalytics.charts.tokens import FONT_STACK, Tokens
from salesanalytics.errors import UserError
from salesanalytics.settings import DirectionColours
from salesanalytics.ui.data import own_workspace

_RULES = Path(__file__).parent / "assets"


@cache
def _read(name: str) -> str:
    return (_RULES / f"{name}.css").read_text(encoding="utf-8")


def _change_rules(tokens: Tokens) -> str:
    """Colour changes by direction and judgement together, and give judgements without a direction their two variables."""
    rules = [
        f".sa-change.{way}.sa-{tone}{{color:{change_colour(tokens, rises=way == 'up', better=tone == 'good')};}}"
        for way in ("up", "down")
        for tone in ("good", "bad")
    ]
    judged = {name: judged_colour(tokens, better=name == "better") for name in ("better", "worse")}
    return f":root{{{''.join(f'--sa-{name}:{colour};' for name, colour in judged.items())}}}\n{''.join(rules)}"


@cache
def style_sheet(tokens: Tokens) -> str:
    """Return the whole style sheet for one theme, changes coloured as its ``direction`` says."""
    colours = {name: value for name, value in asdict(tokens).items() if isinstance(value, str) and name != "direction"}
    variables = "".join(f"--sa-{name.replace('_', '-')}:{value};" for name, value in colours.items())
    return f'<style>:root{{{variables}--sa-font:"SA Arrows", {FONT_STACK};}}\n{_read("style")}\n{_change_rules(tokens)}</style>'


def apply_styles(tokens: Tokens) -> None:
    """Put the style sheet on the page, with changes coloured as the workspace's settings say."""
    st.html(style_sheet(with_direction(tokens, _direction_colours())))


def apply_rules(*names: str) -> None:
    """Put the rules of ``assets/<name>.css`` on the page, together, in this order."""
    if names:
        rules = "\n".join(map(_read, names))
        st.html(f"<style>{rules}</style>")


def _direction_colours() -> DirectionColours:
    try:
        return own_workspace().settings().direction_colours
    except UserError:
        return "green-good"  # what keeps the workspace from opening is told by the page
