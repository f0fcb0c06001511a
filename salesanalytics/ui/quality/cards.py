"""The Quality page's figures: how complete, how late, what the newest import brought, what lacks, and how right the sample was."""

from __future__ import annotations

from dataclasses import replace

from salesanalytics.i18n import format, text
from salesanalytics.insight.quality_trend import CONFLICTING, IDENTICAL, ImportQuality
from salesanalytics.insight.weekly_sample import WeekAccuracy, accuracy
from salesanalytics.ui.cards import Card, card_row
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.quality.answers import completeness_of, gaps_of, imports_of, kept_samples, late_of
from salesanalytics.ui.quality.opened import open_quality
from salesanalytics.ui.then_words import value_then


def quality_cards(frame: Frame) -> None:
    """Draw the row of cards; where a date is compared with, each with its value then."""
    cards = _cards(frame)
    if frame.then is not None:
        former = {card.key: card.value for card in _cards(replace(frame, desk=frame.then, against_on=None))}
        cards = [replace(card, note=value_then(former[card.key], frame)) for card in cards]
    card_row(cards, frame.lang, frame.tokens, open_quality)


def _cards(frame: Frame) -> list[Card]:
    lang, gaps = frame.lang, gaps_of(frame)
    filled, late = completeness_of(frame), late_of(frame).whole
    days = format.number(frame.desk.settings.quality.late_recorded_days, 0)
    return [
        Card(
            "completeness",
            text("quality.card_completeness", lang),
            format.share(filled.share),
            note=text("quality.card_cells", lang, n=filled.cells),
            opens=bool(filled.cells),
        ),
        Card(
            "late",
            text("quality.card_late", lang, days=days),
            format.share(late.share),
            note=text("quality.card_late_note", lang, median=format.days(late.median_days, lang), n=late.n)
            if late.n
            else text("quality.card_late_none", lang),
            grey=late.small,
        ),
        _import_card(frame),
        *(
            Card(
                gap, text(f"quality.gap_{gap}", lang), format.number(gaps[gap]), note=text(f"quality.note_{gap}", lang)
            )
            for gap in ("overdue-close", "no-amount", "undated")
        ),
        _sample_card(frame),
    ]


def _import_card(frame: Frame) -> Card:
    lang, found = frame.lang, imports_of(frame)
    name = text("quality.card_duplicates", lang)
    known = [each for each in found or () if each.kinds is not None]
    if not known:
        return Card(
            "duplicates",
            name,
            format.DASH,
            note=text("quality.not_kept" if found else "quality.not_yours", lang),
            opens=False,
        )
    return Card(
        "duplicates",
        name,
        format.number(_duplicates(known[-1])),
        [float(_duplicates(each)) for each in known],
        note=text("quality.card_duplicates_note", lang, n=known[-1].issues or 0, day=format.month_day(known[-1].as_of)),
    )


def _duplicates(found: ImportQuality) -> int:
    return (found.of(IDENTICAL) or 0) + (found.of(CONFLICTING) or 0)


def _sample_card(frame: Frame) -> Card:
    lang, weeks = frame.lang, accuracy(kept_samples(frame))
    whole = WeekAccuracy("", sum(w.correct for w in weeks), sum(w.wrong for w in weeks), sum(w.rows for w in weeks))
    note = text("quality.card_sample_none", lang)
    if whole.bounds:
        low, high = (format.share(bound, 0) for bound in whole.bounds)
        note = text("quality.card_sample_note", lang, n=whole.checked, low=low, high=high)
    small = whole.checked < frame.desk.settings.metrics.min_sample
    return Card(
        "sample",
        text("quality.card_sample", lang),
        format.share(whole.share),
        note=note,
        grey=small,
        opens=bool(whole.checked),
    )
