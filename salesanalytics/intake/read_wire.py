"""How cells travel from the reading child to the parent: blocks of columns, marshalled (three times as fast as pickle).

Marshal knows no dates, so a date, datetime or time travels as the bytes of its own state, which its constructor takes back.
Equal texts of a block travel once and stay one object in the parent, which keeps memory low.
"""

from __future__ import annotations

import marshal
import struct
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, BinaryIO

BLOCK_ROWS = 4096
_TEMPORAL_BY_BYTES = {4: date, 6: time, 10: datetime}
_LENGTH = struct.Struct("<Q")


def write_message(stream: BinaryIO, message: Any) -> None:
    """Write one message (anything marshal takes) with its length before it."""
    data = marshal.dumps(message)
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)


def read_message(stream: BinaryIO) -> Any:
    """Read one message; ``EOFError`` when the other side is gone."""
    length = _LENGTH.unpack(_read_exactly(stream, _LENGTH.size))[0]
    return marshal.loads(_read_exactly(stream, length))  # noqa: S302 - both ends are this program


def _read_exactly(stream: BinaryIO, count: int) -> bytes:
    data = stream.read(count)
    if len(data) < count:
        raise EOFError
    return data


def pack_columns(rows: Sequence[Sequence[Any]]) -> list[bytes | None]:
    """Turn rows of equal width into packed columns: None (all blank), or (holds dates, values) marshalled, blanks as None.

    Each column is packed by itself, so that the parent can keep it as it came and unpack one without the others.
    """
    shared: dict[str, str | None] = {"": None}
    packed = [_pack(column, shared) for column in zip(*rows, strict=True)]
    return [None if column is None else marshal.dumps(column) for column in packed]


def _pack(column: Sequence[Any], shared: dict[str, str | None]) -> tuple[bool, list[Any]] | None:
    types = set(map(type, column))
    if types == {str}:
        return _pack_texts(column)
    if types <= {int, float, bool}:
        return False, list(column)
    if types == {type(None)}:
        return None
    return not types <= {int, float, bool, str, type(None)}, [_pack_cell(cell, shared) for cell in column]


def _pack_texts(column: Sequence[str]) -> tuple[bool, list[Any]] | None:
    one_of_each: dict[str, str | None] = {text: text for text in column}
    if "" in one_of_each:
        one_of_each[""] = None
        if len(one_of_each) == 1:
            return None
    return False, list(map(one_of_each.__getitem__, column))


def _pack_cell(cell: Any, shared: dict[str, str | None]) -> object:
    if isinstance(cell, str):
        return shared.setdefault(cell, cell)
    if isinstance(cell, timedelta):
        return cell.total_seconds() / 86400  # Excel's own number for a duration: days
    if isinstance(cell, date | time):
        return cell.__reduce__()[1][0]
    return cell


def unpack_rows(columns: Sequence[bytes | None], height: int) -> list[list[Any]]:
    """Turn packed columns back into rows."""
    unpacked = [unpack_column(column, height) for column in columns]
    return [list(row) for row in zip(*unpacked, strict=True)] if unpacked else [[] for _ in range(height)]


def unpack_column(column: bytes | None, height: int) -> list[Any]:
    """Turn one packed column back into its cells."""
    if column is None:
        return [None] * height
    holds_dates, values = marshal.loads(column)  # noqa: S302 - packed by this program
    return _with_dates(values) if holds_dates else values


def _with_dates(values: list[Any]) -> list[Any]:
    known: dict[bytes, Any] = {}
    for value in values:
        if type(value) is bytes and value not in known:
            known[value] = _TEMPORAL_BY_BYTES[len(value)](value)
    return [known[value] if type(value) is bytes else value for value in values]
