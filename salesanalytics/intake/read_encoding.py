"""Bytes → text, for files that do not say how they were encoded: UTF-8, UTF-16, GBK / GB18030, Big5, Western European."""

from __future__ import annotations

import codecs
import re
from collections import Counter

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
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_FAMILIAR = 0.7  # in the right encoding well over this share of the characters are everyday ones


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
    """The encoding that yields more everyday characters; GB 18030 where they are equal."""
    best, best_share = "", 0.0
    for encoding in ("gb18030", "big5"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        share = _familiar_share(text[:_SAMPLE])
        if share > best_share:
            best, best_share = text, share
    return best if best_share >= _FAMILIAR else _western(content)


def _familiar_share(text: str) -> float:
    """Share of the characters beyond ASCII that are signs or everyday hanzi, simplified or traditional."""
    counts = Counter(character for character in text if character > "\x7f")
    return sum(count for character, count in counts.items() if _is_familiar(character)) / max(1, counts.total())


def _is_familiar(character: str) -> bool:
    """GB 2312's signs and first level (3,755 hanzi), Big5's first level (5,401)."""
    gb, big5 = character.encode("gb2312", "ignore"), character.encode("big5", "ignore")
    in_gb = len(gb) == 2 and (gb[0] <= 0xA3 or 0xB0 <= gb[0] <= 0xD7)
    return in_gb or (len(big5) == 2 and 0xA4 <= big5[0] <= 0xC6)


def _western(content: bytes) -> str:
    """Windows-1252, only when accented letters are few and stand mostly alone, as they do in Western European languages."""
    runs = [len(run) for run in _HIGH_RUN.findall(content[:_SAMPLE])]
    lone = runs.count(1)
    if (
        not runs
        or max(runs) > 3
        or lone < 0.7 * len(runs)
        or sum(runs) > 0.2 * len(content[:_SAMPLE])
        or b"\0" in content
    ):
        raise Unreadable("unreadable-text")
    return _strict(content, "cp1252")
