"""Which column a header is named after, and how sure that is: the same spelling, the same wording, or only a likeness."""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from salesanalytics.intake.header_vocabulary import column_by_bones, lexicon, spellings_with_turns, vocabulary
from salesanalytics.intake.header_wording import Bones, bones, deeds, english_words, looser, turns
from salesanalytics.tables import BY_NAME, Kind, Table
from salesanalytics.tables.headers import header_forms

CERTAIN = 0.9
DOUBTFUL = 0.8
EXACT, ALIAS, WORDING, MISSPELT, LOOSE = 1.0, 0.97, 0.94, 0.91, 0.86
CONTRADICTED = 0.85  # its values are of another kind
_LIKE_AT_MOST = 0.89
_NAMED_KINDS = (Kind.TEXT, Kind.STAGE)
Named = tuple[str | None, str, float]
"""Our column or None, how it was found (``exact``, ``alias``, ``fuzzy``, ``none``), and how sure (0-1)."""


@lru_cache(maxsize=4096)
def column_by_name(header: str, table_name: str) -> Named:
    """Return the column of a table a header is named after. Certain from ``CERTAIN`` on; from ``DOUBTFUL`` on worth asking."""
    table = BY_NAME[table_name]
    words = vocabulary(table_name)
    for form in header_forms(header):
        if form in words:
            own = table.column(words[form])
            exact = form in {f for title in (own.name, own.zh, own.en, own.zh_hant) for f in header_forms(title)}
            return own.name, "exact" if exact else "alias", EXACT if exact else ALIAS
    own_bones, by_bones = bones(header), column_by_bones(table_name)
    if column := by_bones.get(own_bones) or _without_name(own_bones, table):
        return column, "alias", WORDING
    if column := _misspelt(header, table_name):
        return column, "fuzzy", MISSPELT
    for loose in looser(header):
        if column := by_bones.get(loose):
            return column, "fuzzy", LOOSE
    column, likeness = closest_column(header, table)
    return (column, "fuzzy", likeness) if column and likeness >= DOUBTFUL else (None, "none", 0.0)


def closest_column(header: str, table: Table) -> tuple[str | None, float]:
    """Return the column whose spelling is most like ``header``, and how alike (0-1, never certain). None where a deciding word differs."""
    best: tuple[str | None, float] = (None, 0.0)
    own_turns, own_deeds = turns(header), deeds(header)
    for form in header_forms(header):
        least = 6 if form.isascii() else 3  # a shorter one may be any word
        if len(form) < least:
            continue
        for word, (column, its_turns, its_deeds) in spellings_with_turns(table.name).items():
            if len(word) < least or its_turns != own_turns or not own_deeds <= its_deeds:
                continue
            likeness = min(fuzz.ratio(form, word) / 100, _LIKE_AT_MOST)
            if likeness > best[1]:
                best = (column, likeness)
    return best


def _without_name(found: Bones, table: Table) -> str | None:
    """``Owner name`` is the owner: a column of names may say so."""
    if isinstance(found, str) or "name" not in found:
        return None
    column = column_by_bones(table.name).get(found - {"name", "full"})
    return column if column and table.column(column).kind in _NAMED_KINDS else None


def _misspelt(header: str, table: str) -> str | None:
    """Find the column if one long English word is misspelt by one letter, and is no word known to mean something else."""
    words = english_words(header) if header.isascii() else ()
    strange = [word for word in words if word not in lexicon() and len(word) >= 6]
    if len(strange) != 1:
        return None
    (wrong,) = strange
    by_bones = column_by_bones(table)
    columns = {
        by_bones[mended]
        for right in lexicon()
        if _is_slip(wrong, right) and (mended := frozenset(right if w == wrong else w for w in words)) in by_bones
    }
    return columns.pop() if len(columns) == 1 else None


def _is_slip(wrong: str, right: str) -> bool:
    """One letter doubled, lost, changed or swapped inside a word; another ending may be another word."""
    return (
        len(right) >= 6
        and wrong[0] == right[0]
        and wrong[-2:] == right[-2:]
        and OSA.distance(wrong, right, score_cutoff=1) == 1
    )
