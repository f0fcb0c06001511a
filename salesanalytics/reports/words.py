"""Figures put into words for a report: value, change with arrow, sign and judgement, and what stands beside it."""

from __future__ import annotations

from salesanalytics.charts.direction import change_colour, judged_colour, with_direction
from salesanalytics.charts.tokens import LIGHT
from salesanalytics.i18n import Lang, format, has_text, text
from salesanalytics.insight.headline import Headline
from salesanalytics.insight.thresholds import judge_threshold
from salesanalytics.metrics.registry import metrics_of
from salesanalytics.metrics.types import Good, Unit
from salesanalytics.reports.types import Tone
from salesanalytics.settings import Settings


def in_words(value: float | None, unit: Unit, lang: Lang, currency: str) -> str:
    """Return a value in its unit's words."""
    if unit is Unit.MONEY:
        return format.money(value, lang, currency=currency)
    if unit is Unit.SHARE:
        return format.share(value)
    if unit is Unit.DAYS:
        return format.days(value, lang)
    return format.number(value, 1 if unit is Unit.NUMBER else 0)


def change_in_words(found: Headline, settings: Settings, lang: Lang) -> tuple[str, Tone]:
    """Return the change as ``▲ +6.4% 向好`` and its tone; nothing to compare with, or too small a sample, is an empty text."""
    difference = found.difference
    if difference is None or is_small(found, settings):
        return "", "neutral"
    if found.due is not None:
        figure = format.points(difference, lang)
    elif found.relative:
        figure = format.percent_change(difference)
    else:
        figure = (
            format.points(difference, lang) if found.unit is Unit.SHARE else format.days(difference, lang, signed=True)
        )
    if not any(digit in "123456789" for digit in figure):
        return text("ui.unchanged", lang), "neutral"
    arrow = "▲" if difference > 0 else "▼"
    if found.good is Good.NEITHER:
        return f"{arrow} {figure}", "neutral"
    better = (difference > 0) == (found.good is Good.UP)
    word = text("ui.better" if better else "ui.worse", lang)
    if found.due is not None:
        word = text("report.ahead" if better else "report.behind", lang)
    return f"{arrow} {figure} {word}", "good" if better else "bad"


def colour_of(found: Headline, tone: Tone, settings: Settings) -> str:
    """Return the ``#RRGGBB`` of a change of this tone, as the settings colour judgement and direction; empty where it is not judged."""
    if tone not in ("good", "bad"):
        return ""
    tokens = with_direction(LIGHT, settings.direction_colours)
    return change_colour(tokens, rises=(found.difference or 0.0) > 0, better=tone == "good")


def judged_colours(settings: Settings) -> dict[Tone, str]:
    """Return the colours of judgements without a direction, as the settings choose them."""
    tokens = with_direction(LIGHT, settings.direction_colours)
    return {"good": judged_colour(tokens, better=True), "bad": judged_colour(tokens, better=False)}


def is_small(found: Headline, settings: Settings) -> bool:
    """Say whether a share's sample is under the minimum, so that no change of it is judged."""
    return found.unit is Unit.SHARE and found.n < metrics_of(settings)[found.metric].min_sample(settings)


def beside_in_words(found: Headline, settings: Settings, lang: Lang) -> str:
    """Return what stands beside the change: the former value, the sample, or what is due."""
    if found.metric == "target_attainment":
        return text("report.due", lang, share=format.share(found.due)) if found.value is not None else ""
    if found.metric == "closed_win_rate":
        sample = text("report.k-of-n", lang, k=format.number(found.k), n=format.number(found.n))
        return f"{text('ui.small_sample', lang)} · {sample}" if is_small(found, settings) else sample
    if found.previous is None:
        return ""
    return text("report.last-week", lang, value=in_words(found.previous, found.unit, lang, settings.currency))


def headline_name(found: Headline, settings: Settings, lang: Lang) -> str:
    """Return a headline figure's name in a report: its own there, else the metric's."""
    key = f"report.kpi-{found.metric.replace('_', '-')}"
    return text(key, lang) if has_text(key, lang) else metrics_of(settings)[found.metric].title(lang)


def threshold_words(found: Headline, settings: Settings, lang: Lang) -> str:
    """Return how a figure stands to the target and warning set for it; nothing where none is set, or the sample is too small to judge."""
    known = settings.analysis.thresholds.get(found.metric)
    stands = judge_threshold(known, found.value, found.good)
    if known is None or stands is None or is_small(found, settings):
        return ""
    bound = known.warning if stands == "warning" else known.target
    return text(f"report.threshold-{stands}", lang, bound=in_words(bound, found.unit, lang, settings.currency))
