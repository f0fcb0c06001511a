"""Won amounts a week against the week's target and last year's week, with the finding as headline."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from salesanalytics.charts.theme import CONFIG
from salesanalytics.charts.trend import Series, nice_ticks, trend_figure
from salesanalytics.i18n import Lang, format, text
from salesanalytics.insight.weekly_sales import WeeklySales, streak
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.overview.answers import sales_by_week
from salesanalytics.ui.panel import panel
from salesanalytics.ui.phone_trend import phone_trend

HEIGHT = 210
"""The least height the chart is drawn at: labels are kept apart for it; it grows with its card."""


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
    """Draw the panel."""
    lang, currency = frame.lang, frame.desk.settings.currency
    sales = sales_by_week(frame.desk, frame.where)
    unit = format.money_unit([*sales.won, *sales.target, *sales.past], lang)

    def scaled(values: Sequence[float | None]) -> list[float | None]:
        return [None if value is None else value / unit.size for value in values]

    def named(key: str, values: Sequence[float | None]) -> str:
        known = next((value for value in reversed(values) if value is not None), None)
        return text(key, lang, value=format.money(known, lang, unit=unit, currency=currency))

    weeks = [format.week(monday) for monday in sales.mondays]
    part = sales.days < 7
    actual_name = (
        text("overview.trend_part", lang, days=sales.days) if part else named("overview.trend_actual", sales.won)
    )
    lines = [Series("actual", scaled(sales.won), actual_name, _hover(weeks, sales.won, currency))]
    if any(value is not None for value in sales.target):
        lines.append(Series("target", scaled(sales.target), named("overview.trend_target", sales.target)))
    if any(sales.past):
        lines.append(Series("past", scaled(sales.past), named("overview.trend_past", sales.past)))
    drawn = "".join(text(f"overview.trend_line_{line.role}", lang) for line in lines[1:])
    unit_name = format.unit_name(unit, lang, currency)
    subtitle = text("overview.trend_subtitle", lang, unit=unit_name, n=len(weeks)) + drawn
    if sales.unvalued and any(sales.won):
        subtitle += text("overview.trend_left_out", lang, n=sales.unvalued)
    with panel("trend", headline(sales, lang, currency), subtitle):
        ticks = nice_ticks(max((value for line in lines for value in line.values if value is not None), default=1.0))
        figure, on_phone = (
            trend_figure(
                weeks,
                lines,
                frame.tokens,
                ticks=ticks,
                whole=sales.whole,
                height=HEIGHT,
                label_width=130,
                phone=phone,
            )
            for phone in (False, True)
        )
        figure.update_layout(height=None, autosize=True)
        st.plotly_chart(figure, key="overview-trend", config=CONFIG, theme=None, height="stretch")
        phone_trend("overview-trend", on_phone, lines, frame.tokens)


def _hover(weeks: Sequence[str], values: Sequence[float], currency: str) -> list[str]:
    return [f"{week}: {format.money_exact(value, currency)}" for week, value in zip(weeks, values, strict=True)]
