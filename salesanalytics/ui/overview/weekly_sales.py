"""Won amounts a week against the week's target and last year's week, with the finding as headline."""

from __future__ import annotations

from collections.abc import Sequence

from salesanalytics.i18n import Lang, format, text
from salesanalytics.insight.weekly_sales import WeeklySales, streak
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.html import show
from salesanalytics.ui.line_chart import Bucket, Line, line_chart
from salesanalytics.ui.overview.answers import sales_by_week
from salesanalytics.ui.panel import panel
from salesanalytics.ui.then_words import not_compared


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
        show(line_chart(_weeks(sales, lang, currency), lines, frame.tokens, title, whole=sales.whole))


def _lines(sales: WeeklySales, unit: format.MoneyUnit, lang: Lang, currency: str) -> list[Line]:
    def scaled(values: Sequence[float | None]) -> list[float | None]:
        return [None if value is None else value / unit.size for value in values]

    def named(role: str, values: Sequence[float | None]) -> str:
        known = next((value for value in reversed(values) if value is not None), None)
        return text(f"overview.trend_{role}", lang, value=format.money(known, lang, unit=unit, currency=currency))

    part = text("overview.trend_part", lang, days=sales.days) if sales.days < 7 else named("actual", sales.won)
    lines = [Line("actual", scaled(sales.won), part)]
    if any(value is not None for value in sales.target):
        lines.append(Line("target", scaled(sales.target), named("target", sales.target)))
    if any(sales.past):
        lines.append(Line("past", scaled(sales.past), named("past", sales.past)))
    return lines


def _weeks(sales: WeeklySales, lang: Lang, currency: str) -> list[Bucket]:
    """Each week with its exact figures, and the id its deals open by."""

    def told(key: str, value: float | None) -> list[str]:
        return [text(key, lang, value=format.money_exact(value, currency))] if value is not None else []

    return [
        Bucket(
            format.week(monday),
            (
                f"{format.week(monday)} · {format.day(monday)}",
                *told("overview.trend_actual", won),
                *told("overview.trend_target", target),
                *told("overview.trend_past", past),
            ),
            f"week:{monday.isoformat()}",
        )
        for monday, won, target, past in zip(sales.mondays, sales.won, sales.target, sales.past, strict=True)
    ]
