"""The rows behind one number as an Excel workbook: a sheet that says what the number is, and one with its rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter

from salesanalytics.i18n import Lang, text
from salesanalytics.reports.excel import width_of
from salesanalytics.reports.excel_style import Styles


def rows_workbook(
    facts: Mapping[str, str], headers: Sequence[str], rows: Sequence[Sequence[object]], lang: Lang
) -> bytes:
    """Return the workbook. ``facts``: what is said of the number, by its heading; ``rows``: one cell a header, numbers and dates as such, never text that calculates."""
    stream = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(stream, options)
    styles = Styles(book, lang)
    summary, listed = (book.add_worksheet(text(f"number.sheet_{name}", lang)) for name in ("summary", "rows"))
    for line, (name, words) in enumerate(facts.items()):
        summary.write_string(line, 0, name, styles.muted)
        summary.write_string(line, 1, words, styles.make(text_wrap=True))
    summary.set_column(0, 0, width_of(list(facts)))
    summary.set_column(1, 1, 90)
    for column, name in enumerate(headers):
        listed.write_string(0, column, name, styles.head)
        listed.set_column(column, column, width_of([name, *(row[column] for row in rows[:200])]))
    for line, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            _put(listed, line, column, value, styles)
    listed.freeze_panes(1, 0)
    if rows:
        listed.autofilter(0, 0, len(rows), len(headers) - 1)
    book.close()
    return stream.getvalue()


def _put(sheet: Any, line: int, column: int, value: object, styles: Styles) -> None:
    match value:
        case None:
            return
        case int() | float() | Decimal():
            sheet.write_number(line, column, float(value), styles.make(num_format="#,##0.##########"))
        case date():
            moment = value if isinstance(value, datetime) else datetime.combine(value, time())
            sheet.write_datetime(line, column, moment, styles.make(num_format="yyyy-mm-dd"))
        case _:
            sheet.write_string(line, column, str(value), styles.make())
