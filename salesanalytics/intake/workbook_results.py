"""The results of formulas put back into a saved workbook: openpyxl writes a formula without one, so until Excel computes it the cell reads as empty.

Only for a workbook whose values nobody changed: elsewhere an old result might no longer follow.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils import column_index_from_string
from openpyxl.utils.datetime import to_excel

from salesanalytics.intake.types import Cell, RawSheet

_FORMULA = re.compile(r'<c r="([A-Z]+)(\d+)"([^>]*)>(<f[^>]*>[^<]*</f>|<f[^>]*/>)(?:<v ?/>|<v></v>)</c>')
Results = Mapping[tuple[int, int], tuple[Cell, bool]]
"""(row, column), both from 1 → the value a formula had, and whether it is an Excel error"""


def with_results(content: bytes, book: Workbook, raws: Sequence[RawSheet]) -> bytes:
    """Return ``content``, the saved ``book``, with the results its formulas had when ``raws`` were read."""
    read = {raw.sheet: raw for raw in raws}
    paths = {sheet.path.lstrip("/"): read[sheet.title] for sheet in book.worksheets if sheet.title in read}
    out = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for entry in source.infolist():
            part = source.read(entry)
            if entry.filename in paths and b"<f" in part:
                part = _filled(part.decode(), _results(paths[entry.filename]), book.epoch).encode()
            target.writestr(entry, part, ZIP_DEFLATED)
    return out.getvalue()


def _results(raw: RawSheet) -> Results:
    values: dict[tuple[int, int], tuple[Cell, bool]] = {
        (number, at): (value, False)
        for number, row in zip(raw.row_numbers, raw.rows, strict=True)
        for at, value in enumerate(row, start=1)
        if value is not None and value != ""
    }
    for (index, position), sign in raw.error_cells.items():
        values[raw.row_numbers[index], position + 1] = (sign, True)
    return values


def _filled(xml: str, results: Results, epoch: datetime) -> str:
    def fill(found: re.Match[str]) -> str:
        column, row, attributes, formula = found.groups()
        known = results.get((int(row), column_index_from_string(column)))
        if known is None:
            return found.group()
        kind, value = _written(*known, epoch)
        return f'<c r="{column}{row}"{attributes}{kind}>{formula}<v>{value}</v></c>'

    return _FORMULA.sub(fill, xml)


def _written(value: Cell, failed: bool, epoch: datetime) -> tuple[str, str]:
    """Return the type attribute and the text of a result, as SpreadsheetML writes them."""
    if failed:
        return ' t="e"', escape(str(value))
    if isinstance(value, bool):
        return ' t="b"', str(int(value))
    if isinstance(value, datetime | date | time):
        bare: Any = value.replace(tzinfo=None) if isinstance(value, datetime | time) else value
        return "", repr(to_excel(bare, epoch))
    if isinstance(value, int | float):
        return "", repr(value)
    return ' t="str"', escape(ILLEGAL_CHARACTERS_RE.sub("", str(value)))
