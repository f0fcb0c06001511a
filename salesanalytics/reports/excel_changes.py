"""What changed as a workbook: the bridge with its sums as formulas to check, each group, and the deals one a row."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from unicodedata import east_asian_width

import xlsxwriter

from salesanalytics.i18n import Lang, format, text
from salesanalytics.insight.changes.bridge import Bridge, Changes
from salesanalytics.insight.changes.moves import INFLOWS, REPRICED
from salesanalytics.reports.excel_style import Styles

_WIDEST = 42


def changes_workbook(
    found: Changes, rows: Sequence[Mapping[str, object]], headers: Mapping[str, str], lang: Lang, currency: str = "CNY"
) -> bytes:
    """Return the .xlsx. ``rows`` and ``headers`` (column → title) are the deals; the last line of each bridge is a formula over the bars above it."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "remove_timezone": True}
    with xlsxwriter.Workbook(out, options) as book:
        styles = Styles(book, lang, currency)
        _bridges(book.add_worksheet(text("changes.sheet_bridge", lang)), styles, found, lang)
        _deals(book.add_worksheet(text("changes.sheet_deals", lang)), styles, rows, headers)
    return out.getvalue()


def _bridges(sheet: Any, styles: Styles, found: Changes, lang: Lang) -> None:
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 3, 18)
    span = {"start": format.day(found.start_on), "end": format.day(found.end_on)}
    sheet.write(0, 0, text("cli.changes-line", lang, **span), styles.title)
    at = 2
    for bridge in (found.whole, *found.groups):
        name = bridge.group or text(f"changes.no_group_{found.by}", lang) if bridge is not found.whole else ""
        at = _bridge(sheet, styles, bridge, name, at, lang) + 2


def _bridge(sheet: Any, styles: Styles, bridge: Bridge, name: str, at: int, lang: Lang) -> int:
    if name:
        sheet.write(at, 0, name, styles.subtitle)
        at += 1
    heads = [text(f"changes.file_{key}", lang) for key in ("kind", "amount", "customers", "unknown")]
    for column, head in enumerate(heads):
        sheet.write(at, column, head, styles.head_right if column else styles.head)
    first = at + 1
    start, end = bridge.start, bridge.end
    lines: list[tuple[str, Decimal, int, int]] = [
        (text("changes.start", lang), start.amount, start.customers, start.unknown)
    ]
    lines += [(text(f"changes.kind.{bar.kind}", lang), bar.amount, bar.customers, bar.unknown) for bar in bridge.bars]
    for place, (title, amount, customers, unknown) in enumerate(lines):
        sheet.write(first + place, 0, title, styles.strong)
        sheet.write_number(first + place, 1, float(amount), styles.money)
        sheet.write_number(first + place, 2, customers, styles.count)
        sheet.write_number(first + place, 3, unknown, styles.count)
    last = first + len(lines)
    sheet.write(last, 0, text("changes.end", lang), styles.strong)
    sheet.write_formula(last, 1, f"=SUM(B{first + 1}:B{last})", styles.money, float(end.amount))
    sheet.write_formula(last, 2, _counted(bridge, first), styles.count, end.customers)
    sheet.write_number(last, 3, end.unknown, styles.count)
    return last


def _counted(bridge: Bridge, first: int) -> str:
    """The formula of the customers at the end: a changed amount moves nobody."""
    signs = [
        f"{'+' if bar.kind in INFLOWS else '-'}C{first + 2 + at}"
        for at, bar in enumerate(bridge.bars)
        if bar.kind not in REPRICED
    ]
    return f"=C{first + 1}{''.join(signs)}"


def _deals(sheet: Any, styles: Styles, rows: Sequence[Mapping[str, object]], headers: Mapping[str, str]) -> None:
    sheet.hide_gridlines(2)
    sheet.freeze_panes(1, 2)
    dated = styles.make(num_format="yyyy-mm-dd", bottom=1, bottom_color="#DCE2EB")
    for column, (name, title) in enumerate(headers.items()):
        sheet.write(0, column, title, styles.head)
        widest = max([_width(title), *(_width(row.get(name)) for row in rows)])
        sheet.set_column(column, column, min(_WIDEST, widest + 3))
    for at, row in enumerate(rows, start=1):
        for column, name in enumerate(headers):
            value = row.get(name)
            if isinstance(value, Decimal):
                sheet.write_number(at, column, float(value), styles.money)
            elif isinstance(value, date):
                sheet.write_datetime(at, column, value, dated)
            elif isinstance(value, int):
                sheet.write_number(at, column, value, styles.count)
            elif value is not None:
                sheet.write_string(at, column, str(value), styles.plain)
    if rows:
        sheet.autofilter(0, 0, len(rows), len(headers) - 1)


def _width(value: object) -> int:
    words = f"{value:,.2f}" if isinstance(value, Decimal) else "" if value is None else str(value)
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in words)
