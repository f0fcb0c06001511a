"""The weekly summary beside what was known on another date: the same content with the values then and the changes from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from salesanalytics.access.view import View
from salesanalytics.i18n import Lang, format, text
from salesanalytics.insight.compared import Then, change
from salesanalytics.insight.headline import Headline
from salesanalytics.insight.headline_then import headlines_then, windows_of
from salesanalytics.metrics.funnel import stage_funnel
from salesanalytics.metrics.periods import Period, bucket
from salesanalytics.metrics.registry import metrics_of
from salesanalytics.metrics.run import ask
from salesanalytics.metrics.types import Filters, MetricQuery, Unit
from salesanalytics.reports.types import FunnelSection, Kpi, MetricLine, ReportContent
from salesanalytics.reports.words import change_in_words, colour_of, in_words
from salesanalytics.settings import Settings


def with_comparison(
    content: ReportContent, heads: Sequence[Headline], then: View, settings: Settings, filters: Filters
) -> ReportContent:
    """Return ``content`` with what ``then`` knew. ``filters``: those of the report as they were meant then; no period is the quarter up to then."""
    lang, day = content.lang, format.day(then.as_of)
    known = headlines_then(then, settings, filters.where, windows_of(heads))
    values = {metric: told for metric, (told, _) in known.items()}
    by_name = {one.metric: one for one in heads}
    key = "compared-rebuilt" if then.reconstructed else "compared"
    return replace(
        content,
        then_on=then.as_of,
        header_right=content.header_right + text(f"report.{key}", lang, day=day),
        kpis=[_kpi(kpi, by_name[kpi.metric], values[kpi.metric], then, settings, lang) for kpi in content.kpis],
        funnel=_funnel(content.funnel, then, settings, filters, lang),
        figures=_figures(content.figures, values, len(heads), then, settings, filters),
        then_headers=[text("report.figure-then", lang, day=day), text("report.figure-change", lang)],
    )


def period_then(view: View, filters: Filters) -> Period:
    """Return the days of a report seen from a date: those asked for, else its quarter up to it."""
    return Period(filters.start or bucket(view.as_of, "quarter").start, min(filters.end or view.as_of, view.as_of))


def _kpi(kpi: Kpi, found: Headline, told: Then, then: View, settings: Settings, lang: Lang) -> Kpi:
    small = found.unit is Unit.SHARE and told.n < metrics_of(settings)[found.metric].min_sample(settings)
    difference = None if small else change(found.unit, found.value, told.value)
    now = replace(found, previous=told.value, difference=difference, due=None)
    words, tone = change_in_words(now, settings, lang)
    value = in_words(told.value, found.unit, lang, settings.currency)
    beside = text("compared.then", lang, day=format.month_day(then.as_of), value=value)
    return replace(kpi, change=words, tone=tone, beside=beside, colour=colour_of(now, tone, settings), then=told.value)


def _funnel(section: FunnelSection, then: View, settings: Settings, filters: Filters, lang: Lang) -> FunnelSection:
    days, day = period_then(then, filters), format.day(then.as_of)
    stages = stage_funnel(then, settings, Filters(filters.where, days.start, days.end)).stages
    names = [settings.stages.get(stage.stage).name(lang) for stage in stages]
    customers = {name: stage.customers for name, stage in zip(names, stages, strict=True)}
    # a step is told only where the same two stages followed each other then
    shares = {step: stage.conversion for step, stage in zip(pairwise(names), stages, strict=False)}
    steps = []
    before = ""
    for step in section.steps:
        share = shares.get((before, step.name))
        words = f"({format.share(share)})" if before else ""
        steps.append(replace(step, then=customers.get(step.name), then_share=share, then_text=words))
        before = step.name
    return replace(
        section,
        steps=steps,
        subtitle=section.subtitle + text("report.funnel-then", lang, day=day),
        then_names=[text(f"report.funnel-then-{name}", lang, day=day) for name in ("customers", "share")],
    )


def _figures(
    lines: Sequence[MetricLine],
    heads: dict[str, Then],
    own_windows: int,
    then: View,
    settings: Settings,
    filters: Filters,
) -> list[MetricLine]:
    """The first lines are headline figures with windows of their own, the others of the report's period."""
    days = period_then(then, filters)
    asked = tuple(line.metric for line in lines[own_windows:])
    row = ask(then, MetricQuery(asked, (), Filters(filters.where, days.start, days.end)), settings).total
    values = [heads[line.metric].value for line in lines[:own_windows]] + [row.values[name] for name in asked]
    return [replace(line, then=value) for line, value in zip(lines, values, strict=True)]
