"""What is known of headers, worked out once a table: accepted spellings, their bones, and the words they are made of."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from salesanalytics.intake.header_wording import Bones, bones, deeds, english_words, turns
from salesanalytics.tables import BY_NAME, TABLES
from salesanalytics.tables.headers import columns_by_header, header_forms


@cache
def header_words() -> frozenset[str]:
    """Every accepted spelling of every header, as written: the cheap test for rows far down a sheet."""
    return frozenset(word for table in TABLES for column in table.columns for word in column.spellings)


@cache
def vocabulary(table: str) -> Mapping[str, str]:
    """Accepted header forms of a table → column."""
    return columns_by_header(BY_NAME[table])


@cache
def spellings_with_turns(table: str) -> Mapping[str, tuple[str, frozenset[str], frozenset[str]]]:
    """Accepted header forms of a table → column, the words that decide what the header is about, and what it says was done."""
    return {
        form: (column.name, turns(spelling), deeds(spelling))
        for column in BY_NAME[table].columns
        for spelling in column.spellings
        for form in header_forms(spelling)
    }


@cache
def column_by_bones(table: str) -> Mapping[Bones, str]:
    """Return the bones of every accepted header → its column; wordings that would mean two columns are left out."""
    meanings: dict[Bones, set[str]] = {}
    for column in BY_NAME[table].columns:
        for spelling in column.spellings:
            if found := bones(spelling):
                meanings.setdefault(found, set()).add(column.name)
    return {found: next(iter(columns)) for found, columns in meanings.items() if len(columns) == 1}


@cache
def lexicon() -> frozenset[str]:
    """Every English word of every accepted header, in one form."""
    spelt = (spelling for table in TABLES for column in table.columns for spelling in column.spellings)
    return frozenset(word for spelling in spelt if spelling.isascii() for word in english_words(spelling))
