"""A restated number in one sentence: what was shown, what it is now, and why. Pages and reports say the same."""

from __future__ import annotations

from collections.abc import Sequence

from salesanalytics.i18n import Lang, format, text
from salesanalytics.insight.restated.restated import Cause, Restatement, same
from salesanalytics.metrics.registry import metrics_of
from salesanalytics.metrics.types import Unit
from salesanalytics.reports.words import in_words
from salesanalytics.settings import Settings


def values_in_words(found: Restatement, settings: Settings, lang: Lang) -> tuple[str, str]:
    """Return what was shown and what is, in words; amounts that would read the same are written out."""
    unit = metrics_of(settings)[found.metric].unit
    was, now = (in_words(value, unit, lang, settings.currency) for value in (found.was, found.now))
    if was == now and unit is Unit.MONEY:
        was, now = (format.money_exact(value, settings.currency) for value in (found.was, found.now))
    return was, now


def difference_in_words(difference: float | None, metric: str, settings: Settings, lang: Lang) -> str:
    """Return a signed difference in the metric's unit: of a share in points."""
    unit = metrics_of(settings)[metric].unit
    if difference is None:
        return format.DASH
    if unit is Unit.MONEY:
        return format.money(difference, lang, currency=settings.currency, signed=True)
    if unit is Unit.SHARE:
        return format.points(difference, lang)
    if unit is Unit.DAYS:
        return format.days(difference, lang, signed=True)
    return format.number(difference, 1 if unit is Unit.NUMBER else 0, signed=True)


def reads_alike(was: float | None, now: float | None, metric: str, settings: Settings) -> bool:
    """Say whether two values of a metric read the same: a change in its tenth digit is none to a reader, and where no number was shown none has changed."""
    known = metrics_of(settings).get(metric)
    if known is None or was is None or same(was, now):
        return True
    return len({in_words(one, known.unit, "en", settings.currency) for one in (was, now)}) == 1


def visible(found: Restatement, settings: Settings) -> bool:
    """Whether a number reads otherwise than it did."""
    return not reads_alike(found.was, found.now, found.metric, settings)


def row_counts_in_words(cause: Cause, lang: Lang) -> str:
    """Return which rows a cause changed: ``2 corrections, 1 row added``; of settings how many."""
    if cause.kind == "settings":
        return text("restated.cause.settings", lang, n=cause.count)
    told = [(kind, cause.of(kind)) for kind in ("corrected", "new", "gone")]
    return text("restated.and", lang).join(text(f"restated.cause.{kind}", lang, n=n) for kind, n in told if n)


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


def sentence(found: Restatement, settings: Settings, lang: Lang, name: str = "", *, dated: bool = True) -> str:
    """Return ``Closed win rate: 31.5% shown on Nov 6, 31.2% now: 3 corrections``; without ``name`` from the figure on, not ``dated`` where the day is said already."""
    was, now = values_in_words(found, settings, lang)
    told = {"was": was, "now": now, "causes": causes_in_words(found.causes, lang)}
    if not dated:
        return text("restated.sentence_undated", lang, name=name, **told)
    told["day"] = format.day(found.as_of)
    return text("restated.sentence", lang, name=name, **told) if name else text("restated.sentence_bare", lang, **told)
