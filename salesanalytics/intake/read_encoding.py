"""Bytes → text, for files that do not say how they were encoded: UTF-8, UTF-16, GBK / GB18030, Big5, Western European."""

from __future__ import annotations

import codecs
import re

from salesanalytics.intake.unreadable import Unreadable

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_SAMPLE = 2**20
_CONTROLS = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x19\x1b-\x1f\x7f]")
_LONE_HIGH = re.compile(rb"(?<![\x80-\xff])[\xa0-\xff](?![\x80-\xff])")
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_FAMILIAR = 0.6  # of the double-byte characters of a text in the right encoding, well over this share are everyday ones


def decode(content: bytes) -> str:
    """Return the text of ``content``; raises Unreadable ``unreadable-text`` rather than guess, ``not-a-table`` for binary data."""
    text = _decoded(content)
    if len(_CONTROLS.findall(text[:_SAMPLE])) > max(2, len(text[:_SAMPLE]) // 200):
        raise Unreadable("not-a-table")
    return text


def _decoded(content: bytes) -> str:
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return _strict(content[len(bom) :], encoding)
    guess = _utf16_without_bom(content)
    if guess:
        return _strict(content, guess)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _legacy(content)


def _strict(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable("unreadable-text") from error


def _utf16_without_bom(content: bytes) -> str | None:
    """Separators, digits and line ends have a zero byte in UTF-16, always on the same side."""
    sample = content[:_SAMPLE]
    if len(content) % 2 or sample.count(0) < max(2, len(sample) // 50):
        return None
    big, little = sample[0::2].count(0), sample[1::2].count(0)
    if min(big, little) * 20 > max(big, little):
        return None
    encoding = "utf-16-be" if big > little else "utf-16-le"
    line_ends = ("\n".encode(encoding), "\r".encode(encoding), ",".encode(encoding), "\t".encode(encoding))
    return encoding if any(end in sample for end in line_ends) else None


def _legacy(content: bytes) -> str:
    candidates = []
    for encoding, familiar in (("gb18030", _familiar_in_gb), ("big5", _familiar_in_big5)):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        candidates.append((familiar(content[:_SAMPLE]), encoding == "gb18030", text))
    if candidates:
        share, _, text = max(candidates, key=lambda candidate: candidate[:2])
        if share >= _FAMILIAR:
            return text
    return _western(content)


def _pairs(sample: bytes) -> list[tuple[int, int]]:
    """The double-byte characters of a sample, read from left to right."""
    found = []
    for run in re.finditer(rb"(?:[\x81-\xfe][\x30-\xfe])+", sample):
        data = run.group(0)
        place = 0
        while place + 1 < len(data):
            if data[place] < 0x81:
                place += 1
                continue
            found.append((data[place], data[place + 1]))
            place += 2
    return found


def _familiar_in_gb(sample: bytes) -> float:
    """Share of characters among GB 2312's signs and its 3,755 everyday hanzi."""
    pairs = _pairs(sample)
    return sum(trail >= 0xA1 and (0xA1 <= lead <= 0xA9 or 0xB0 <= lead <= 0xD7) for lead, trail in pairs) / max(
        1, len(pairs)
    )


def _familiar_in_big5(sample: bytes) -> float:
    """Share of characters among Big5's signs and its 5,401 everyday hanzi."""
    pairs = _pairs(sample)
    return sum(0xA1 <= lead <= 0xC6 for lead, _ in pairs) / max(1, len(pairs))


def _western(content: bytes) -> str:
    """Windows-1252, only when accented letters stand alone between plain ones, as they do in Western European languages."""
    sample = content[:_SAMPLE]
    runs = len(_HIGH_RUN.findall(sample))
    if not runs or len(_LONE_HIGH.findall(sample)) < 0.9 * runs:
        raise Unreadable("unreadable-text")
    return _strict(content, "cp1252")
