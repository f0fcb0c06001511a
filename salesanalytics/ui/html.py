"""HTML pieces: escaping, and one way to put them on a page. They stay selectable text, in the page's own fonts and colours."""

from __future__ import annotations

import re
from base64 import b64encode
from html import escape
from typing import Literal

import streamlit as st

__all__ = ["escape", "picture", "sentence", "show"]
_WHOLE = re.compile(r"(?<![\d-])(?:\d{4}-\d{2}(?:-\d{2})?|\d{2}-\d{2})(?![\d-])|\d[\d,]* / \d[\d,]*")


def show(markup: str, *, width: Literal["stretch", "content"] = "stretch") -> None:
    """Put ``markup`` on the page; nothing puts nothing. What came from a user must have gone through ``escape``; Streamlit sanitises once more."""
    if not markup:
        return  # st.html refuses to draw nothing
    st.html(markup, width=width)


def sentence(words: str) -> str:
    """Return ``words`` escaped, each date (``2026-10-16``, ``2026-10``, ``10-16``) and each ``k / n`` in it kept on one line."""
    return _WHOLE.sub(r'<span class="sa-whole">\g<0></span>', escape(words))


def picture(svg: str, label: str, css_class: str) -> str:
    """Return ``svg`` as an image: Streamlit's sanitiser takes inline SVG out. ``label`` is read out; none = decoration."""
    data = b64encode(svg.encode()).decode()
    return f'<img class="{css_class}" alt="{escape(label)}" src="data:image/svg+xml;base64,{data}">'
