"""The style rules of restated numbers, put on a page that has any."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit as st

_RULES = Path(__file__).parents[1] / "assets" / "restated.css"


@cache
def _rules() -> str:
    return f"<style>{_RULES.read_text(encoding='utf-8')}</style>"


def apply_restated_styles() -> None:
    """Put the rules on the page."""
    st.html(_rules())
