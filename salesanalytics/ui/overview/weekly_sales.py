"""Won amounts a week against the week's target and last year's week, with the finding as headline."""

from __future__ import annotations

from collections.abc import Sequence

from salesanalytics.charts.ticks import nice_ticks
from salesanalytics.charts.trend import Axis, Role, Series
from salesanalytics.i18n import Lang, format, text
from salesanalytics.insight.weekly_sales import WeeklySales, streak
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.html import show
from salesanalytics.ui.overview.answers import sales_by_week
from salesanalytics.ui.panel import panel
from salesanalytics.ui.then_words import not_compared
from salesanalytics.ui.time_chart.chart import Bucket, time_chart


def headline(sales: WeeklySales, lang: Lang, currency: str = "CNY") -> str:
    """Return the finding: the newest whole week against its target, and for how long this has been so."""
    won, target = sales.won[: sales.whole], sales.target[: sales.whole]
    if not any(sales.won) and sales.unvalued:
        return text("overview.trend_unvalued", lang, n=sales.unvalued, weeks=len(sales.mondays))
    if not any(sales.won):
        return text("overview.trend_nothing", lang, n=len(sales.mondays))
    week = format.week(sales.mondays[sales.whole - 1]) if sales.days < 7 else text("overview.this_week", lang)
    amount, aim = won[-1], target[-1]
    if not aim:
        return text("overview.trend_no_target", lang, week=week, amount=format.money(amount, lang, currency=currency))
    gap = format.percent_change((amount - aim) / aim)
    run = streak(won, target)
    if abs(run) == 1 and (before := abs(streak(won[:-1], target[:-1]))) > 1:
        return text("overview.trend_back" if run > 0 else "overview.trend_fell", lang, n=before, week=week, gap=gap)
    if abs(run) > 1:
        return text("overview.trend_above" if run > 0 else "overview.trend_below", lang, n=abs(run), week=week, gap=gap)
    return text("overview.trend_over" if run > 0 else "overview.trend_under", lang, week=week, gap=gap)


def weekly_sales_panel(frame: Frame) -> None:
    """Draw the panel; a week opens the deals won in it."""
    lang, currency = frame.lang, frame.desk.settings.currency
    sales = sales_by_week(frame.desk, frame.where)
    unit = format.money_unit([*sales.won, *sales.target, *sales.past], lang)
    lines = _lines(sales, unit, lang, currency)
    drawn = "".join(text(f"overview.trend_line_{line.role}", lang) for line in lines[1:])
    unit_name = format.unit_name(unit, lang, currency)
    subtitle = text("overview.trend_subtitle", lang, unit=unit_name, n=len(sales.mondays)) + drawn
    if sales.unvalued and any(sales.won):
        subtitle += text("overview.trend_left_out", lang, n=sales.unvalued)
    subtitle += not_compared(frame)
    title = headline(sales, lang, currency)
    with panel("trend", title, subtitle):
        show(time_chart(_weeks(sales), lines, _axis(lines), frame.tokens, title))


def _lines(sales: WeeklySales, unit: format.MoneyUnit, lang: Lang, currency: str) -> list[Series]:
    def line(role: Role, values: Sequence[float | None], label: str = "") -> Series:
        known = next((value for value in reversed(values) if value is not None), None)
        shown = text(f"overview.trend_{role}", lang, value=format.money(known, lang, unit=unit, currency=currency))
        scaled = [None if value is None else value / unit.size for value in values]
        return Series(role, scaled, label or shown, [_words(role, value, lang, currency) for value in values])

    begun = text("overview.trend_part", lang, days=sales.days) if sales.days < 7 else ""
    lines = [line("actual", sales.won, begun)]
    if any(value is not None for value in sales.target):
        lines.append(line("target", sales.target))
    if any(sales.past):
        lines.append(line("past", sales.past))
    return lines


def _words(role: Role, value: float | None, lang: Lang, currency: str) -> str:
    """The exact figure of a week in words; nothing where there is none."""
    if value is None:
        return ""
    return text(f"overview.trend_{role}", lang, value=format.money_exact(value, currency))


def _axis(lines: Sequence[Series]) -> Axis:
    known = [value for line in lines for value in line.values if value is not None]
    ticks = nice_ticks(max(known, default=0.0), min(known, default=0.0))
    return Axis(ticks, [f"{tick:,g}" for tick in ticks])


def _weeks(sales: WeeklySales) -> list[Bucket]:
    """Each week, and the id its deals open by."""
    return [
        Bucket(
            format.week(monday),
            f"{format.week(monday)} · {format.day(monday)}",
            f"week:{monday.isoformat()}",
            at >= sales.whole,
        )
        for at, monday in enumerate(sales.mondays)
    ]
