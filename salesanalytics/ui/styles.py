"""The page's style sheet: DESIGN.md's tokens as CSS variables, then the rules of ``assets/style.css``."""

from __future__ import annotations

from dataclasses import asdict
from functools import cache
from pathlib import Path

import streamlit as st

from salesanalytics.charts.tokens import FONT_STACK, Tokens

_RULES = Path(__file__).parent / "assets" / "style.css"


@cache
def style_sheet(tokens: Tokens) -> str:
    """Return the whole style sheet for one theme."""
    colours = {name: value for name, value in asdict(tokens).items() if isinstance(value, str)}
    variables = "".join(f"--sa-{name.replace('_', '-')}:{value};" for name, value in colours.items())
    return (
        f'<style>:root{{{variables}--sa-font:"SA Arrows", {FONT_STACK};}}\n{_RULES.read_text(encoding="utf-8")}</style>'
    )


def apply_styles(tokens: Tokens) -> None:
    """Put the style sheet on the page."""
    st.html(style_sheet(tokens))
