"""The Data page's own style sheet, and the uploader's words, which Streamlit keeps in English."""

from __future__ import annotations

import json
from pathlib import Path

import streamlit as st

from salesanalytics.i18n import Lang, text

_RULES = Path(__file__).parents[1] / "assets" / "data_page.css"


def data_styles(lang: Lang) -> None:
    """Put the styles on the page."""
    words = {
        name: json.dumps(text(f"data_page.upload_{name}", lang), ensure_ascii=False) for name in ("drop", "browse")
    }
    variables = f":root{{--sa-drop:{words['drop']};--sa-browse:{words['browse']};}}"
    st.html(f"<style>{variables}\n{_RULES.read_text(encoding='utf-8')}</style>")
