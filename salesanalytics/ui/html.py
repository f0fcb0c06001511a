"""HTML pieces: escaping, and one way to put them on a page. They stay selectable text, in the page's own fonts and colours."""

from __future__ import annotations

from base64 import b64encode
from html import escape
from typing import Literal

import streamlit as st

__all__ = ["escape", "picture", "show"]


def show(markup: str, *, width: Literal["stretch", "content"] = "stretch") -> None:
    """Put ``markup`` on the page; nothing puts nothing. What came from a user must have gone through ``escape``; Streamlit sanitises once more."""
    if not markup:
        return  # st.html refuses to draw nothing
    st.html(markup, width=width)


def picture(svg: str, label: str, css_class: str) -> str:
    """Return ``svg`` as an image: Streamlit's sanitiser takes inline SVG out. ``label`` is read out; none = decoration."""
    data = b64encode(svg.encode()).decode()
    return f'<img class="{css_class}" alt="{escape(label)}" src="data:image/svg+xml;base64,{data}">'
