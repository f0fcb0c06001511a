"""The mark on a card whose number has changed since its date was shown, and the line under the cards that says why. Drawn last: the page does not wait for it."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from salesanalytics.i18n import format, text
from salesanalytics.insight.restated.asked import cards_asked
from salesanalytics.insight.restated.restated import Restatement
from salesanalytics.reports.restated_words import sentence, values_in_words
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.restated.answers import restated_numbers, shown_of
from salesanalytics.ui.styles import apply_rules

STRIP = "restated-strip"
MOST_SAID = 4


def strip_place(frame: Frame) -> DeltaGenerator | None:
    """Keep the place of the line under the cards; None where nothing about the date has changed."""
    if shown_of(frame.desk, frame.as_of) is None:
        return None
    apply_rules("restated")
    return st.container(key=STRIP)


def card_marks(frame: Frame, cards: Mapping[str, DeltaGenerator], strip: DeltaGenerator | None) -> None:
    """Put a mark on each card whose number changed, and the line into its place."""
    if strip is None:
        return
    asked = cards_asked(frame.desk.settings, frame.where, frame.as_of)
    found = restated_numbers(frame.desk, frame.as_of, asked)
    for one in found:
        if one.metric in cards:
            with cards[one.metric]:
                show(_mark(frame, one))
    if found:
        with strip:
            show(_line(frame, found))


def restated_id(metric: str) -> str:
    """Return the id of a mark (read by the Overview's ``opened``)."""
    return f"restated:{metric}"


def _name(frame: Frame, one: Restatement) -> str:
    return frame.desk.metric(one.metric).title(frame.lang)


def _mark(frame: Frame, one: Restatement) -> str:
    lang, settings = frame.lang, frame.desk.settings
    words = text("restated.mark", lang, was=values_in_words(one, settings, lang)[0])
    said = sentence(one, settings, lang, _name(frame, one))
    return (
        f'<a class="sa-restated-mark" href="#" data-open="{escape(restated_id(one.metric))}" title="{escape(said)}"'
        f' aria-label="{escape(said)}">↻<span> {escape(words)}</span></a>'
    )


def _line(frame: Frame, found: tuple[Restatement, ...]) -> str:
    lang, settings = frame.lang, frame.desk.settings
    said = "".join(
        f'<a class="sa-open" href="#" data-open="{escape(restated_id(one.metric))}">'
        f"{escape(sentence(one, settings, lang, _name(frame, one), dated=False))}</a>"
        for one in found[:MOST_SAID]
    )
    rest = len(found) - MOST_SAID
    more = f"<span>{escape(text('restated.more', lang, n=rest))}</span>" if rest > 0 else ""
    opening = text("restated.strip", lang, day=format.day(frame.as_of))
    return f'<div class="sa-restated-line"><b>↻ {escape(opening)}</b>{said}{more}</div>'
