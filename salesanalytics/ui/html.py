"""HTML pieces: escaping, and one way to put them on a page. They stay selectable text, in the page's own fonts and colours."""

from __future__ import annotations

from html import escape
from typing import Literal

import streamlit as st

__all__ = ["escape", "show"]


def show(markup: str, *, width: Literal["stretch", "content"] = "stretch") -> None:
    """Put ``markup`` on the page. Everything that came from a user must have gone through ``escape``; Streamlit sanitises once more."""
    st.html(markup, width=width)
