"""The Channels page's sentences: names, headlines, verdicts."""

from __future__ import annotations

from salesanalytics.i18n import Lang, format, text
from salesanalytics.insight.channel_comparison import Comparison
from salesanalytics.insight.channels import Channel, Channels
from salesanalytics.insight.two_shares import Difference
from salesanalytics.settings import Settings
from salesanalytics.ui.tables import Cell, Tag


def channel_name(one: Channel, lang: Lang) -> str:
    """Return a line's name: the channel's, the remainder's, that no source is given, or the total's."""
    if not one.sources:
        return text("channels.total", lang)
    if len(one.sources) > 1:
        return text("channels.rest", lang, n=len(one.sources))
    return one.sources[0] or text("ui.no_value", lang)


def win_headline(found: Channels, settings: Settings, lang: Lang) -> str:
    """Return which to feed and which to cut; only intervals that leave the whole out count."""
    above, below = found.standing("above"), found.standing("below")
    overall = format.share(found.total.share)
    best = {"best": channel_name(above[-1], lang), "share": format.share(above[-1].share)} if above else {}
    worst = {"worst": channel_name(below[0], lang), "low": format.share(below[0].share)} if below else {}
    if above and below:
        return text("channels.headline_both", lang, **best, **worst)
    if above:
        return text("channels.headline_above", lang, overall=overall, **best)
    if below:
        return text("channels.headline_below", lang, overall=overall, **worst)
    if not found.total.figures.n["leads"]:
        return text("channels.none", lang)
    if not found.judged:
        return text("channels.headline_small", lang, n=settings.metrics.min_sample)
    nearest = [one for one in found.judged if one.more_needed]
    if not nearest:
        return text("channels.headline_equal", lang, overall=overall)
    near = min(nearest, key=lambda one: one.more_needed or 0)
    return text("channels.headline_within", lang, n=near.more_needed, name=channel_name(near, lang))


def win_subtitle(found: Channels, period: str, settings: Settings, lang: Lang) -> str:
    """Return measure, period, n and how the marks are read."""
    return text(
        "channels.win_subtitle",
        lang,
        days=settings.metrics.win_within_days,
        period=period,
        n=found.total.old_enough,
        young=format.number(found.total.too_young),
        least=settings.metrics.min_sample,
    ) + (text("channels.unknown", lang, n=found.unknown) if found.unknown else "")


def chance_note(found: Channels, lang: Lang) -> str:
    """Return how often one of so many channels stands out although none differs; nothing for one channel."""
    n = len(found.judged)
    return text("channels.chance", lang, n=n, share=format.share(1 - 0.95**n, 0)) if n > 1 else ""


def verdict(one: Channel, found: Channels, settings: Settings, lang: Lang) -> Cell:
    """Return what to do about a channel, or what it would take to know."""
    if one.standing in ("above", "below"):
        key = f"channels.verdict_{one.standing}" + ("_though" if cost_disagrees(one, found) else "")
        return Tag(text(key, lang), "good" if one.standing == "above" else "bad")
    if one.standing == "small":
        return Tag(text("channels.verdict_small", lang, n=settings.metrics.min_sample - one.old_enough), "neutral")
    if one.standing == "within":
        if one.more_needed is None:
            return text("channels.verdict_equal", lang)
        return text("channels.verdict_within", lang, n=one.more_needed)
    return ""


def cost_disagrees(one: Channel, found: Channels) -> bool:
    """Say whether a channel that wins more often costs more a won customer than the whole, or the other way round."""
    own, whole = one.figures.values["cost_per_won"], found.total.figures.values["cost_per_won"]
    if own is None or whole is None:
        return False
    return own > whole if one.standing == "above" else one.standing == "below" and own < whole


def comparison_headline(found: Comparison, lang: Lang) -> str:
    """Return whether A is better than B, in plain words."""
    if found.difference is None:
        return text("channels.compare_nobody", lang, name=found.b if found.pair.n1 else found.a)
    names = {"better": found.a, "worse": found.b}
    if found.difference.value < 0:
        names = {"better": found.b, "worse": found.a}
    low, high = _turned(found.difference)
    points = _points(found.difference.value)
    if found.difference.certain:
        words = text("channels.compare_certain", lang, points=points, low=_points(low), high=_points(high), **names)
    else:
        words = text(
            "channels.compare_open",
            lang,
            a=found.a,
            b=found.b,
            low=_signed(found.difference.low),
            high=_signed(found.difference.high),
        )
    if found.reversed and found.within is not None:
        return words + text("channels.compare_reversed", lang, better=names["worse"])
    return words + text("channels.compare_explained", lang) if found.explained else words


def comparison_detail(found: Comparison, settings: Settings, lang: Lang) -> str:
    """Return what is compared: equally old leads, so many of each; and what it would take to know."""
    parts = [
        text(
            "channels.compare_subtitle",
            lang,
            days=settings.metrics.win_within_days,
            a=found.a,
            b=found.b,
            k1=format.number(found.pair.k1),
            n1=format.number(found.pair.n1),
            k2=format.number(found.pair.k2),
            n2=format.number(found.pair.n2),
        )
    ]
    if found.difference is not None and not found.difference.certain:
        key = "channels.compare_needs" if found.more_needed else "channels.compare_never"
        parts.append(text(key, lang, n=found.more_needed or 0))
    return text("channels.semicolon", lang).join(parts)


def _turned(difference: Difference) -> tuple[float, float]:
    """The interval seen from the better side."""
    return (difference.low, difference.high) if difference.value >= 0 else (-difference.high, -difference.low)


def _signed(share: float) -> str:
    return format.number(share * 100, 1, signed=True)


def _points(share: float) -> str:
    return format.number(abs(share) * 100, 1)
