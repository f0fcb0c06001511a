"""The Trends page's sentences: names of buckets, and the headline that states the finding."""

from __future__ import annotations

from collections.abc import Sequence

from salesanalytics.i18n import Lang, format, text
from salesanalytics.insight.given import is_given
from salesanalytics.insight.series_split import Part, parts_add_up
from salesanalytics.insight.time_series import Point, change, read
from salesanalytics.metrics.dimensions import dimension as dimension_of
from salesanalytics.metrics.periods import Period, label
from salesanalytics.settings import Settings
from salesanalytics.ui import value_names
from salesanalytics.ui.trends.answers import Trend
from salesanalytics.ui.trends.chosen import Chosen
from salesanalytics.ui.trends.values import Scale

LONG_RUN = 3


def bucket_names(buckets: Sequence[Period], grain: str) -> list[str]:
    """Return short names where they tell the buckets apart, else full ones."""
    short = [bucket_name(one, grain) for one in buckets]
    return short if len(set(short)) == len(short) else [label(one.start, grain) for one in buckets]


def bucket_name(one: Period, grain: str) -> str:
    """Return a bucket's short name: 11-08, W45, 2026-10, 2026Q3."""
    if grain == "day":
        return format.month_day(one.start)
    return format.week(one.start) if grain == "week" else label(one.start, grain)


def part_words(one: Period, days: int, lang: Lang) -> str:
    """Return what of a part-period has been counted: ``7 天中 3 天``."""
    return text("trends.part", lang, days=days, whole=one.days)


def value_name(value: str, dimension: str, lang: Lang) -> str:
    """Return a dimension value as people read it."""
    return value_names.value_name(value, dimension, lang)


def part_name(part: Part, dimension: str, lang: Lang) -> str:
    """Return the name of one line of a split."""
    if part.rest:
        return text("trends.rest", lang, n=part.rest)
    return value_name(part.value, dimension, lang)


def trend_headline(trend: Trend, chosen: Chosen, scale: Scale, settings: Settings, lang: Lang) -> str:
    """Return the finding: a run, an extreme, or the last whole bucket against the one before, and how it stands to its target."""
    name, sample = chosen.metric.title(lang), chosen.metric.min_sample(settings)
    if trend.empty:
        return text("trends.finding_none", lang, metric=name)
    if trend.parts and chosen.split:
        return split_headline(trend.parts, chosen, scale, settings, lang)
    found = read(trend.points, sample, trend.mature)
    if found is None:
        key = "trends.finding_small"
        if all(point.partial for point in trend.points):
            key = "trends.finding_part"
        elif read(trend.points, sample):
            key = "trends.finding_young"
        return text(key, lang, metric=name, n=sample)
    words = {
        "metric": name,
        "bucket": text(f"trends.in_{chosen.grain}", lang, bucket=bucket_name(found.last.whole, chosen.grain)),
        "value": scale.label(found.last.value),
        "unit": text(f"trends.grain_{chosen.grain}", lang, n=abs(found.run)),
        "one": text(f"trends.one_{chosen.grain}", lang),
        "n": abs(found.run),
        "change": scale.change(change(chosen.metric, found.last.value, found.before.value)) if found.before else "",
    }
    if abs(found.run) >= LONG_RUN:
        key = "trends.finding_rising" if found.run > 0 else "trends.finding_falling"
    elif found.before is None or words["change"] == format.DASH:
        key = "trends.finding_single"
    else:
        key = f"trends.finding_{found.extreme or 'change'}"
    return text(key, lang, **words) + _against_target(trend, found.last, lang)


def _against_target(trend: Trend, last: Point, lang: Lang) -> str:
    if not trend.target:
        return ""
    value, target = last.value, trend.target[trend.points.index(last)]
    if value is None or not target:
        return ""
    gap = (value - target) / target
    return text("trends.over_target" if gap >= 0 else "trends.under_target", lang, gap=format.share(abs(gap)))


def split_headline(parts: Sequence[Part], chosen: Chosen, scale: Scale, settings: Settings, lang: Lang) -> str:
    """Return who makes most of a sum, or between whom a ratio differs most, small samples aside."""
    metric, dimension = chosen.metric, chosen.split or ""
    name = metric.title(lang)
    if parts_add_up(metric, dimension) and not metric.stock:
        total = sum(part.total or 0.0 for part in parts)
        first = next((part for part in parts if not part.rest and is_given(part.value)), None)
        if first is None:
            return text("trends.split_unnamed", lang, metric=name, dimension=dimension_of(dimension).title(lang))
        share = format.share((first.total or 0.0) / total if total else None)
        return text("trends.split_share", lang, name=part_name(first, dimension, lang), metric=name, share=share)
    known = [
        part
        for part in parts
        if not part.rest and is_given(part.value) and part.total is not None and part.n >= metric.min_sample(settings)
    ]
    if len(known) < 2:
        return text("trends.finding_small", lang, metric=name, n=metric.min_sample(settings))
    known.sort(key=lambda part: part.total or 0.0, reverse=True)
    return text(
        "trends.split_spread",
        lang,
        metric=name,
        best=part_name(known[0], dimension, lang),
        most=scale.label(known[0].total),
        worst=part_name(known[-1], dimension, lang),
        least=scale.label(known[-1].total),
    )
