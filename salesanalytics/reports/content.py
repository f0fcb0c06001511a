"""The weekly summary's content, from the same answers the pages show. Nothing is computed here beyond choosing and wording."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from salesanalytics.access.view import View
from salesanalytics.i18n import Lang, format, text
from salesanalytics.insight.findings import findings
from salesanalytics.insight.headline import Headline, headlines
from salesanalytics.insight.restated.history import History
from salesanalytics.metrics.periods import Period, bucket
from salesanalytics.metrics.registry import metrics_of
from salesanalytics.metrics.run import ask
from salesanalytics.metrics.types import Filters, MetricQuery
from salesanalytics.reports.compared import with_comparison
from salesanalytics.reports.restated import restated_lines
from salesanalytics.reports.sections import flag_section, funnel_section, heat_section, ranking_section, trend_section
from salesanalytics.reports.types import Kpi, MetricLine, ReportContent
from salesanalytics.reports.words import (
    beside_in_words,
    change_in_words,
    colour_of,
    headline_name,
    in_words,
    judged_colours,
)
from salesanalytics.settings import Settings

SHEETS = ("overview", "funnel", "heatmap", "ranking", "flags", "figures")
FIGURE_HEADERS = ("metric", "value", "unit", "n", "formula", "id")


def weekly(
    view: View,
    settings: Settings,
    lang: Lang,
    *,
    filters: Filters | None = None,
    view_at: Callable[[date], View],
    import_dates: Sequence[date] = (),
    sample: bool = False,
    then: View | None = None,
    then_filters: Filters | None = None,
    history: History | None = None,
) -> ReportContent:
    """Return the weekly summary as of the view's date.

    ``filters``: dimensions narrow everything; its period (the quarter to date where none is asked) is that of funnel, heatmap, ranking and figures. ``view_at``
    gives the same viewer's view of another date. ``then``: the view of the date compared with, and ``then_filters`` what the filters meant there.
    ``history``: from which it is told what of last week's figures has changed since last week's report.
    """
    filters = filters or Filters()
    where, as_of = filters.where, view.as_of
    quarter = bucket(as_of, "quarter")
    period = Period(filters.start or quarter.start, min(filters.end or as_of, as_of))
    week = bucket(as_of, "week")
    # a report draws no sparklines: of the earlier states it needs only the one a week ago
    week_ago = [on for on in sorted(import_dates) if on <= as_of - timedelta(days=7)][-1:]
    heads = headlines(view, settings, where, view_at, week_ago)
    title = text("report.title", lang, week=as_of.isocalendar().week, year=as_of.isocalendar().year)
    span = text("report.span", lang, start=format.day(week.start), end=format.day(min(week.end, as_of)))
    right = text(
        "report.header",
        lang,
        span=span,
        as_of=format.day(as_of),
        currency=text(f"report.currency-{settings.currency}", lang),
    )
    content = ReportContent(
        lang=lang,
        currency=settings.currency,
        title=title,
        as_of=as_of,
        period_text=text("report.span", lang, start=format.day(period.start), end=format.day(period.end)),
        header_right=f"{right}{text('report.reconstructed', lang)}" if view.reconstructed else right,
        footer_left=title,
        footer_middle=text("report.confidential", lang),
        page_of=text("report.page-of", lang),
        filters_text=_filters_text(where, lang),
        sample=sample,
        kpis=[_kpi(found, settings, lang) for found in heads if found.metric != "new_leads"][:6],
        trend=trend_section(view, settings, where, lang),
        funnel=funnel_section(view, settings, where, period, lang),
        heat=heat_section(view, settings, where, period, lang),
        ranking=ranking_section(view, settings, where, period, lang),
        findings=[
            f"{one.title(lang)}{text('report.stop', lang)}{one.detail(lang)}" for one in findings(view, settings, where)
        ],
        flags=flag_section(view, settings, where, lang),
        figures=_figures(view, settings, heads, where, period, lang),
        sheet_names=[text(f"report.sheet-{name}", lang) for name in SHEETS],
        figure_headers=[text(f"report.figure-{name}", lang) for name in FIGURE_HEADERS],
        judged=judged_colours(settings),
        restated=restated_lines(history, heads, settings, where, as_of, lang) if history else (),
    )
    return content if then is None else with_comparison(content, heads, then, settings, then_filters or filters)


def _kpi(found: Headline, settings: Settings, lang: Lang) -> Kpi:
    change, tone = change_in_words(found, settings, lang)
    return Kpi(
        metric=found.metric,
        title=headline_name(found, settings, lang),
        value=found.value,
        text=in_words(found.value, found.unit, lang, settings.currency),
        change=change,
        tone=tone,
        beside=beside_in_words(found, settings, lang),
        colour=colour_of(found, tone, settings),
    )


def _filters_text(where: tuple[tuple[str, tuple[str, ...]], ...], lang: Lang) -> str:
    parts = [
        text(
            "report.filter",
            lang,
            name=_dimension_name(name, lang),
            values=text("report.or", lang).join(value or format.DASH for value in values),
        )
        for name, values in where
    ]
    return text("report.filters", lang, filters=text("report.and", lang).join(parts)) if parts else ""


def _dimension_name(name: str, lang: Lang) -> str:
    return name.partition(":")[2] if name.startswith("custom:") else text(f"dimension.{name}", lang)


FIGURES = (
    "leads",
    "lead_conversion",
    "opportunity_win_rate",
    "closed_win_rate",
    "win_rate_30d",
    "sales_amount",
    "won_customers",
    "mean_deal",
    "sales_cycle_mean",
    "sales_cycle_median",
    "target_amount",
    "target_attainment",
    "pace",
    "collection_rate",
    "open_amount",
    "weighted_pipeline",
    "risk_customers",
    "risk_amount",
)


def _figures(
    view: View,
    settings: Settings,
    heads: Sequence[Headline],
    where: tuple[tuple[str, tuple[str, ...]], ...],
    period: Period,
    lang: Lang,
) -> list[MetricLine]:
    """The headline figures with their own windows first, then every metric over the report's period."""
    lines = []
    known = metrics_of(settings)
    for found in heads:
        name = headline_name(found, settings, lang)
        span = f"{format.day(found.start)} – {format.day(found.end)}" if found.start else format.day(found.end)
        metric = known[found.metric]
        lines.append(
            MetricLine(
                found.metric,
                f"{name}（{span}）" if lang == "zh" else f"{name} ({span})",
                found.value,
                found.unit.value,
                found.n,
                metric.formula(lang),
            )
        )
    row = ask(view, MetricQuery(FIGURES, (), Filters(where, period.start, period.end)), settings).total
    for name in FIGURES:
        metric = known[name]
        lines.append(
            MetricLine(name, metric.title(lang), row.values[name], metric.unit.value, row.n[name], metric.formula(lang))
        )
    return lines
