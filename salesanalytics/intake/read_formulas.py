"""Which cells of an .xlsx are formulas nobody computed, and which show an error: calamine gives both as blank.

The XML of each sheet is looked through for formulas and error cells; only sheets that have some are searched cell by cell.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree

from salesanalytics.intake.unreadable import Unreadable

_CHUNK = 2**20
_SIGNS = (b"<f>", b"<f ", b"<f/", b":f>", b":f ", b't="e"', b"t='e'")
_FORMULA_OR_ERROR = re.compile(
    rb"<(?:\w+:)?c(?=\s)([^>]*?)(?<!/)>\s*(?:<(?:\w+:)?f\b[^>]*?(?:/>|>[^<]*</(?:\w+:)?f>))?\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v\b[^>]*>([^<]*)</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_PLACE = re.compile(rb"\br=[\"']([A-Z]{1,3})(\d{1,7})[\"']")
_TYPE = re.compile(rb"\bt=[\"'](\w+)[\"']")
_HAS_VALUE = re.compile(rb"<(?:\w+:)?v[ />]")  # an empty one, in a cell of type str, is a formula whose result is ""
_HAS_FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")


@dataclass(frozen=True)
class Marks:
    """Cells of a sheet as (Excel row, column from 0): formulas without a value, and errors with what Excel shows."""

    uncomputed: frozenset[tuple[int, int]] = frozenset()
    errors: dict[tuple[int, int], str] = field(default_factory=dict)

    @property
    def rows(self) -> frozenset[int]:
        """The Excel rows that hold any of them."""
        return frozenset(row for row, _ in (*self.uncomputed, *self.errors))


NO_MARKS = Marks()


def scan_formulas(content: bytes) -> dict[str, Marks]:
    """Return the marks of each sheet that has any, by sheet name. ``content`` is a whole .xlsx; raises Unreadable (``corrupt``)."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = {part.filename.replace("\\", "/").lstrip("/"): part for part in package.infolist()}
            worth = [
                name
                for name in parts
                if name.endswith(".xml") and "sheet" in name.lower() and _interesting(package, parts[name])
            ]
            if not worth:
                return {}
            found = {}
            for sheet, name in _sheet_parts(package, parts):
                if name in worth:
                    marks = _marks(package, parts[name])
                    if marks.uncomputed or marks.errors:
                        found[sheet] = marks
            return found
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, ElementTree.ParseError) as error:
        raise Unreadable("corrupt") from error


def _interesting(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    tail = b""
    with package.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            seam = tail + chunk[:8]
            if any(sign in chunk or sign in seam for sign in _SIGNS):
                return True
            tail = chunk[-8:]
    return False


def _sheet_parts(package: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo]) -> Iterator[tuple[str, str]]:
    """Pairs of sheet name and the part that holds it, through the workbook's relations."""
    book = next((name for name in parts if name.lower().endswith("workbook.xml")), None)
    relations = posixpath.join(posixpath.dirname(book or ""), "_rels", posixpath.basename(book or "") + ".rels")
    if book is None or relations not in parts:
        return
    targets = {}
    for node in _nodes(package, parts[relations], "Relationship"):
        target = node.get("Target", "").replace("\\", "/")
        joined = target.lstrip("/") if target.startswith("/") else posixpath.join(posixpath.dirname(book), target)
        targets[node.get("Id", "")] = posixpath.normpath(joined)
    for node in _nodes(package, parts[book], "sheet"):
        link = next((value for name, value in node.attrib.items() if name.endswith("}id")), "")
        yield node.get("name", ""), targets.get(link, "")


def _nodes(package: zipfile.ZipFile, part: zipfile.ZipInfo, tag: str) -> Iterator[ElementTree.Element]:
    # a DTD was refused when the file was sniffed, so no entity can multiply here
    with package.open(part) as stream:
        root = ElementTree.parse(stream).getroot()  # noqa: S314
    return (node for node in root.iter() if node.tag.rpartition("}")[2] == tag)


def _marks(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> Marks:
    uncomputed: set[tuple[int, int]] = set()
    errors: dict[tuple[int, int], str] = {}
    for block in _whole_cells(package, part):
        for cell in _FORMULA_OR_ERROR.finditer(block):
            attributes, value = cell.group(1), cell.group(2)
            kind = _TYPE.search(attributes)
            name = kind.group(1) if kind else b"n"
            place = _PLACE.search(attributes)
            if place is None:
                continue
            if name == b"e":
                errors[_row_column(place)] = (value or b"").decode("utf-8", "replace")
            elif (
                not value
                and _HAS_FORMULA.search(cell.group(0))
                and not (name == b"str" and _HAS_VALUE.search(cell.group(0)))
            ):
                uncomputed.add(_row_column(place))
    return Marks(frozenset(uncomputed), errors)


def _whole_cells(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The sheet's XML in pieces that end at the end of a cell."""
    rest = b""
    with package.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            rest += chunk
            end = max(rest.rfind(b"</c>") + 4, rest.rfind(b":c>") + 3)
            if end > 3:
                yield rest[:end]
                rest = rest[end:]


def _row_column(place: re.Match[bytes]) -> tuple[int, int]:
    column = 0
    for letter in place.group(1):
        column = column * 26 + letter - 64
    return int(place.group(2)), column - 1
