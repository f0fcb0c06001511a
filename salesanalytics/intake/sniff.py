"""What a file really is, from its first bytes and its directory, whatever its name ends in. Runs in the reading child: standard library only."""

from __future__ import annotations

from enum import StrEnum

from salesanalytics.intake.sniff_ole import look_into_ole
from salesanalytics.intake.sniff_zip import look_into_zip
from salesanalytics.intake.unreadable import Unreadable


class Format(StrEnum):
    """The families of files that can be read."""

    XLSX = "xlsx"
    XLSB = "xlsb"
    XLS = "xls"
    ODS = "ods"
    TEXT = "text"


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NOT_TABLES = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"7z\xbc\xaf",
    b"Rar!",
    b"\x7fELF",
    b"MZ\x90",
)
# BOF records of Excel 2 to 5 written without a container: record number, then its length
_OLD_EXCEL = (b"\x09\x00\x04\x00", b"\x09\x00\x06\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x08\x00")
_LOTUS_AND_QUATTRO = (b"\x00\x00\x02\x00", b"\x00\x00\x1a\x00")


def sniff(content: bytes) -> Format:
    """Return the format of ``content`` (a whole file).

    Raises Unreadable: ``empty``, ``encrypted``, ``corrupt``, ``not-a-table``, ``old-format``, ``web-page``, ``zip-bomb``, ``xml-entities``.
    """
    if not content.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise Unreadable("empty")
    if content.startswith(_OLE):
        look_into_ole(content)
        return Format.XLS
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return Format(look_into_zip(content))
    if content.startswith(_NOT_TABLES):
        raise Unreadable("not-a-table")
    if content.startswith(_OLD_EXCEL) or content.startswith(_LOTUS_AND_QUATTRO):
        raise Unreadable("old-format")
    _refuse_markup(content)
    return Format.TEXT


def _refuse_markup(content: bytes) -> None:
    """Many systems save a web page, or the XML of Excel 2003, under the name .xls."""
    head = content[:4096].replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n\xff\xfe").lower()
    if not head.startswith(b"<"):
        return
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head and b"<workbook" in head:
        raise Unreadable("old-format")
    if (
        head.startswith((b"<html", b"<!doctype html", b"<table", b"<head", b"<body", b"<meta", b"<style", b"<div"))
        or b"<html" in head
    ):
        raise Unreadable("web-page")
    if head.startswith((b"<?xml", b"<!doctype")):
        raise Unreadable("not-a-table")
