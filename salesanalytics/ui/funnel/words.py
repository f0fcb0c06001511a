"""The Funnel page's sentences: names of stages and steps, what is compared, headlines."""

from __future__ import annotations

from salesanalytics.i18n import Lang, format, text
from salesanalytics.insight.funnel_leaks import Leak
from salesanalytics.insight.funnel_reading import Compared, Step
from salesanalytics.metrics.funnel import FunnelStage
from salesanalytics.metrics.periods import Period, bucket, label
from salesanalytics.settings import Settings
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.funnel.answers import FunnelAnswer


def stage_name(stage: str, settings: Settings, lang: Lang) -> str:
    """Return a stage's name; its id where the model has no such stage any more."""
    return settings.stages.get(stage).name(lang) if stage in settings.stages.ids else stage


def step_name(step: Step, settings: Settings, lang: Lang) -> str:
    """Return a step as ``商机→报价``."""
    names = (stage_name(stage.stage, settings, lang) for stage in (step.source, step.arrived))
    return text("funnel.step_name", lang, source=next(names), arrived=next(names))


def compared_name(compared: Compared | None, mode: str, lang: Lang, *, short: bool = False) -> str:
    """Return what is compared with: ``2026Q3``, ``2026Q3 前 39 天`` (``short``: without the days), ``一周前``, or its days."""
    if mode == "snapshot":
        return text("funnel.week_before", lang)
    if compared is None or compared.filters.start is None or compared.filters.end is None:
        return ""
    days = Period(compared.filters.start, compared.filters.end)
    for grain in ("week", "month", "quarter", "year"):
        whole = bucket(days.start, grain)
        if whole.start == days.start and days.end <= whole.end:
            name = label(days.start, grain)
            same = days.end < whole.end and not short
            return text("funnel.same_days", lang, name=name, n=days.days) if same else name
    return f"{format.day(days.start)} – {format.day(days.end)}"


def period_words(frame: Frame, mode: str) -> str:
    """Return the period of the funnel in words."""
    if mode == "snapshot":
        return text("funnel.at", frame.lang, day=format.day(frame.as_of))
    start, end = frame.state.span(frame.as_of)
    if start is None:
        return text("funnel.all_time", frame.lang)
    return text("funnel.between", frame.lang, start=format.day(start), end=format.day(end or frame.as_of))


def funnel_headline(answer: FunnelAnswer, settings: Settings, lang: Lang) -> str:
    """Return the finding: the worst step and its change, or in a snapshot where most customers stand."""
    if answer.empty:
        return text("funnel.none", lang)
    if answer.mode == "snapshot":
        open_stages = [stage for stage in answer.stages if stage.stage in settings.stages.open_ids and stage.customers]
        if not open_stages:
            return text("funnel.headline_closed", lang)
        fullest = max(open_stages, key=lambda stage: stage.customers)
        return text(
            "funnel.headline_snapshot",
            lang,
            stage=stage_name(fullest.stage, settings, lang),
            n=fullest.customers,
            share=format.share(fullest.customers / sum(stage.customers for stage in open_stages)),
        )
    if answer.worst is None:
        return text("funnel.headline_small", lang, n=settings.metrics.min_sample)
    if answer.leak is not None:
        return _leak_headline(answer, answer.leak, settings, lang)
    step = answer.steps[answer.worst]
    return text(
        f"funnel.headline_{answer.mode}", lang, step=step_name(step, settings, lang), share=format.share(step.share)
    ) + _change_words(step, answer, lang)


def _change_words(step: Step, answer: FunnelAnswer, lang: Lang) -> str:
    if step.change is None:
        return ""
    points = format.points(abs(step.change), lang).lstrip("+")
    key = "unchanged" if abs(step.change) < 0.0005 else "lower" if step.change < 0 else "higher"
    return text(f"funnel.headline_{key}", lang, before=compared_name(answer.compared, answer.mode, lang), points=points)


def _leak_headline(answer: FunnelAnswer, leak: Leak, settings: Settings, lang: Lang) -> str:
    """The step with the most money at stake; said as chance where the interval holds nothing at all."""
    step = answer.steps[leak.at]
    named = {"step": step_name(step, settings, lang), "share": format.share(step.share)}
    if leak.at_stake is None or not leak.at_stake:
        key = "funnel.leak_headline_all" if leak.basis is None else "funnel.leak_headline_none"
        money = format.money(leak.behind_amount, lang, currency=settings.currency)
        return text(key, lang, money=money, basis=expected_words(leak, answer, lang), **named)
    return text(
        "funnel.leak_headline" if leak.certain else "funnel.leak_headline_unsure",
        lang,
        money=format.money(leak.at_stake, lang, currency=settings.currency),
        points=format.points((leak.expected or 0.0) - (step.share or 0.0), lang).lstrip("+"),
        basis=expected_words(leak, answer, lang),
        **named,
    )


def expected_words(leak: Leak, answer: FunnelAnswer, lang: Lang) -> str:
    """Return what the expected share is of: the cohort before, or all other customers."""
    if leak.basis == "others":
        return text("funnel.others", lang)
    return compared_name(answer.compared, answer.mode, lang)


def funnel_subtitle(answer: FunnelAnswer, frame: Frame, *, amounts: bool) -> str:
    """Return whose funnel it is, how many were won in the end, and how the columns are to be read."""
    lang = frame.lang
    if answer.empty:
        return period_words(frame, answer.mode)
    first, last = answer.stages[0], answer.stages[-1]
    key = "funnel.subtitle_cohort" if answer.mode == "cohort" else "funnel.subtitle_other"
    parts = [
        text(
            key,
            lang,
            period=period_words(frame, answer.mode),
            n=format.number(first.customers if answer.mode != "snapshot" else sum(s.customers for s in answer.stages)),
            won=format.number(last.customers),
            share=format.share(last.customers / first.customers if first.customers else None),
        )
    ]
    if amounts:
        parts.append(text("funnel.amounts_note", lang, n=first.without_amount))
    parts.append(text("funnel.dwell_note", lang))
    return text("funnel.semicolon", lang).join(parts) + _period_then(frame, answer.mode)


def _period_then(frame: Frame, mode: str) -> str:
    """The days the funnel compared with is of, where they are not those of now up to the earlier date."""
    if mode == "snapshot" or frame.then is None:
        return ""
    then = frame.then_filters
    if then.start == frame.filters.start or then.start is None:
        return ""
    days = text("funnel.between", frame.lang, start=format.day(then.start), end=format.day(then.end))
    return text("funnel.then_period", frame.lang, period=days)


def dwell_words(stage: FunnelStage, lang: Lang, *, slow: bool) -> str:
    """Return the median days and, in brackets, who is still there."""
    if not stage.dwell.left and not stage.dwell.still:
        return ""
    if stage.dwell.median is None:
        return text("funnel.dwell_unknown", lang, still=format.number(stage.dwell.still))
    key = "funnel.dwell_slow" if slow else "funnel.dwell"
    return text(key, lang, days=format.days(stage.dwell.median, lang), still=format.number(stage.dwell.still))
