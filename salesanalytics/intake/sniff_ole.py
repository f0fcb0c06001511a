"""A look into the OLE container of an .xls: is there a workbook, is it encrypted, do its chains end.

Checked before calamine sees it, because a chain of sectors that loops makes it allocate until the process is aborted.
Layout: [MS-CFB] and [MS-XLS] of Microsoft's open specifications.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from salesanalytics.intake.unreadable import Unreadable

_LAST_REAL_SECTOR = 0xFFFFFFFA
_MINI_CUTOFF = 4096
_ENTRY_BYTES = 128
_FILEPASS, _EOF_RECORD, _DATE_MODE = 0x2F, 0x0A, 0x22


@dataclass(frozen=True)
class _Entry:
    name: str
    kind: int  # 1 storage, 2 stream, 5 root
    start: int
    size: int


def look_into_ole(content: bytes) -> None:
    """Raise Unreadable (``encrypted``, ``corrupt``, ``not-a-table``) unless ``content`` holds a readable Excel workbook stream."""
    try:
        container = _Container(content)
        entries = container.entries()
        names = {entry.name.lower(): entry for entry in entries if entry.kind == 2}
        if "encryptedpackage" in names or "encryptioninfo" in names:
            raise Unreadable("encrypted")
        book = names.get("workbook") or names.get("book")
        if book is None:
            raise Unreadable("not-a-table" if names else "corrupt")
        if book.size >= _MINI_CUTOFF:  # looked at before its chain is followed: an encrypted file may be damaged too
            _refuse_encrypted_biff(container.sector(book.start))
        _refuse_encrypted_biff(container.stream(book, entries[0]))
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise Unreadable("corrupt") from error


def dates_from_1904(content: bytes) -> bool:
    """Say whether the workbook of a container that was looked into counts days from 1904 ([MS-XLS] 2.4.77 Date1904)."""
    container = _Container(content)
    entries = container.entries()
    names = {entry.name.lower(): entry for entry in entries if entry.kind == 2}
    book = names.get("workbook") or names.get("book")
    stream = container.stream(book, entries[0]) if book else b""
    offset = 0
    while offset + 6 <= len(stream):
        record, length, value = struct.unpack_from("<HHH", stream, offset)
        if record in (_DATE_MODE, _EOF_RECORD):
            return bool(record == _DATE_MODE and value)
        offset += 4 + length
    return False


class _Container:
    """The sectors of one container, and the table that chains them."""

    def __init__(self, content: bytes) -> None:
        shift, mini_shift = struct.unpack_from("<HH", content, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise Unreadable("corrupt")
        self._content = content
        self._size = 1 << shift
        self._first_directory = struct.unpack_from("<I", content, 48)[0]
        self._first_mini_fat = struct.unpack_from("<I", content, 60)[0]
        self._fat = self._read_fat()

    def entries(self) -> list[_Entry]:
        data = self._chain(self._first_directory)
        found = []
        for offset in range(0, len(data) - _ENTRY_BYTES + 1, _ENTRY_BYTES):
            name_bytes = struct.unpack_from("<H", data, offset + 64)[0]
            kind = data[offset + 66]
            if kind == 0 or not 2 <= name_bytes <= 64:
                continue
            name = data[offset : offset + name_bytes - 2].decode("utf-16-le", "replace")
            start, size = struct.unpack_from("<II", data, offset + 116)
            found.append(_Entry(name, kind, start, size))
        if not found:
            raise Unreadable("corrupt")
        return found

    def stream(self, entry: _Entry, root: _Entry) -> bytes:
        if entry.size >= _MINI_CUTOFF:
            return self._chain(entry.start)[: entry.size]
        mini = self._chain(root.start)
        mini_fat = _numbers(self._chain(self._first_mini_fat))
        parts = [mini[sector * 64 : sector * 64 + 64] for sector in _walk(mini_fat, entry.start)]
        return b"".join(parts)[: entry.size]

    def _read_fat(self) -> list[int]:
        sectors = [number for number in struct.unpack_from("<109I", self._content, 76) if number < _LAST_REAL_SECTOR]
        extra = struct.unpack_from("<I", self._content, 68)[0]
        seen: set[int] = set()
        while extra < _LAST_REAL_SECTOR:
            if extra in seen:
                raise Unreadable("corrupt")
            seen.add(extra)
            numbers = _numbers(self.sector(extra))
            sectors += [number for number in numbers[:-1] if number < _LAST_REAL_SECTOR]
            extra = numbers[-1]
        if len(sectors) * self._size > len(self._content) + self._size:
            raise Unreadable("corrupt")
        return [number for sector in sectors for number in _numbers(self.sector(sector))]

    def sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        if start >= len(self._content):
            raise Unreadable("corrupt")
        return self._content[start : start + self._size]

    def _chain(self, start: int) -> bytes:
        return b"".join(self.sector(number) for number in _walk(self._fat, start))


def _numbers(data: bytes) -> list[int]:
    count = len(data) // 4
    return list(struct.unpack_from(f"<{count}I", data))


def _walk(table: list[int], start: int) -> list[int]:
    """Follow a chain; one that returns to itself, or leaves the table, is corrupt."""
    path: list[int] = []
    seen: set[int] = set()
    while start < _LAST_REAL_SECTOR:
        if start in seen:
            raise Unreadable("corrupt")
        seen.add(start)
        path.append(start)
        start = table[start]
    return path


def _refuse_encrypted_biff(stream: bytes) -> None:
    """FILEPASS, if there is one, stands among the first records of the workbook's globals."""
    offset = 0
    while offset + 4 <= len(stream):
        record, length = struct.unpack_from("<HH", stream, offset)
        if record == _FILEPASS:
            raise Unreadable("encrypted")
        if record == _EOF_RECORD:
            return
        offset += 4 + length
