"""The cards with a date compared with: the value known then, and the change from there instead of the usual like-for-like one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from salesanalytics.i18n import text
from salesanalytics.insight.compared import Then
from salesanalytics.insight.headline import Headline
from salesanalytics.insight.headline_then import headlines_then, windows_of
from salesanalytics.metrics.periods import Period
from salesanalytics.reports.words import in_words
from salesanalytics.ui.cards import Card
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.overview.answers import overview_headlines
from salesanalytics.ui.then_words import change_since, value_then


def asked_then(frame: Frame, found: Sequence[Headline]) -> dict[str, tuple[Then, Period | None]]:
    """Return what the cards were on the date compared with, remembered."""
    then, windows = frame.then, windows_of(found)
    if then is None:
        return {}
    return then.remember(
        "headlines-then", (frame.where, windows), lambda: headlines_then(then.view, then.settings, frame.where, windows)
    )


def compared_cards(frame: Frame, cards: list[Card]) -> list[Card]:
    """Return the cards as they are where nothing is compared, else each with the value then and the change from it."""
    if frame.then is None:
        return cards
    found = overview_headlines(frame.desk, frame.where)
    former = asked_then(frame, found)
    known = {one.metric: one for one in found}
    return [_compared(card, known[card.key], former[card.key][0], frame) for card in cards]


def _compared(card: Card, found: Headline, then: Then, frame: Frame) -> Card:
    lang, settings = frame.lang, frame.desk.settings
    least = frame.desk.metric(found.metric).min_sample(settings)
    small_then = found.unit.value == "share" and then.n < least
    words = value_then(in_words(then.value, found.unit, lang, settings.currency), frame)
    change = None if card.grey or small_then else change_since(found.unit, found.good, found.value, then.value, lang)
    small = f"{text('ui.small_sample', lang)} · " if card.grey or small_then else ""
    return replace(card, change=change, note=f"{small}{words}")
