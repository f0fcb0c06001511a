"""A card with a headline that states the finding, a subtitle with metric, unit, period and n, and room for one chart or table."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

import streamlit as st

from salesanalytics.ui.html import escape, sentence, show


@contextmanager
def panel(
    key: str, title: str, subtitle: str = "", *, height: int | Literal["content", "stretch"] = "stretch"
) -> Iterator[None]:
    """Draw a card and fill it inside ``with``. ``key`` is unique on the page; ``title`` says what was found, not what is shown."""
    with st.container(key=f"panel-{key}", border=True, height=height, gap="xxsmall"):
        show(headline(title, subtitle))
        yield


def panel_markup(key: str, title: str, subtitle: str, inner: str) -> str:
    """Return the markup of a card that holds nothing but markup: one element of the page instead of three. ``key`` and ``title`` as of ``panel``."""
    return f'<section class="sa-panel st-key-panel-{escape(key)}">{headline(title, subtitle)}{inner}</section>'


def headline(title: str, subtitle: str = "") -> str:
    """Return the markup of a headline with its subtitle."""
    below = f'<div class="sa-sub">{sentence(subtitle)}</div>' if subtitle else ""
    return f'<div class="sa-head"><h2 class="sa-title">{sentence(title)}</h2>{below}</div>'
