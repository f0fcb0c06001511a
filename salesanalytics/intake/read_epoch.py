"""Does a workbook count its days from 1904, as old Excel for the Mac did? Calamine heeds it for dates, but not for plain numbers that mean dates."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from salesanalytics.intake.sniff import Format
from salesanalytics.intake.sniff_ole import dates_from_1904
from salesanalytics.intake.unreadable import Unreadable

_ENOUGH = 2**16  # the workbook's properties stand at the beginning of its part
_SAID_IN_XML = re.compile(rb"<(?:\w+:)?workbookPr\b[^>]*\bdate1904\s*=\s*[\"'](?:1|true)[\"']")
_WORKBOOK_PROPERTIES = 153  # BrtWbProp, [MS-XLSB] 2.4.822; the first bit of its flags is f1904


def counts_from_1904(content: bytes, form: Format) -> bool:
    """Say whether the workbook uses the 1904 date system; False where that cannot be told."""
    try:
        match form:
            case Format.XLSX:
                return _SAID_IN_XML.search(_beginning(content, "workbook.xml")) is not None
            case Format.XLSB:
                return _said_in_records(_beginning(content, "workbook.bin"))
            case Format.XLS:
                return dates_from_1904(content)
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, IndexError, Unreadable):
        return False
    return False


def _beginning(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for part in package.infolist():
            if part.filename.replace("\\", "/").lstrip("/").lower() == f"xl/{name}":
                with package.open(part) as stream:
                    return stream.read(_ENOUGH)
    return b""


def _said_in_records(part: bytes) -> bool:
    at = 0
    while at < len(part):
        kind, at = _number(part, at, 2)
        length, at = _number(part, at, 4)
        if kind == _WORKBOOK_PROPERTIES:
            return bool(part[at] & 1)
        at += length
    return False


def _number(part: bytes, at: int, most: int) -> tuple[int, int]:
    """Read a number of seven bits a byte, the low ones first; its end is the byte without the high bit."""
    value = 0
    for place in range(most):
        byte = part[at + place]
        value |= (byte & 0x7F) << (7 * place)
        if not byte & 0x80:
            return value, at + place + 1
    return value, at + most
