"""What a column's values say about its header: dates are no amounts, amounts no dates, and neither of them names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, time

from salesanalytics.intake.types import Cell
from salesanalytics.tables import Kind

SAMPLE = 60  # rows looked at below a header
_ENOUGH = 3  # fewer values prove nothing
_CONTRADICTS = 0.9
_SERIALS = (10_000, 80_000)
_DATE_TEXT = re.compile(r"^\s*(?:\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}|\d{1,2}[-/]\d{1,2}[-/]\d{4})")
_DATES = (Kind.DATE, Kind.TIMESTAMP)
_NUMBERS = (Kind.MONEY, Kind.COUNT, Kind.NUMBER, Kind.SHARE)


def contradicts(kind: Kind, cells: Sequence[Cell]) -> bool:
    """Say whether nearly all of these cells (at least three that hold something) cannot be values of ``kind``."""
    filled = [cell for cell in cells if cell is not None and (type(cell) is not str or cell.strip(" -—/"))]
    if len(filled) < _ENOUGH:
        return False
    return sum(_cannot_be(kind, cell) for cell in filled) >= _CONTRADICTS * len(filled)


def _cannot_be(kind: Kind, cell: Cell) -> bool:
    if kind in _DATES:
        return _is_no_date(cell)
    if kind in _NUMBERS:
        return _is_date(cell) or _has_no_digit(cell)
    if kind in (Kind.TEXT, Kind.STAGE, Kind.BOOLEAN):
        return _is_date(cell)
    return False


def _is_date(cell: Cell) -> bool:
    return isinstance(cell, date | time) or (isinstance(cell, str) and _DATE_TEXT.match(cell) is not None)


def _is_no_date(cell: Cell) -> bool:
    if isinstance(cell, bool):
        return True
    if isinstance(cell, int | float):
        return not (_SERIALS[0] <= cell <= _SERIALS[1] or 19_000_101 <= cell <= 21_001_231)
    return _has_no_digit(cell)


def _has_no_digit(cell: Cell) -> bool:
    return isinstance(cell, str) and len(cell) > 1 and not any(sign.isdigit() for sign in cell)
