"""A number beside what it was on the date compared with, in words: the value then, and the change with arrow, sign and judgement."""

from __future__ import annotations

from datetime import date

from salesanalytics.i18n import Lang, format, text
from salesanalytics.insight.compared import change, is_relative
from salesanalytics.metrics.types import Good, Unit
from salesanalytics.ui.cards import Change, change_of
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.tables import Toned


def day_name(on: date, as_of: date) -> str:
    """Return the date compared with as it stands beside a number: without its year where that is the as-of date's."""
    return format.month_day(on) if on.year == as_of.year else format.day(on)


def value_then(words: str, frame: Frame) -> str:
    """Return ``11-01 时 ¥30万``: the value known then, with its date."""
    assert frame.against_on is not None  # noqa: S101  # asked only where something is compared
    return text("compared.then", frame.lang, day=day_name(frame.against_on, frame.as_of), value=words)


def figure_of(unit: Unit, difference: float, lang: Lang, decimals: int = 1) -> str:
    """Return a change as its unit is told: percent of amounts and counts, points of shares, days."""
    if is_relative(unit):
        return format.percent_change(difference, decimals)
    return format.points(difference, lang) if unit is Unit.SHARE else format.days(difference, lang, signed=True)


def change_since(unit: Unit, good: Good, now: float | None, then: float | None, lang: Lang) -> Change | None:
    """Return the change in words; None where there is nothing to compare with."""
    difference = change(unit, now, then)
    return None if difference is None else change_of(difference, figure_of(unit, difference, lang), good, lang)


def count_since(now: int, then: int, good: Good, lang: Lang) -> Change | None:
    """Return the change of a count in customers, as a table shows it."""
    return change_of(float(now - then), format.number(now - then, signed=True), good, lang)


def toned(found: Change | None) -> Toned:
    """Return a change as a table's cell, without its word: direction and colour say enough among many."""
    if found is None:
        return Toned(format.DASH, "neutral")
    tone = found.judgement if found.judgement != "warn" else "neutral"
    return Toned(" ".join(part for part in (found.arrow, found.figure) if part), tone)


def not_compared(frame: Frame) -> str:
    """Return what a panel that knows no other date adds to its subtitle; "" where nothing is compared."""
    return (
        text("compared.not_here", frame.lang, day=day_name(frame.against_on, frame.as_of)) if frame.against_on else ""
    )


def heading(frame: Frame) -> str:
    """Return the header of a column of changes: the date they run from."""
    assert frame.against_on is not None  # noqa: S101  # as above
    return text("compared.column", frame.lang, day=day_name(frame.against_on, frame.as_of))
