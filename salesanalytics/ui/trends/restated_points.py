"""Points of a line that have changed since they were shown: a stock's since its own day was, any other's since the page's date was. Drawn last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from salesanalytics.i18n import text
from salesanalytics.insight.restated.restated import Asked
from salesanalytics.insight.time_series import Point
from salesanalytics.reports.restated_words import sentence
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.restated.answers import restated_numbers, shown_of
from salesanalytics.ui.restated.dialog import restated_dialog
from salesanalytics.ui.styles import apply_rules
from salesanalytics.ui.trends.answers import Trend
from salesanalytics.ui.trends.chosen import Chosen
from salesanalytics.ui.trends.opened import question_behind
from salesanalytics.ui.trends.words import bucket_name

OPENS = "restated/"
MOST_SAID = 4
MOST_POINTS = 26
"""The newest buckets of a line: half a year of weeks."""


@dataclass(frozen=True)
class _Asked:
    """A point that may have changed: its place among the trends and buckets, the day it was shown as of, and its question."""

    place: int
    at: int
    trend: Trend
    point: Point
    day: date
    asked: Asked


def points_place(frame: Frame, chosen: Chosen, trends: Sequence[Trend]) -> DeltaGenerator | None:
    """Keep the place of the line under the charts; None where no point's day has changed."""
    if not any(True for _ in _askable(frame, chosen, trends)):
        return None
    apply_rules("restated")
    return st.container(key="restated-strip")


def restated_points(frame: Frame, chosen: Chosen, trends: Sequence[Trend], place: DeltaGenerator | None) -> None:
    """Put the line into its place, where points read otherwise."""
    if place is None:
        return
    lang, settings = frame.lang, frame.desk.settings
    said = []
    for one in _askable(frame, chosen, trends):
        for found in restated_numbers(frame.desk, one.day, (one.asked,)):
            name = f"{one.trend.metric.title(lang)} {bucket_name(one.point.whole, chosen.grain)}"
            words = sentence(found, settings, lang, name, dated=False)
            said.append(f'<a class="sa-open" href="#" data-open="{OPENS}{one.place}/{one.at}">{escape(words)}</a>')
    if said:
        rest = len(said) - MOST_SAID
        more = f"<span>{escape(text('restated.more', lang, n=rest))}</span>" if rest > 0 else ""
        shown = "".join(said[:MOST_SAID])
        with place:
            show(
                f'<div class="sa-restated-line"><b>↻ {escape(text("restated.strip_points", lang))}</b>{shown}{more}</div>'
            )


def open_restated_point(frame: Frame, chosen: Chosen, trends: Sequence[Trend], number: str) -> None:
    """Open the point an id names; one of another choice's page opens nothing."""
    for one in _askable(frame, chosen, trends):
        if number == f"{OPENS}{one.place}/{one.at}":
            restated_dialog(frame, one.asked, one.day)


def _askable(frame: Frame, chosen: Chosen, trends: Sequence[Trend]) -> Iterator[_Asked]:
    """The points of whole lines whose day has changed since it was shown, newest first: told by the imports alone."""
    for place, trend in enumerate(trends):
        if trend.parts:
            continue
        newest = list(enumerate(trend.points))[-MOST_POINTS:]
        for at, point in reversed(newest):
            desk, filters = question_behind(frame, chosen, trend, None, point)
            if point.value is not None and shown_of(frame.desk, desk.as_of) is not None:
                yield _Asked(place, at, trend, point, desk.as_of, (trend.metric.name, filters))
