"""A look into the zip of an .xlsx, .xlsb or .ods: which of them, encrypted, a bomb, or laced with XML entities."""

from __future__ import annotations

import io
import zipfile
import zlib

from salesanalytics.intake.unreadable import Unreadable

_MOST_PARTS = 20_000
_MOST_INFLATED = 3 * 2**30
_BOMB_RATIO, _BOMB_BYTES = 400, 100 * 2**20  # sheets of blank formatted cells reach about 150 to 1
_HEAD = 16 * 1024


def look_into_zip(content: bytes) -> str:
    """Return ``xlsx``, ``xlsb`` or ``ods``.

    Raises Unreadable: ``corrupt``, ``encrypted``, ``not-a-table``, ``zip-bomb``, ``xml-entities``.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            _refuse_bombs(parts)
            # some writers on Windows put backslashes into the names
            names = {part.filename.replace("\\", "/").lstrip("/").lower(): part for part in parts}
            found = _kind(package, names)
            for name, part in names.items():
                if name.endswith((".xml", ".rels")):
                    _refuse_entities(package, part)
            return found
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as error:
        raise Unreadable("corrupt") from error
    except RuntimeError as error:  # zipfile's way of asking for a password
        raise Unreadable("encrypted") from error


def _refuse_bombs(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_INFLATED:
        raise Unreadable("zip-bomb")
    for part in parts:
        if part.file_size > _BOMB_BYTES and part.file_size > _BOMB_RATIO * max(part.compress_size, 1):
            raise Unreadable("zip-bomb")


def _kind(package: zipfile.ZipFile, names: dict[str, zipfile.ZipInfo]) -> str:
    if any(part.flag_bits & 0x1 for part in names.values()):
        raise Unreadable("encrypted")
    if "meta-inf/manifest.xml" in names:
        with package.open(names["meta-inf/manifest.xml"]) as manifest:
            if b"encryption-data" in manifest.read(2**20):
                raise Unreadable("encrypted")
    if "mimetype" in names and "content.xml" in names:
        with package.open(names["mimetype"]) as mimetype:
            if b"spreadsheet" in mimetype.read(200):
                return "ods"
        raise Unreadable("not-a-table")
    if any(name.endswith("xl/workbook.bin") for name in names):
        return "xlsb"
    if any(name.startswith("xl/") and name.endswith(".xml") for name in names) or "[content_types].xml" in names:
        if any(name.startswith(("word/", "ppt/")) for name in names):
            raise Unreadable("not-a-table")
        return "xlsx"
    raise Unreadable("not-a-table" if names else "empty")


def _refuse_entities(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """No spreadsheet program writes a DTD; it is only ever an attack (entities that multiply, or that read files)."""
    with package.open(part) as stream:
        head = stream.read(_HEAD).replace(b"\0", b"")
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise Unreadable("xml-entities")
