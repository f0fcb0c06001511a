"""Text tables (csv, tsv, txt): encoding, separator, records. Every cell stays text. Runs in the child."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from salesanalytics.intake.inert_text import as_written
from salesanalytics.intake.read_encoding import decode
from salesanalytics.intake.read_wire import BLOCK_ROWS, pack_columns
from salesanalytics.intake.unreadable import Unreadable

Send = Callable[[tuple[Any, ...]], None]
_SEPARATORS = (",", "\t", ";", "|")
_SAMPLE_RECORDS = 100
_LONGEST_FIELD = 2**31 - 1
_EXCEL_HINT = re.compile(r"sep=(.)(?:\r\n|\r|\n)", re.IGNORECASE)


def read_text(content: bytes, limits: dict[str, Any], send: Send) -> None:
    """Send ``content`` as one sheet without a name; raises Unreadable: ``unreadable-text``, ``not-a-table``, ``empty``, ``too-many-…``."""
    csv.field_size_limit(_LONGEST_FIELD)
    text = decode(content).replace("\0", "").rstrip("\x1a")
    if not text.strip():
        raise Unreadable("empty")
    hint = _EXCEL_HINT.match(text)
    skipped = 0
    if hint:
        text, skipped = text[hint.end() :], 1
    separator = hint.group(1) if hint else _separator(text)
    quoting = csv.QUOTE_NONE if _quote_never_closes(text, separator) else csv.QUOTE_MINIMAL
    send(("sheet", "", False))
    send(("expect", text.count("\n")))
    width = _send_records(_records(text, separator, quoting, skipped), limits, send)
    send(("marks", width, [], {}))


def _separator(text: str) -> str:
    """The separator whose records agree most on their number of fields; a comma when there is only one column."""
    best, best_score = ",", 0.0
    sample = text[:200_000]
    for separator in _SEPARATORS:
        reader = csv.reader(io.StringIO(sample, newline=""), delimiter=separator)
        counts = Counter(len(record) for record in islice(reader, _SAMPLE_RECORDS) if any(record))
        fields, agreeing = max(counts.items(), key=lambda item: (item[1] * (item[0] > 1), item[0]), default=(1, 0))
        share = agreeing / max(1, counts.total())
        score = share * share * (1 + min(fields, 50) / 50) if fields > 1 else 0.0
        if score > best_score:
            best, best_score = separator, score
    return best


def _quote_never_closes(text: str, separator: str) -> bool:
    """A quotation mark left open would swallow the rest of the file into one cell; then quotes are read as plain characters."""
    if text.count('"') % 2 == 0:
        return False
    try:
        for _ in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            pass
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False


def _records(text: str, separator: str, quoting: int, skipped: int) -> Iterator[tuple[int, list[str]]]:
    """Records with the number of their first line, without the apostrophes our own exports set before what looks like a formula."""
    marked = "'" in text
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, quoting=quoting)  # type: ignore[arg-type]
    first = 1 + skipped
    for record in reader:
        yield first, [as_written(cell) for cell in record] if marked else record
        first = reader.line_num + 1 + skipped


def _send_records(records: Iterator[tuple[int, list[str]]], limits: dict[str, Any], send: Send) -> int:
    """Send non-empty records in blocks, with one blank record where there were blank ones between; return the width."""
    width = cells = count = 0
    blank: int | None = None
    numbers: list[int] = []
    rows: list[list[str]] = []
    for number, record in records:
        if not any(cell.strip() for cell in record):
            blank = blank or number
            continue
        if blank and count:
            numbers.append(blank)
            rows.append([])
        blank = None
        numbers.append(number)
        rows.append(record)
        count += 1
        cells += len(record)
        _refuse_size(count, len(record), cells, limits)
        if len(rows) >= BLOCK_ROWS:
            width = max(width, _send_block(numbers, rows, send))
            numbers, rows = [], []
    return max(width, _send_block(numbers, rows, send)) if rows else width


def _send_block(numbers: list[int], rows: list[list[str]], send: Send) -> int:
    width = max(map(len, rows))
    for row in rows:
        if len(row) < width:
            row.extend([""] * (width - len(row)))
    columns = pack_columns(rows)
    while columns and columns[-1] is None:
        columns.pop()
    send(("rows", numbers, columns))
    return len(columns)


def _refuse_size(rows: int, columns: int, cells: int, limits: dict[str, Any]) -> None:
    for kind, found, limit in (
        ("too-many-rows", rows, limits["max_rows"]),
        ("too-many-columns", columns, limits["max_columns"]),
        ("too-many-cells", cells, limits["max_cells"]),
    ):
        if found > limit:
            raise Unreadable(kind, found=found, limit=limit)
