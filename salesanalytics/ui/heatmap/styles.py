"""The style rules of the Heatmap page, beside those of the analysis pages."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit as st

_RULES = Path(__file__).parents[1] / "assets" / "heatmap.css"


@cache
def _rules() -> str:
    return f"<style>{_RULES.read_text(encoding='utf-8')}</style>"


def apply_heatmap_styles() -> None:
    """Put the rules on the page."""
    st.html(_rules())
