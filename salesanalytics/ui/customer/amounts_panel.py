"""The amounts the row showed over the imports: a step line and its values."""

from __future__ import annotations

import streamlit as st

from salesanalytics.charts.tokens import Tokens
from salesanalytics.i18n import Lang, format, text
from salesanalytics.insight.customer import CustomerStory
from salesanalytics.insight.customer_imports import AmountPoint
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.html import picture, show
from salesanalytics.ui.panel import headline
from salesanalytics.ui.tables import TableColumn, table

WIDTH, HEIGHT, MARGIN = 360, 72, 6


def amounts_panel(frame: Frame, story: CustomerStory) -> None:
    """Draw the panel."""
    lang, currency, points = frame.lang, frame.desk.settings.currency, story.imports.amounts
    with st.container(key="panel-customer-amounts", border=True, gap="xxsmall"):
        if len(points) < 2:
            show(headline(_finding(points, lang, currency)))
            return
        show(headline(_finding(points, lang, currency), text("customer.amounts_subtitle", lang)))
        show(_steps(points, story, frame.tokens, lang))
        unit = format.money_unit([value for point in points for value in (point.expected, point.actual)], lang)
        name = format.unit_name(unit, lang, currency)
        columns = [
            TableColumn(text("customer.column_import", lang)),
            TableColumn(text("customer.column_expected", lang, unit=name), number=True),
            TableColumn(text("customer.column_actual", lang, unit=name), number=True),
        ]
        rows = [
            (
                format.day(point.imported_on),
                format.money_plain(point.expected, unit),
                format.money_plain(point.actual, unit),
            )
            for point in reversed(points)
        ]
        show(table(columns, rows, text("customer.amounts_subtitle", lang), height=220))


def _finding(points: tuple[AmountPoint, ...], lang: Lang, currency: str) -> str:
    known = [point.expected for point in points if point.expected is not None]
    if not known:
        return text("customer.amount_none", lang)
    first, last = (format.money(value, lang, currency=currency) for value in (known[0], known[-1]))
    if len(set(known)) == 1:
        return text("customer.amount_same", lang, amount=last)
    key = "customer.amount_rose" if known[-1] > known[0] else "customer.amount_fell"
    if known[-1] == known[0]:
        key = "customer.amount_back"
    return text(key, lang, first=first, last=last, n=len(known) - 1)


def _steps(points: tuple[AmountPoint, ...], story: CustomerStory, tokens: Tokens, lang: Lang) -> str:
    """Draw the expected amount from zero, held until the next import that showed another."""
    start, span = points[0].imported_on, max((story.as_of - points[0].imported_on).days, 1)
    highest = max((point.expected or 0.0 for point in points), default=0.0) or 1.0

    def across(n: int) -> float:
        day = points[n].imported_on if n < len(points) else story.as_of
        return MARGIN + (WIDTH - 2 * MARGIN) * (day - start).days / span

    path, pen = "", False
    for n, point in enumerate(points):
        if point.expected is None:
            pen = False
            continue
        height = HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * point.expected / highest
        path += f"{'L' if pen else 'M'}{across(n):.1f} {height:.1f}L{across(n + 1):.1f} {height:.1f}"
        pen = True
    base = HEIGHT - MARGIN
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="none">'
        f'<path d="M0 {base}L{WIDTH} {base}" stroke="{tokens.border}" vector-effect="non-scaling-stroke"/>'
        f'<path d="{path}" fill="none" stroke="{tokens.primary}" stroke-width="2.5" vector-effect="non-scaling-stroke"/></svg>'
    )
    return picture(svg, text("customer.amounts_subtitle", lang), "sa-steps")
