"""What is picked: its figures, whether one deal makes most of it, its customers, how it stands to all, and where the rows come from."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from salesanalytics.i18n import Lang, format, text
from salesanalytics.insight.cell_customers import CellCustomer, CellDetail
from salesanalytics.metrics.metric import Metric
from salesanalytics.metrics.types import Unit
from salesanalytics.settings import Settings
from salesanalytics.ui.empty import empty
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.heatmap.against_all import against_all
from salesanalytics.ui.heatmap.answers import counts_customers, found_detail
from salesanalytics.ui.heatmap.chosen import Chosen
from salesanalytics.ui.heatmap.downloads import rows_download, stage_name
from salesanalytics.ui.heatmap.picked import Picked
from salesanalytics.ui.heatmap.words import counted, is_small
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.panel import headline
from salesanalytics.ui.tables import Cell, Customer, TableColumn, Toned
from salesanalytics.ui.tables import table as table_markup
from salesanalytics.ui.trends.values import scale_of

TABLE_HEIGHT = 400
MOST_SHEETS = 4


def cell_panel(frame: Frame, chosen: Chosen, choose: Callable[[], Picked] | None) -> None:
    """Draw the panel. ``choose`` draws its drop-downs and returns what is picked; None where there is nothing to pick."""
    lang = frame.lang
    with st.container(key="panel-cell", border=True, gap="xxsmall", height="stretch"):
        if choose is None:
            show(headline(text("heatmap.no_cell", lang)))
            return
        head = st.container(key="cell-head", horizontal=True, vertical_alignment="center")
        picked = choose()
        detail = found_detail(frame.desk, chosen.measure, picked.filters)
        with head:
            show(headline(picked.name))
            if detail.customers:
                rows_download(frame, chosen, picked, detail.count)
        if not detail.customers:
            empty(text("heatmap.nobody", lang), text("heatmap.nobody_note", lang))
            return
        metric = frame.desk.metric(chosen.measure)
        columns, rows = _rows(detail, frame)
        shown = ""
        if detail.count > len(detail.customers):
            words = text("ui.detail_rows_first", lang, shown=len(detail.customers), n=detail.count)
            shown = f'<div class="sa-muted sa-small">{escape(words)}</div>'
        show(
            _figures(detail, picked, metric, frame)
            + _concentration(detail, metric, frame)
            + shown
            + table_markup(columns, rows, picked.name, height=TABLE_HEIGHT)
            + against_all(frame, metric, picked)
            + _sources(detail, metric, frame)
        )


def _figures(detail: CellDetail, picked: Picked, metric: Metric, frame: Frame) -> str:
    """The cell's own value first, then what it rests on, then what helps to judge it."""
    lang, currency, cell = frame.lang, frame.desk.settings.currency, picked.cell
    scale = scale_of(metric.unit, [cell.value if cell else None], lang, currency)
    value = escape(scale.label(cell.value if cell else None))
    if cell and metric.share and is_small(cell, metric, frame):
        # k of n stands right beside it
        value = f'<span class="sa-small-chip">{escape(text("ui.small_sample", lang))}</span>'
    customers = text("heatmap.customers", lang, n=detail.count)
    if not counts_customers(metric):
        customers = counted(metric, lang, detail.count)
    cells = [(metric.title(lang), value)]
    if metric.share and cell and cell.k is not None:
        name = text(f"heatmap.{'figure_won' if metric.name == 'closed_win_rate' else 'figure_hit'}", lang)
        cells.append((name, f"{format.number(cell.k)} / {format.number(cell.n)}"))
    elif metric.unit is Unit.COUNT and counts_customers(metric):
        money = format.money(detail.amount or None, lang, currency=currency)
        cells.append((text("heatmap.figure_amount", lang, n=detail.missing), escape(money)))
    else:
        missing = detail.missing if metric.unit is Unit.MONEY and metric.adds_up else 0
        key = "heatmap.figure_customers_missing" if missing else "heatmap.figure_customers"
        key = key if counts_customers(metric) else "heatmap.figure_rows"
        cells.append((text(key, lang, n=missing), escape(customers)))
    if metric.unit is Unit.MONEY and metric.adds_up and counts_customers(metric) and detail.largest:
        rest = (cell.value or 0.0 if cell else 0.0) - (detail.largest.amount or 0.0)
        if metric.name in ("open_amount", "sales_amount"):
            cells.append((text("heatmap.figure_without", lang), escape(format.money(rest, lang, currency=currency))))
    body = "".join(f"<div><dt>{escape(name)}</dt><dd>{figure}</dd></div>" for name, figure in cells)
    return f'<dl class="sa-figures">{body}</dl>'


def _concentration(detail: CellDetail, metric: Metric, frame: Frame) -> str:
    one, lang = detail.largest, frame.lang
    if not detail.concentrated or one is None or metric.unit is not Unit.MONEY or not metric.adds_up:
        return ""
    words = text(
        "heatmap.concentrated",
        lang,
        name=one.name,
        amount=format.money(one.amount, lang, currency=frame.desk.settings.currency),
        share=format.share(detail.largest_share),
    )
    silent = frame.desk.settings.alerts.silent_days
    if one.is_open and one.silent_days is not None and one.silent_days >= silent:
        words += text("heatmap.concentrated_silent", lang, n=one.silent_days)
    return f'<div class="sa-callout"><b>▲ {escape(text("heatmap.concentration", lang))}</b>{escape(words)}</div>'


def _rows(detail: CellDetail, frame: Frame) -> tuple[Sequence[TableColumn], Sequence[Sequence[Cell]]]:
    lang, settings = frame.lang, frame.desk.settings
    unit = format.money_unit([one.amount for one in detail.customers], lang)
    columns = [
        TableColumn(text("heatmap.column_customer", lang)),
        TableColumn(text("heatmap.column_owner", lang), wide=True),
        TableColumn(text("heatmap.column_stage", lang), soft=True),
        TableColumn(
            text("heatmap.column_amount", lang, unit=format.unit_name(unit, lang, settings.currency)), number=True
        ),
        TableColumn(text("heatmap.column_silent", lang), number=True, wide=True),
        TableColumn(text("heatmap.column_row", lang), number=True, soft=True, wide=True),
    ]
    rows: list[list[Cell]] = [
        [
            Customer(one.name, one.customer_id),
            one.owner or text("heatmap.pool", lang),
            stage_name(one.stage, settings, lang),
            format.money_plain(one.amount, unit),
            _silence(one, settings, lang),
            str(one.row),
        ]
        for one in detail.customers
    ]
    return columns, rows


def _silence(one: CellCustomer, settings: Settings, lang: Lang) -> Cell:
    days = format.days(one.silent_days, lang)
    if one.silent_days is None or not one.is_open:
        return days
    if one.silent_days >= settings.alerts.silent_days:
        return Toned(f"✕ {days}", "bad")
    return Toned(f"▲ {days}", "warn") if one.silent_days > settings.alerts.untouched_days_manager else days


def _sources(detail: CellDetail, metric: Metric, frame: Frame) -> str:
    """The formula, and the sheets whose rows the table's last column numbers."""
    lang = frame.lang
    lines = [text("heatmap.provenance", lang, file=file, sheet=sheet) for file, sheet in detail.sheets[:MOST_SHEETS]]
    if len(detail.sheets) > MOST_SHEETS:
        lines.append(text("heatmap.more_sheets", lang, n=len(detail.sheets) - MOST_SHEETS))
    body = "<br>".join(escape(line) for line in (metric.formula(lang), *lines))
    return f'<div class="sa-where"><b>{escape(text("heatmap.where", lang))}</b>{body}</div>'
