"""Reps by what they won, beside their target of the days gone by."""

from __future__ import annotations

from collections.abc import Sequence

from salesanalytics.i18n import Lang, format, text
from salesanalytics.insight.ranking import Ranked
from salesanalytics.metrics.periods import Period as Days
from salesanalytics.ui.bars import Bar, bars
from salesanalytics.ui.empty import empty
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.html import show
from salesanalytics.ui.overview.answers import reps_ranked
from salesanalytics.ui.overview.period_words import bucket_words
from salesanalytics.ui.panel import panel
from salesanalytics.ui.periods import target_bucket
from salesanalytics.ui.tables import Cell, Opens, Tone, Toned
from salesanalytics.ui.then_words import heading

MOST_REPS = 8


def ranking_panel(frame: Frame) -> None:
    """Draw the panel for the bucket the filter bar's period lies in."""
    lang, desk = frame.lang, frame.desk
    grain, whole = target_bucket(frame.state.period, frame.as_of)
    found = reps_ranked(desk, frame.where, whole)
    shown = found[:MOST_REPS]
    unit = format.money_unit([one.won for one in shown], lang)
    subtitle = text(
        "overview.ranking_subtitle",
        lang,
        bucket=bucket_words(grain, whole, lang),
        unit=format.unit_name(unit, lang, desk.settings.currency),
    )
    former = _won_then(frame, whole)
    if former is not None:
        subtitle += text("compared.and_then", lang, then=heading(frame))
    aimed = any(one.target for one in shown)
    if aimed:
        subtitle += text("overview.ranking_target_note", lang)
    with panel("ranking", ranking_headline(found, len(shown), lang), subtitle):
        if not shown:
            empty(text("overview.ranking_none", lang))
            return
        scale = max(1.0, *(max(one.won, one.target or 0.0) for one in shown)) * 1.02
        rows = [
            Bar(
                name=one.name,
                lead=str(place),
                length=one.won / scale,
                tick=one.target / scale if one.target else None,
                strong=reached(one) or not aimed,
                cells=(*_cells(one, unit, aimed=aimed), *_since(one, former, unit)),
            )
            for place, one in enumerate(shown, start=1)
        ]
        first = next((one.target for one in shown if one.target), None)
        label = text("overview.due_today", lang) if first else ""
        show(bars(rows, text("overview.ranking", lang), tick_label=label, tick_at=first / scale if first else None))


def _cells(one: Ranked, unit: format.MoneyUnit, *, aimed: bool) -> tuple[Cell, ...]:
    won = Opens(format.money_plain(one.won, unit), f"owner:{one.name}")
    if not aimed:
        return (won,)
    share = format.share(one.attainment, 0)
    tone: Tone = "good" if reached(one) else "neutral"
    if one.attainment is None:
        return won, Toned(share, tone)
    return won, Opens(share, f"attained:{one.name}", tone=tone)


def _won_then(frame: Frame, whole: Days) -> dict[str, float] | None:
    """What each rep had won of the same period on the date compared with; None where nothing is compared."""
    if frame.then is None:
        return None
    return {one.name: one.won for one in reps_ranked(frame.then, frame.where, whole)}


def _since(one: Ranked, former: dict[str, float] | None, unit: format.MoneyUnit) -> tuple[Cell, ...]:
    if former is None:
        return ()
    gained = one.won - former.get(one.name, 0.0)
    return (Toned(format.money_plain(gained, unit, signed=True), "neutral"),)


def reached(one: Ranked) -> bool:
    """Say whether a rep is at or over the target of the days gone by."""
    return one.attainment is not None and one.attainment >= 1


def ranking_headline(found: Sequence[Ranked], shown: int, lang: Lang) -> str:
    """Return the finding: how many of those shown are at their target of today, and who leads."""
    if not found or not found[0].won:
        return text("overview.ranking_none", lang)
    leader, n = found[0].name, sum(reached(one) for one in found[:shown])
    if all(one.target is None for one in found):
        return text("overview.ranking_leader", lang, name=leader)
    return text("overview.ranking_headline", lang, of=shown, n=n, name=leader)
