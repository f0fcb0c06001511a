from __future__ import annotations

import io
import struct
import zipfile

import openpyxl
import pytest

from salesanalytics.intake.sniff import Format, sniff
from salesanalytics.intake.unreadable import Unreadable


def zipped(parts: dict[str, bytes], *, compress: bool = True) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return out.getvalue()


def kind_of(content: bytes) -> str:
    with pytest.raises(Unreadable) as refusal:
        sniff(content)
    return refusal.value.kind


def xlsx() -> bytes:
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    return out.getvalue()


def test_formats_by_content() -> None:
    assert sniff(xlsx()) is Format.XLSX
    assert sniff(zipped({"xl/workbook.bin": b"x"})) is Format.XLSB
    ods = {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<a/>"}
    assert sniff(zipped(ods)) is Format.ODS
    assert sniff("编号,名称\n1,a\n".encode("gbk")) is Format.TEXT


def test_backslash_names_are_still_a_workbook() -> None:
    assert sniff(zipped({"xl\\workbook.xml": b"<workbook/>", "[Content_Types].xml": b"<Types/>"})) is Format.XLSX


def test_other_zips() -> None:
    assert kind_of(zipped({"word/document.xml": b"<a/>", "[Content_Types].xml": b"<a/>"})) == "not-a-table"
    assert kind_of(zipped({"photo.jpg": b"x"})) == "not-a-table"
    assert (
        kind_of(zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"}))
        == "not-a-table"
    )


def test_cut_short_zip_is_corrupt() -> None:
    assert kind_of(xlsx()[:-200]) == "corrupt"


def test_encrypted_ods() -> None:
    manifest = b'<manifest:file-entry><manifest:encryption-data manifest:checksum="x"/></manifest:file-entry>'
    mimetype = b"application/vnd.oasis.opendocument.spreadsheet"
    assert (
        kind_of(zipped({"mimetype": mimetype, "content.xml": b"\x00\x01", "META-INF/manifest.xml": manifest}))
        == "encrypted"
    )


def test_zip_entry_with_a_password() -> None:
    content = bytearray(zipped({"xl/workbook.xml": b"<a/>"}))
    directory = content.index(b"PK\x01\x02")
    content[6] |= 1
    content[directory + 8] |= 1
    assert kind_of(bytes(content)) == "encrypted"


def test_zip_bomb_is_seen_before_it_is_inflated() -> None:
    sheet = b"<worksheet>" + b" " * (120 * 2**20)
    assert kind_of(zipped({"xl/workbook.xml": b"<a/>", "xl/worksheets/sheet1.xml": sheet})) == "zip-bomb"


def test_declared_sizes_beyond_all_reason() -> None:
    content = bytearray(zipped({"xl/workbook.xml": b"<a/>"}))
    directory = content.index(b"PK\x01\x02")
    struct.pack_into("<I", content, directory + 24, 4 * 10**9)
    assert kind_of(bytes(content)) == "zip-bomb"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_xml_entities(encoding: str) -> None:
    bomb = '<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'.encode(encoding)
    assert kind_of(zipped({"xl/workbook.xml": b"<a/>", "xl/worksheets/sheet1.xml": bomb})) == "xml-entities"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "empty"),
        (b" \r\n\0", "empty"),
        (b"%PDF-1.4", "not-a-table"),
        (b"\x09\x00\x04\x00\x02\x00\x10\x00", "old-format"),
        (b"\x09\x04\x06\x00\x00\x00\x10\x00", "old-format"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "corrupt"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 2000, "corrupt"),
        ("\ufeff<html xmlns:x='urn:schemas-microsoft-com:office:excel'>".encode("utf-16-le"), "web-page"),
    ],
)
def test_refused_by_first_bytes(content: bytes, kind: str) -> None:
    assert kind_of(content) == kind


def ole(streams: dict[str, bytes], *, loop: bool = False) -> bytes:
    """A minimal container: header, one FAT sector, one directory sector, then each stream padded to 4,096 bytes (8 sectors)."""
    fat = [0xFFFFFFFD, 0xFFFFFFFE]
    entries = [entry("Root Entry", 5, 0xFFFFFFFE, 0)]
    body = b""
    for name, data in streams.items():
        start = len(fat)
        chain = list(range(start + 1, start + 8))
        fat += [*chain, start if loop else 0xFFFFFFFE]
        entries.append(entry(name, 2, start, 4096))
        body += data.ljust(4096, b"\0")
    fat += [0xFFFFFFFF] * (128 - len(fat))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    header += (
        struct.pack("<IIIIIIIII", 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0) + struct.pack("<I", 0xFFFFFFFF) * 108
    )
    return header.ljust(512, b"\xff") + struct.pack("<128I", *fat) + b"".join(entries).ljust(512, b"\0") + body


def entry(name: str, kind: int, start: int, size: int) -> bytes:
    encoded = name.encode("utf-16-le") + b"\0\0"
    return (
        encoded.ljust(64, b"\0")
        + struct.pack("<HBB", len(encoded), kind, 1)
        + struct.pack("<III", *(3 * [0xFFFFFFFF]))
        + bytes(36)
        + struct.pack("<III", start, size, 0)
    )


BOF = struct.pack("<HH", 0x0809, 16) + bytes(16)
EOF = struct.pack("<HH", 0x000A, 0)


def test_ole_with_a_plain_workbook() -> None:
    assert sniff(ole({"Workbook": BOF + EOF})) is Format.XLS


def test_ole_encryption_told_apart() -> None:
    assert kind_of(ole({"EncryptedPackage": b"x"})) == "encrypted"
    assert kind_of(ole({"Workbook": BOF + struct.pack("<HH", 0x2F, 6) + bytes(6) + EOF})) == "encrypted"


def test_ole_of_another_program() -> None:
    assert kind_of(ole({"WordDocument": b"x"})) == "not-a-table"


def test_ole_whose_sectors_run_in_a_circle() -> None:
    assert kind_of(ole({"Workbook": BOF + EOF}, loop=True)) == "corrupt"
