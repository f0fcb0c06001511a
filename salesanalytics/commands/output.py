"""How a command prints: one JSON document, or aligned lines for people."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal


def _plain(value: object) -> object:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(f"not JSON: {type(value).__name__}")


def as_json(document: object) -> str:
    """Return ``document`` as JSON: dates as ISO text, decimals as numbers, Chinese unescaped."""
    return json.dumps(document, ensure_ascii=False, indent=2, default=_plain, allow_nan=False)


def write(line: str = "") -> None:
    """Print a line, surviving consoles that cannot write Chinese."""
    encoding = sys.stdout.encoding or "utf-8"
    print(line.encode(encoding, errors="replace").decode(encoding))


def _width(cell: str) -> int:
    return sum(2 if unicodedata.east_asian_width(ch) in "WF" else 1 for ch in cell)


def write_table(headers: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print aligned columns; None shows as —."""
    cells = [["—" if cell is None else str(cell) for cell in row] for row in rows]
    widths = [max(map(_width, column)) for column in zip(headers, *cells, strict=True)]
    for row in (list(headers), *cells):
        write("  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip())


def write_records(records: Sequence[Mapping[str, object]]) -> None:
    """Print a table whose headers are the keys of the first record."""
    if records:
        headers = list(records[0])
        write_table(headers, [[record.get(header) for header in headers] for record in records])
