"""How our workbooks look: the colours of the design, number formats by kind, and widths that fit Chinese."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from salesanalytics.intake.types import Cell
from salesanalytics.tables import Kind

PRIMARY, ON_PRIMARY, TEXT, MUTED = "1D5FC2", "FFFFFF", "131C2E", "56627A"
EXPECTED_FILL, OPTIONAL_FILL, LINE = "B3CEF1", "EEF2F7", "DCE2EB"

NARROWEST, WIDEST = 11, 48

NUMBER_FORMATS: Mapping[Kind, str] = {
    Kind.ID: "@",
    Kind.PERIOD: "@",
    Kind.DATE: "yyyy-mm-dd",
    Kind.TIMESTAMP: "yyyy-mm-dd hh:mm",
    Kind.MONEY: "#,##0",
    Kind.COUNT: "#,##0",
    Kind.SHARE: "0.0%",
}

BODY_FONT = Font(name="Microsoft YaHei", size=11, color=TEXT)
EXAMPLE_FONT = Font(name="Microsoft YaHei", size=11, color=MUTED)
TITLE_FONT = Font(name="Microsoft YaHei", size=17, bold=True, color=TEXT)
MUTED_FONT = Font(name="Microsoft YaHei", size=11, color=MUTED)
BOLD_FONT = Font(name="Microsoft YaHei", size=11, bold=True, color=TEXT)
SECTION_FONT = Font(name="Microsoft YaHei", size=13, bold=True, color=PRIMARY)
HEADER_FONT = BOLD_FONT
PRIMARY_HEADER_FONT = Font(name="Microsoft YaHei", size=11, bold=True, color=ON_PRIMARY)

HEADER_ALIGNMENT = Alignment(horizontal="center", vertical="center", wrap_text=True)
LEFT = Alignment(horizontal="left", vertical="center", indent=1)
RIGHT = Alignment(horizontal="right", vertical="center", indent=1)
PADDED = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
NUMERIC = frozenset((Kind.MONEY, Kind.COUNT, Kind.NUMBER, Kind.SHARE))
ROW_HEIGHT = 20.0
THIN_LINE = Border(bottom=Side(style="thin", color=LINE))
HEADER_LINE = Border(right=Side(style="thin", color=ON_PRIMARY), bottom=Side(style="thin", color=PRIMARY))


def filled(colour: str) -> PatternFill:
    """Return a solid fill."""
    return PatternFill("solid", start_color=colour, end_color=colour)


def display_width(text: str) -> int:
    """Return how many Latin characters wide ``text`` stands: Chinese counts two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in text)


def column_width(cells: Iterable[Cell]) -> float:
    """Return a width for a column with these cells, in Excel's character units, between the narrowest and the widest."""
    widest = max((display_width(_shown(cell)) for cell in cells), default=0)
    return float(min(max(widest + 3, NARROWEST), WIDEST))


def number_format(kind: Kind | None, value: Cell = None) -> str:
    """Return Excel's number format for ``value`` in a column of ``kind``; what has no part of a unit or of a day shows none."""
    if kind is Kind.TIMESTAMP and isinstance(value, datetime) and value.time() == time():
        return NUMBER_FORMATS[Kind.DATE]
    if kind is Kind.MONEY and isinstance(value, float) and not value.is_integer():
        return "#,##0.00"
    if kind is Kind.SHARE and isinstance(value, float) and round(value * 100, 6).is_integer():
        return "0%"
    return NUMBER_FORMATS.get(kind, "General") if kind else "General"


def body_alignment(kind: Kind | None) -> Alignment:
    """Return numbers to the right, everything else to the left; a little air to the neighbour."""
    return RIGHT if kind in NUMERIC else LEFT


def _shown(cell: Cell) -> str:
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float):
        return f"{cell:,.2f}"
    return "" if cell is None else str(cell)
