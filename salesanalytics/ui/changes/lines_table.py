"""Customers one a line: what happened, stage, owner and amount before and after; on the page, in the dialogs, and as a file."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from salesanalytics.i18n import Lang, format, text
from salesanalytics.insight.changes.beside import DealLine
from salesanalytics.insight.changes.deals import Deal
from salesanalytics.settings import Settings
from salesanalytics.ui.changes.words import Money, money_for, owner_name, stage_name, turned
from salesanalytics.ui.csv_file import csv_bytes
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.html import show
from salesanalytics.ui.tables import Cell, Customer, TableColumn, Tag, table

PAGE = 50
FILE_COLUMNS = (
    "customer_id", "customer", "kind", "before", "after", "change", "stage_before", "stage_after", "owner_before",
    "owner_after", "close_before", "close_after", "file", "sheet", "row",
)  # fmt: skip


def money_of(frame: Frame, lines: Sequence[DealLine]) -> Money:
    """Return the one unit of all these lines, whichever of them are in view."""
    return money_for([amount for line in lines for amount in (line.before, line.after)], frame)


def paged_lines(frame: Frame, lines: Sequence[DealLine], key: str, *, with_rows: bool = False) -> None:
    """Draw one page of the lines and the way to the others; no scroll of its own. ``with_rows`` adds where each customer's newest row came from."""
    pages = -(-len(lines) // PAGE)
    page = min(max(int(st.session_state.get(key, 1) or 1), 1), max(pages, 1))
    shown = lines[(page - 1) * PAGE : page * PAGE]
    show(_lines_table(frame, shown, money_of(frame, lines), with_rows=with_rows))
    if pages > 1:
        st.pagination(pages, key=key)


def _lines_table(frame: Frame, shown: Sequence[DealLine], money: Money, *, with_rows: bool) -> str:
    lang = frame.lang
    columns = [
        TableColumn(text("changes.column_customer", lang)),
        TableColumn(text("changes.column_what", lang), wrap=True),
        TableColumn(text("changes.column_stage", lang), wide=True),
        TableColumn(text("changes.column_owner", lang), wide=True),
        TableColumn(text("changes.column_before", lang, unit=money.name), number=True, wide=True),
        TableColumn(text("changes.column_after", lang, unit=money.name), number=True, wide=True),
        TableColumn(text("changes.column_change", lang, unit=money.name), number=True),
    ]
    if with_rows:
        columns.append(TableColumn(text("changes.column_row", lang), soft=True, wide=True))
    rows: list[list[Cell]] = []
    for line in shown:
        unknown = line.before is None or line.after is None
        cells: list[Cell] = [
            Customer(line.deal.name, line.deal.customer_id),
            _what(line, lang),
            _stages(line, frame.desk.settings, lang),
            _owners(line, lang),
            money.plain(line.before),
            money.plain(line.after),
            format.DASH if unknown and not line.delta else money.plain(line.delta, signed=True),
        ]
        rows.append([*cells, _place(line.deal)] if with_rows else cells)
    return table(columns, rows, text("changes.column_what", lang))


def _place(deal: Deal) -> str:
    return f"{deal.file} · {deal.row}" if deal.file else format.DASH


def happenings(line: DealLine, lang: Lang) -> list[str]:
    """Return what happened to a customer, in words; nothing where nothing did."""
    said = [text(f"changes.kind.{kind}", lang) for kind in line.kinds]
    start, end = line.start, line.end
    if not (start and end and start.status == end.status == "open"):
        return said
    if start.stage != end.stage:
        said.append(text("changes.stage_moved", lang))
    if (start.owner, start.team) != (end.owner, end.team):
        said.append(text("changes.owner_moved", lang))
    before, after = start.expected_close_on, end.expected_close_on
    if before and after and before != after:
        said.append(text("changes.date_pushed" if after > before else "changes.date_pulled", lang))
    return said


def _what(line: DealLine, lang: Lang) -> Cell:
    said = happenings(line, lang)
    if not said:
        return text("changes.unchanged", lang)
    words = " · ".join(said)
    tones = {"lost": "bad", "missing": "warn", "won": "good"}
    tone = next((tones[kind] for kind in line.kinds if kind in tones), None)
    return Tag(words, tone) if tone else words  # type: ignore[arg-type]


def _stages(line: DealLine, settings: Settings, lang: Lang) -> str:
    before = stage_name(line.start.stage if line.start else None, settings, lang)
    after = stage_name(line.end.stage if line.end else None, settings, lang)
    return turned(before, after, lang)


def _owners(line: DealLine, lang: Lang) -> str:
    before = owner_name(line.start, lang) if line.start else format.DASH
    after = owner_name(line.end, lang) if line.end else format.DASH
    return turned(before, after, lang)


def file_rows(lines: Sequence[DealLine], settings: Settings, lang: Lang) -> list[dict[str, object]]:
    """Return the lines as they are downloaded: exact amounts, dates as dates, ids and names."""
    rows: list[dict[str, object]] = []
    for line in lines:
        start, end, deal = line.start, line.end, line.deal
        rows.append(
            {
                "customer_id": deal.customer_id,
                "customer": deal.name,
                "kind": " · ".join(happenings(line, lang)),
                "before": line.before,
                "after": line.after,
                "change": line.delta,
                "stage_before": stage_name(start.stage, settings, lang) if start else None,
                "stage_after": stage_name(end.stage, settings, lang) if end else None,
                "owner_before": start.owner if start else None,
                "owner_after": end.owner if end else None,
                "close_before": start.expected_close_on if start else None,
                "close_after": end.expected_close_on if end else None,
                "file": deal.file,
                "sheet": deal.sheet,
                "row": deal.row,
            }
        )
    return rows


def file_headers(lang: Lang) -> dict[str, str]:
    """Return the headers of the download."""
    shared = {"customer": "column_customer", "customer_id": "column_customer_id"}
    return {name: text(f"changes.{shared.get(name, f'file_{name}')}", lang) for name in FILE_COLUMNS}


def lines_download(frame: Frame, lines: Sequence[DealLine], *, key: str, name: str) -> None:
    """Draw the button that downloads the lines as CSV; ``name`` of the file, without its ending."""
    st.download_button(
        text("changes.download_csv", frame.lang),
        csv_bytes(file_rows(lines, frame.desk.settings, frame.lang), file_headers(frame.lang)),
        f"{name}.csv",
        "text/csv",
        key=key,
        on_click="ignore",
    )
