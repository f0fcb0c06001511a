"""The track of a customer through the stages: positioned HTML, so that it stays text and fits any width."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from salesanalytics.i18n import Lang, format, text
from salesanalytics.insight.customer import CustomerStory
from salesanalytics.insight.stage_history import StageEntry
from salesanalytics.settings import Settings
from salesanalytics.ui.customer.words import stage_name
from salesanalytics.ui.html import escape

LONGEST_AFTER_CLOSING = 0.6
"""share of the time before the closing that is drawn after it at most"""
LABEL_LEFT_FROM = 70
"""per cent of the width from which a label stands left of its bar"""
TICKS = 6


@dataclass(frozen=True, slots=True)
class Stay:
    """An entry and what followed: ``until`` the next entry, or D; ``days`` None where the entry has no date."""

    entry: StageEntry
    until: date
    last: bool

    @property
    def days(self) -> int | None:
        """The days from entry to the next one."""
        return None if self.entry.entered_on is None else (self.until - self.entry.entered_on).days


def stays_of(story: CustomerStory) -> list[Stay]:
    """Return the entries of a story with when each ended. A skipped stage ends when it began."""
    ends: list[date] = []
    following = story.as_of
    for entry in reversed(story.entries):
        ends.append(following)
        following = entry.entered_on or following
    return [
        Stay(entry, end, place == len(story.entries) - 1)
        for place, (entry, end) in enumerate(zip(story.entries, reversed(ends), strict=True))
    ]


@dataclass(frozen=True, slots=True)
class _Axis:
    start: date
    end: date

    def at(self, day: date) -> float:
        """Return a day's place, per cent from the left."""
        span = max((self.end - self.start).days, 1)
        return 100 * min(max((day - self.start).days / span, 0), 1)


def _axis(story: CustomerStory, stays: Sequence[Stay]) -> _Axis:
    days = [stay.entry.entered_on for stay in stays if stay.entry.entered_on]
    start, last = min(days, default=story.as_of), max(days, default=story.as_of)
    end = story.as_of
    if story.facts.get("stage") in ("won", "lost"):
        after = max(int((last - start).days * LONGEST_AFTER_CLOSING), 14)
        end = min(end, last + timedelta(days=after))
    return _Axis(start, max(end, start + timedelta(days=1)))


def track(story: CustomerStory, settings: Settings, lang: Lang) -> str:
    """Return the markup: a lane a stage the customer was in or passed, then one of follow-ups and one of imports that changed the row."""
    stays = stays_of(story)
    axis = _axis(story, stays)
    order = {stage: place for place, stage in enumerate(settings.stages.ids)}
    stages = sorted({stay.entry.stage for stay in stays}, key=lambda stage: order.get(stage, len(order)))
    lanes = [
        _lane(
            stage_name(stage, settings, lang),
            "".join(_bar(stay, axis, lang) for stay in stays if stay.entry.stage == stage),
        )
        for stage in stages
    ]
    calls = [row["followed_up_at"] for row in story.followups]
    lanes.append(_lane(text("customer.lane_followups", lang), _dots(calls, axis, "call"), "thin"))
    changed = [event.imported_on for event in story.imports.events if event.kind != "first"]
    lanes.append(_lane(text("customer.lane_imports", lang), _dots(changed, axis, "import"), "thin"))
    cut = f'<div class="cut">{escape(text("customer.axis_cut", lang))}</div>' if axis.end < story.as_of else ""
    return f'<div class="sa-track">{"".join(lanes)}{_ticks(axis)}{cut}</div>'


def _lane(name: str, content: str, css: str = "") -> str:
    return f'<div class="lane {css}"><span class="name">{escape(name)}</span><div class="line">{content}</div></div>'


def _bar(stay: Stay, axis: _Axis, lang: Lang) -> str:
    entry = stay.entry
    if entry.entered_on is None:
        return f'<span class="undated">{escape(text("customer.undated", lang))}</span>'
    left = axis.at(entry.entered_on)
    width = 0.0 if entry.skipped else axis.at(stay.until) - left
    day = format.month_day(entry.entered_on)
    if entry.skipped:
        words = text("customer.track_skipped", lang, day=day)
    else:
        days = format.days(stay.days, lang)
        words = text("customer.track_by" if entry.inferred else "customer.track_on", lang, day=day, days=days)
    kind = " ".join(
        name
        for name, on in (
            ("skipped", entry.skipped),
            ("inferred", entry.inferred and not entry.skipped),
            ("now", stay.last and entry.stage not in ("won", "lost")),
            (entry.stage, entry.stage in ("won", "lost")),
        )
        if on
    )
    return (
        f'<i class="bar {kind}" style="left:{left:.2f}%;width:{width:.2f}%"></i>'
        f'<span class="told {"skipped" if entry.skipped else ""}{_aside(left, left + width)}"><b>{escape(words)}</b></span>'
    )


def _aside(left: float, right: float) -> str:
    """Return the rest of a label's class and its style: after its bar, before it where that ends near the edge, on it where it fills the line."""
    if right <= LABEL_LEFT_FROM:
        return f'" style="left:{right:.2f}%'
    if left >= 100 - LABEL_LEFT_FROM:
        return f'" style="right:{100 - left:.2f}%'
    return f' within" style="left:{left:.2f}%'


def _dots(moments: Sequence[date | datetime], axis: _Axis, kind: str) -> str:
    days = [moment.date() if isinstance(moment, datetime) else moment for moment in moments]
    shown = sorted({day for day in days if axis.start <= day <= axis.end})
    return "".join(
        f'<i class="dot {kind}" style="left:{axis.at(day):.2f}%" title="{escape(format.day(day))}"></i>'
        for day in shown
    )


def _ticks(axis: _Axis) -> str:
    span = (axis.end - axis.start).days
    count = min(TICKS, span + 1)
    days = [axis.start + timedelta(days=round(span * n / max(count - 1, 1))) for n in range(count)]
    words = [format.day(day) if n in (0, len(days) - 1) else format.month_day(day) for n, day in enumerate(days)]
    marks = "".join(
        f'<span style="left:{axis.at(day):.2f}%">{escape(name)}</span>' for day, name in zip(days, words, strict=True)
    )
    return f'<div class="lane axis"><span class="name"></span><div class="line">{marks}</div></div>'
