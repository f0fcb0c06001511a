"""The sections of the weekly summary, each from one answer."""

from __future__ import annotations

from salesanalytics.access.view import View
from salesanalytics.charts.ticks import nice_ticks
from salesanalytics.i18n import Lang, format, text
from salesanalytics.insight.flags import Flag, flags, one_a_customer
from salesanalytics.insight.ranking import ranking
from salesanalytics.insight.weekly_sales import weekly_sales
from salesanalytics.metrics.funnel import stage_funnel
from salesanalytics.metrics.periods import Period
from salesanalytics.metrics.run import ask
from salesanalytics.metrics.types import Filters, MetricQuery
from salesanalytics.reports.types import (
    FlagRow,
    FlagSection,
    FunnelSection,
    FunnelStep,
    HeatSection,
    RankingSection,
    RankRow,
    Tone,
    TrendSection,
)
from salesanalytics.settings import Settings

Where = tuple[tuple[str, tuple[str, ...]], ...]
FLAG_TONES: dict[str, Tone] = {
    "silent": "bad",
    "lead-untouched-manager": "warn",
    "stage-stuck": "warn",
    "lead-untouched": "neutral",
    "low-amount": "neutral",
}
MOST_HEAT_ROWS, MOST_HEAT_COLUMNS = 8, 9


def _span(period: Period) -> dict[str, str]:
    return {"start": format.day(period.start), "end": format.day(period.end)}


def trend_section(view: View, settings: Settings, where: Where, lang: Lang) -> TrendSection:
    """Return the last weeks' won amounts against target."""
    sales = weekly_sales(view, settings, where)
    known = [value for value in (*sales.won, *sales.target) if value is not None]
    unit = format.money_unit(known, lang)
    last_target = next((value for value in reversed(sales.target) if value is not None), None)
    dashed = "" if last_target is None else text("report.trend-dashed", lang)
    days = text("report.trend-part", lang, days=sales.days) if sales.days < 7 else ""
    return TrendSection(
        title=text("report.trend-title", lang, n=len(sales.mondays)),
        subtitle=text("report.trend-subtitle", lang, unit=format.unit_name(unit, lang, settings.currency))
        + dashed
        + days,
        exact_subtitle=text("report.trend-subtitle", lang, unit=format.unit_name(format.ONE, lang, settings.currency))
        + days,
        buckets=[format.week(monday) for monday in sales.mondays],
        actual=sales.won,
        target=sales.target,
        unit_size=unit.size,
        ticks=[tick * unit.size for tick in nice_ticks(max(known, default=0.0) / unit.size)],
        actual_label=text("report.actual-label", lang, value=format.money_plain(sales.won[-1], unit)),
        target_label=text("report.target-label", lang, value=format.money_plain(last_target, unit))
        if last_target is not None
        else "",
        whole=sales.whole,
        actual_name=text("report.actual", lang),
        target_name=text("report.target", lang),
    )


def funnel_section(view: View, settings: Settings, where: Where, period: Period, lang: Lang) -> FunnelSection:
    """Return the entry-cohort funnel of the period's leads; the step that keeps the smallest share is marked."""
    stages = stage_funnel(view, settings, Filters(where, period.start, period.end)).stages
    shares = [None, *(stage.conversion for stage in stages[:-1])]
    judged = [share for stage, share in zip(stages, shares, strict=False) if share is not None]
    steps = []
    for at, stage in enumerate(stages):
        share = shares[at]
        small = at > 0 and stages[at - 1].n < settings.metrics.min_sample
        tone: Tone = (
            "bad" if share is not None and not small and len(judged) > 1 and share == min(judged) else "neutral"
        )
        words, few = "" if share is None else format.share(share), text("ui.small_sample", lang)
        name = settings.stages.get(stage.stage).name(lang)
        told = few if small and share is not None else ""
        steps.append(FunnelStep(name, stage.customers, share, words, tone, small=told))
    return FunnelSection(
        title=text("report.funnel-title", lang),
        subtitle=text("report.funnel-subtitle", lang, start=format.day(period.start), end=format.day(period.end)),
        steps=steps,
        stage_name=text("report.stage", lang),
        customers_name=text("report.customers", lang),
        share_name=text("report.share", lang),
    )


def heat_section(view: View, settings: Settings, where: Where, period: Period, lang: Lang) -> HeatSection:
    """Return won amounts by industry and region, largest totals first; what does not fit is summed in a last row and column."""
    filters = Filters(where, period.start, period.end)
    rows = ask(view, MetricQuery(("sales_amount",), ("industry", "region"), filters), settings).rows
    cells = {
        (row.dims["industry"], row.dims["region"]): row.values["sales_amount"] for row in rows if row.n["sales_amount"]
    }

    def ordered(place: int, most: int) -> list[tuple[str | None, ...]]:
        totals: dict[str | None, float] = {}
        for key, value in cells.items():
            totals[key[place]] = totals.get(key[place], 0.0) + (value or 0.0)
        names = sorted(totals, key=lambda name: (-totals[name], name or ""))
        if len(names) <= most:
            return [(name,) for name in names]
        return [*((name,) for name in names[: most - 1]), tuple(names[most - 1 :])]

    def named(group: tuple[str | None, ...]) -> str:
        if len(group) > 1:
            return text("report.other", lang, n=len(group))
        return group[0] or text("report.no-value", lang)

    def summed(lines: tuple[str | None, ...], columns: tuple[str | None, ...]) -> float | None:
        found = [cells[line, column] for line in lines for column in columns if (line, column) in cells]
        return sum(value or 0.0 for value in found) if found else None

    lines, columns = ordered(0, MOST_HEAT_ROWS), ordered(1, MOST_HEAT_COLUMNS)
    values = [[summed(line, column) for column in columns] for line in lines]
    unit = format.money_unit([value for line in values for value in line], lang)
    every_line = tuple(name for line in lines for name in line)
    every_column = tuple(name for column in columns for name in column)
    return HeatSection(
        title=text("report.heat-title", lang),
        subtitle=text(
            "report.heat-subtitle", lang, **_span(period), unit=format.unit_name(unit, lang, settings.currency)
        ),
        exact_subtitle=text(
            "report.heat-subtitle", lang, **_span(period), unit=format.unit_name(format.ONE, lang, settings.currency)
        ),
        row_name=text("dimension.industry", lang),
        rows=[named(line) for line in lines],
        columns=[named(column) for column in columns],
        values=values,
        row_totals=[summed(line, every_column) for line in lines],
        column_totals=[summed(every_line, column) for column in columns],
        total=summed(every_line, every_column),
        total_name=text("report.total", lang),
        unit_size=unit.size,
        decimals=unit.decimals,
    )


def ranking_section(view: View, settings: Settings, where: Where, period: Period, lang: Lang) -> RankingSection:
    """Return the reps by won amount, beside their target of the days gone by."""
    ranked = ranking(view, settings, where, period)
    unit = format.money_unit([one.won for one in ranked], lang)
    aimed = any(one.target is not None for one in ranked)

    def subtitle(shown: format.MoneyUnit, targets: str) -> str:
        named = format.unit_name(shown, lang, settings.currency)
        said = text("report.ranking-subtitle", lang, **_span(period), unit=named)
        return said + (text(f"report.ranking-{targets}", lang) if aimed else "")

    return RankingSection(
        title=text("report.ranking-title", lang),
        subtitle=subtitle(unit, "ticks"),
        exact_subtitle=subtitle(format.ONE, "prorated"),
        rows=[
            RankRow(
                one.name,
                one.won,
                format.money_plain(one.won, unit),
                one.target,
                one.attainment,
                format.share(one.attainment, 0),
            )
            for one in ranked
        ],
        name_name=text("dimension.owner", lang),
        value_name=text("report.actual", lang),
        target_name=text("report.target", lang),
        attainment_name=text("report.attainment", lang),
    )


def flag_section(view: View, settings: Settings, where: Where, lang: Lang) -> FlagSection:
    """Return every customer somebody has to act on, the largest amounts first."""
    urgent = one_a_customer(flags(view, settings, Filters(where)))
    known = [flag.expected_amount for flag in urgent]
    unit = format.money_unit(known, lang)
    columns = ("id", "customer", "owner", "stage", "amount", "why", "kind")
    headers = [
        text(f"report.flag-{name}", lang, unit=format.unit_name(unit, lang, settings.currency)) for name in columns
    ]
    unknown = sum(amount is None for amount in known)
    return FlagSection(
        title=text("report.flags-title", lang, n=len(urgent)),
        subtitle=text("report.flags-subtitle", lang)
        + (text("report.flags-unknown", lang, n=unknown) if unknown else ""),
        headers=headers,
        rows=[_flag_row(flag, settings, unit, lang) for flag in urgent],
        exact_amount_header=text(
            "report.flag-amount", lang, unit=format.unit_name(format.ONE, lang, settings.currency)
        ),
    )


def _flag_row(flag: Flag, settings: Settings, unit: format.MoneyUnit, lang: Lang) -> FlagRow:
    return FlagRow(
        customer_id=flag.customer_id,
        customer=flag.customer_name or format.DASH,
        owner=flag.owner or text("report.pool", lang),
        stage=settings.stages.get(flag.stage).name(lang),
        amount=flag.expected_amount,
        amount_text=format.money_plain(flag.expected_amount, unit),
        why=flag.why(lang, settings.currency),
        kind=text(f"flag.{flag.kind}.name", lang),
        tone=FLAG_TONES[flag.kind],
        source=text("report.source-row", lang, file=flag.file, sheet=flag.sheet, row=flag.row),
    )
