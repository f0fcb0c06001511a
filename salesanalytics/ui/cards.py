"""Metric cards: name, value with sparkline, then change (arrow, sign, word) and the former value or n."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from salesanalytics.charts.tokens import Tokens
from salesanalytics.i18n import Lang, text
from salesanalytics.metrics.types import Good
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.sparkline import sparkline
from salesanalytics.ui.tables import change_classes

Judgement = Literal["good", "bad", "warn", "neutral"]


@dataclass(frozen=True)
class Change:
    """A change in words: ``arrow`` its direction, ``figure`` with sign and unit, ``word`` the judgement."""

    arrow: str
    figure: str
    word: str
    judgement: Judgement

    @property
    def markup(self) -> str:
        """The change as bold coloured text."""
        body = " ".join(part for part in (self.arrow, self.figure, self.word) if part)
        tone = "muted" if self.judgement == "neutral" else self.judgement
        return f'<b class="sa-{tone}{change_classes(self.arrow)}">{escape(body)}</b>'


@dataclass(frozen=True)
class Card:
    """One card. ``series`` for the sparkline, oldest first; ``grey`` when the sample is too small to judge; ``exact`` shown on hover;
    ``opens``: whether a click opens what stands behind it, where the row's cards do."""

    key: str
    name: str
    value: str
    series: Sequence[float | None] = ()
    change: Change | None = None
    note: str = ""
    exact: str = ""
    grey: bool = False
    opens: bool = True


def change_of(difference: float | None, figure: str, good: Good, lang: Lang) -> Change | None:
    """Return the change to show for ``difference`` (now − before), None when there is nothing to compare with.

    ``figure`` is the difference as shown; one that rounds to nothing is called unchanged.
    """
    if difference is None:
        return None
    if not any(digit in "123456789" for digit in figure):
        return Change("", figure.lstrip("+\N{MINUS SIGN}"), text("ui.unchanged", lang), "neutral")
    arrow = "▲" if difference > 0 else "▼"
    if good is Good.NEITHER:
        return Change(arrow, figure, "", "neutral")
    better = (difference > 0) == (good is Good.UP)
    return Change(arrow, figure, text("ui.better" if better else "ui.worse", lang), "good" if better else "bad")


def card_markup(card: Card, colour: str) -> str:
    """Return a card's markup; ``colour`` is the sparkline's."""
    grey = " grey" if card.grey else ""
    change = card.change.markup if card.change else ""
    return (
        f'<div class="sa-card"><div class="sa-card-name" title="{escape(card.name)}">{escape(card.name)}</div>'
        f'<div class="sa-card-row"><span class="sa-card-value{grey}" title="{escape(card.exact or card.value)}">{escape(card.value)}</span>'
        f"{sparkline(card.series, '', colour)}</div>"
        f'<div class="sa-card-foot">{change}<span>{escape(card.note)}</span></div></div>'
    )


def card_row(
    cards: Sequence[Card], lang: Lang, tokens: Tokens, on_open: Callable[[str], None] | None = None
) -> dict[str, DeltaGenerator]:
    """Draw cards in one row of equal heights (four below 1200 px, two on a phone). Return the place of each, by its key, for what is added to it later.

    ``on_open(key)`` is called when a card is clicked or entered by keyboard; the page then opens its detail.
    """
    places: dict[str, DeltaGenerator] = {}
    with st.container(key="cards"):
        for card in cards:
            places[card.key] = st.container(key=f"card-{card.key}")
            with places[card.key]:
                show(card_markup(card, tokens.primary))
                if on_open and card.opens:
                    st.button(
                        text("ui.open_card", lang, name=card.name),
                        key=f"open-{card.key}",
                        help=card.exact or None,  # the button lies over the figure, whose own hover never shows
                        on_click=on_open,
                        args=(card.key,),
                    )
    return places
