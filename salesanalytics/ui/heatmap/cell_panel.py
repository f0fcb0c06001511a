"""The chosen cell: its figures, whether one deal makes most of it, its customers, and where they come from."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from salesanalytics.i18n import Lang, format, text
from salesanalytics.insight.cell_customers import CellCustomer, CellDetail
from salesanalytics.insight.cross_table import CrossTable
from salesanalytics.metrics.types import Unit
from salesanalytics.settings import Settings
from salesanalytics.ui.csv_file import csv_bytes
from salesanalytics.ui.empty import empty
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.heatmap.chosen import Chosen, chosen_cell
from salesanalytics.ui.heatmap.words import Place, cell_name, detail_of
from salesanalytics.ui.html import escape, show
from salesanalytics.ui.panel import headline
from salesanalytics.ui.tables import Cell, TableColumn, Toned
from salesanalytics.ui.tables import table as table_markup
from salesanalytics.ui.trends.words import value_name

TABLE_HEIGHT = 462


def cell_panel(frame: Frame, chosen: Chosen, table: CrossTable, largest: Place | None) -> None:
    """Draw the panel."""
    lang = frame.lang
    with st.container(key="panel-cell", border=True, gap="xxsmall", height="stretch"):
        if largest is None:
            show(headline(text("heatmap.no_cell", lang)))
            return
        head = st.container(key="cell-head", horizontal=True, vertical_alignment="center")
        with st.container(key="cell-choice", horizontal=True, gap="small"):
            place = chosen_cell(table, chosen, largest, lang)
        detail = detail_of(frame, chosen, table, place)
        with head:
            show(headline(cell_name(chosen, table, place, lang)))
            if detail.customers:
                _download(detail, frame, chosen, table, place)
        if not detail.customers:
            empty(text("heatmap.nobody", lang), text("heatmap.nobody_note", lang))
            return
        show(_figures(detail, chosen, frame) + _concentration(detail, frame))
        columns, rows = _rows(detail, chosen, frame)
        show(table_markup(columns, rows, cell_name(chosen, table, place, lang), height=TABLE_HEIGHT))
        show(_sources(detail, chosen, frame))


def _figures(detail: CellDetail, chosen: Chosen, frame: Frame) -> str:
    lang, currency = frame.lang, frame.desk.settings.currency
    customers = text("heatmap.customers", lang, n=len(detail.customers))
    if frame.desk.metric(chosen.measure).share:
        won = sum(bool(one.won) for one in detail.customers)
        n = len(detail.customers)
        small = n < frame.desk.metric(chosen.measure).min_sample(frame.desk.settings)
        share = text("heatmap.small_share", lang, k=won, n=n) if small else format.share(won / n)
        cells = [
            (
                frame.desk.metric(chosen.measure).short(lang),
                f'<span class="sa-small-chip">{escape(share)}</span>' if small else escape(share),
            ),
            (
                text(f"heatmap.{'figure_won' if chosen.measure == 'closed_win_rate' else 'figure_hit'}", lang),
                escape(f"{won} / {n}"),
            ),
        ]
    else:
        money = format.money(detail.amount, lang, currency=currency)
        rest = detail.amount - (detail.largest.amount or 0.0) if detail.largest else 0.0
        missing = sum(one.amount is None for one in detail.customers)
        key = "heatmap.figure_customers_missing" if missing else "heatmap.figure_customers"
        cells = [
            (_amount_name(chosen, frame), escape(money)),
            (text(key, lang, n=missing), escape(customers)),
            (text("heatmap.figure_without", lang), escape(format.money(rest, lang, currency=currency))),
        ]
    body = "".join(f"<div><dt>{escape(name)}</dt><dd>{value}</dd></div>" for name, value in cells)
    return f'<dl class="sa-figures">{body}</dl>'


def _amount_name(chosen: Chosen, frame: Frame) -> str:
    """What a cell's money is: the measure itself where it sums money, else simply the amount."""
    metric = frame.desk.metric(chosen.measure)
    known = metric.unit is Unit.MONEY and metric.adds_up
    return metric.title(frame.lang) if known else text("heatmap.figure_leads", frame.lang)


def _concentration(detail: CellDetail, frame: Frame) -> str:
    one, lang = detail.largest, frame.lang
    if not detail.concentrated or one is None:
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


def _rows(detail: CellDetail, chosen: Chosen, frame: Frame) -> tuple[Sequence[TableColumn], Sequence[Sequence[Cell]]]:
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
            one.name,
            one.owner or value_name("", "owner", lang),
            stage_name(one.stage, settings, lang),
            format.money_plain(one.amount, unit),
            _silence(one, settings, lang),
            format.number(one.row),
        ]
        for one in detail.customers
    ]
    return columns, rows


def stage_name(stage: str, settings: Settings, lang: Lang) -> str:
    """Return a stage's name; its id where the model has no such stage any more."""
    return settings.stages.get(stage).name(lang) if stage in settings.stages.ids else stage


def _silence(one: CellCustomer, settings: Settings, lang: Lang) -> Cell:
    days = format.days(one.silent_days, lang)
    if one.silent_days is None or not one.is_open:
        return days
    if one.silent_days >= settings.alerts.silent_days:
        return Toned(f"✕ {days}", "bad")
    return Toned(f"▲ {days}", "warn") if one.silent_days > settings.alerts.untouched_days_manager else days


def _sources(detail: CellDetail, chosen: Chosen, frame: Frame) -> str:
    """The formula, and the sheets whose rows the table's last column numbers."""
    lang = frame.lang
    sheets = dict.fromkeys((one.file, one.sheet) for one in detail.customers)
    lines = "<br>".join(escape(text("heatmap.provenance", lang, file=file, sheet=sheet)) for file, sheet in sheets)
    formula = frame.desk.metric(chosen.measure).formula(lang)
    return f'<div class="sa-where"><b>{escape(text("heatmap.where", lang))}</b>{escape(formula)}<br>{lines}</div>'


def _download(detail: CellDetail, frame: Frame, chosen: Chosen, table: CrossTable, place: Place) -> None:
    lang = frame.lang
    names = ("customer_id", "customer", "owner", "stage", "amount_exact", "silent_exact", "file", "sheet", "row")
    st.download_button(
        text("heatmap.download", lang, n=len(detail.customers)),
        csv_bytes(
            [csv_row(one, frame.desk.settings, lang) for one in detail.customers],
            {name: text(f"heatmap.column_{name}", lang) for name in names},
        ),
        text("heatmap.file_name", lang, cell=cell_name(chosen, table, place, lang), day=format.day(frame.as_of)),
        "text/csv",
        key="heatmap-csv",
        on_click="ignore",
    )


def csv_row(one: CellCustomer, settings: Settings, lang: Lang) -> dict[str, object]:
    """Return one row of the download: exact amounts, days, and where the row came from."""
    return {
        "customer_id": one.customer_id,
        "customer": one.name,
        "owner": one.owner,
        "stage": stage_name(one.stage, settings, lang),
        "amount_exact": one.amount,
        "silent_exact": one.silent_days,
        "file": one.file,
        "sheet": one.sheet,
        "row": one.row,
    }
