"""A page's own switches (mode, metric, dimension), kept in the URL beside the filters, in language-neutral values.

They are markup that the page's one listener hears (``ui.clicks``), so that a row of them is one element and not one each.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from salesanalytics.ui.html import escape, show


@dataclass(frozen=True)
class Switch:
    """A switch: the id that is chosen, and how it is drawn."""

    chosen: str
    markup: str


def switch(param: str, options: Mapping[str, str], default: str, *, label: str, many: bool = False) -> Switch:
    """Return a switch as the URL has it.

    ``param`` names it in the URL; ``options``: id → words; ``label`` is read out, not shown. ``many``: a drop-down instead of segments,
    for more than about five options.
    """
    asked = st.query_params.get(param, default)
    chosen = asked if asked in options else default
    given = f'aria-label="{escape(label)}" data-choice="{escape(param)}" data-default="{escape(default)}"'
    return Switch(chosen, _list(options, chosen, given) if many else _segments(options, chosen, given))


def choice(param: str, options: Mapping[str, str], default: str, *, label: str, many: bool = False) -> str:
    """Draw a ``switch`` by itself and return the chosen id."""
    found = switch(param, options, default, label=label, many=many)
    show(found.markup, width="content")
    return found.chosen


def tools(*switches: Switch, note: str = "", between: str = "") -> str:
    """Return the markup of switches in a row. ``note``: what is said beside them; ``between``: a word between one and the next."""
    word = f'<span class="sa-muted">{escape(between)}</span>' if between else ""
    said = f'<span class="sa-tool-note">{escape(note)}</span>' if note else ""
    return f'<div class="sa-tools">{word.join(each.markup for each in switches)}{said}</div>'


def _segments(options: Mapping[str, str], chosen: str, given: str) -> str:
    buttons = "".join(
        f'<button type="button" value="{escape(name)}" aria-pressed="{"true" if name == chosen else "false"}">{escape(words)}</button>'
        for name, words in options.items()
    )
    return f'<div class="sa-segments" role="group" {given}>{buttons}</div>'


def _list(options: Mapping[str, str], chosen: str, given: str) -> str:
    lines = "".join(
        f'<option value="{escape(name)}"{" selected" if name == chosen else ""}>{escape(words)}</option>'
        for name, words in options.items()
    )
    return f'<span class="sa-select"><select {given}>{lines}</select></span>'
