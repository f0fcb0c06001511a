"""A trend as a phone shows it: names above the lines instead of beside them, so that the lines have the width. Wider screens hide it."""

from __future__ import annotations

import re
from collections.abc import Sequence

import streamlit as st

from salesanalytics.charts.theme import CONFIG, Figure
from salesanalytics.charts.tokens import Tokens
from salesanalytics.charts.trend import Series, line_colour
from salesanalytics.ui.html import escape, show

_MARKUP = re.compile(r"<[^>]*>")


def phone_trend(key: str, figure: Figure, series: Sequence[Series], tokens: Tokens) -> None:
    """Draw ``figure``, made with ``phone=True``, under the names of its ``series``."""
    with st.container(key=f"phone-only-{key}", gap="xxsmall"):
        show(names_markup(series, tokens))
        st.plotly_chart(figure, key=f"{key}-phone", config=CONFIG, theme=None)


def names_markup(series: Sequence[Series], tokens: Tokens) -> str:
    """Return the names of the lines, each in its line's colour."""
    names = [(line_colour(one, tokens), _MARKUP.sub(" ", one.end_label)) for one in series if one.end_label]
    spans = "".join(f'<span style="color:{colour}">{escape(name)}</span>' for colour, name in names)
    return f'<div class="sa-line-names">{spans}</div>' if spans else ""
