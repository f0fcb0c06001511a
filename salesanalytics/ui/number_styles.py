"""The styles of an opened number, put on the page with it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit as st

_RULES = Path(__file__).parent / "assets" / "number.css"


@cache
def _sheet() -> str:
    return f"<style>{_RULES.read_text(encoding='utf-8')}</style>"


def apply_number_styles() -> None:
    """Put the style sheet on the page."""
    st.html(_sheet())
