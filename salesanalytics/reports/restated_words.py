"""A restated number in one sentence: what was shown, what it is now, and why. Pages and reports say the same."""

from __future__ import annotations

from collections.abc import Sequence

from salesanalytics.i18n import Lang, format, text
from salesanalytics.insight.restated.restated import Cause, Restatement
from salesanalytics.metrics.registry import metrics_of
from salesanalytics.metrics.types import Unit
from salesanalytics.reports.words import in_words
from salesanalytics.settings import Settings


def values_in_words(found: Restatement, settings: Settings, lang: Lang) -> tuple[str, str]:
    """Return what was shown and what is, in words; where both would read the same, exactly enough to tell them apart."""
    unit = metrics_of(settings)[found.metric].unit
    short = [in_words(value, unit, lang, settings.currency) for value in (found.was, found.now)]
    if short[0] == short[1] and unit is Unit.MONEY:
        short = [format.money_exact(value, settings.currency) for value in (found.was, found.now)]
    return short[0], short[1]


def visible(found: Restatement, settings: Settings) -> bool:
    """Whether the number reads otherwise than it did: a change in its tenth digit is none to a reader."""
    unit = metrics_of(settings)[found.metric].unit
    was, now = (in_words(value, unit, "en", settings.currency) for value in (found.was, found.now))
    return found.differs and was != now


def causes_in_words(causes: Sequence[Cause], lang: Lang) -> str:
    """Return the causes with their counts: ``3 corrections, 1 later file``."""
    counts: dict[str, int] = {}
    for cause in causes:
        for name, n in _counted(cause):
            counts[name] = counts.get(name, 0) + n
    return text("restated.and", lang).join(text(f"restated.cause.{name}", lang, n=n) for name, n in counts.items())


def _counted(cause: Cause) -> list[tuple[str, int]]:
    """What of a cause is counted, and how often it happened."""
    if cause.kind == "re-upload":
        return [(kind, cause.of(kind)) for kind in ("corrected", "new", "gone") if cause.of(kind)]
    if cause.kind in ("quarantine-fixed", "settings", "later-exports"):
        return [(cause.kind, cause.count)]
    return [(cause.kind, len(cause.imports))]


def sentence(found: Restatement, settings: Settings, lang: Lang, name: str = "") -> str:
    """Return ``Closed win rate: 31.5% shown on Nov 6, 31.2% now: 3 corrections``; without ``name`` from the figure on."""
    was, now = values_in_words(found, settings, lang)
    told = {"was": was, "now": now, "day": format.day(found.as_of), "causes": causes_in_words(found.causes, lang)}
    if not name:
        return text("restated.sentence_bare", lang, **told)
    return text("restated.sentence", lang, name=name, **told)
