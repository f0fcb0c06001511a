"""What a column and a table are. The seven tables are declared with these, once; everything else is derived."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from salesanalytics.i18n import Lang


def listed(text: str) -> tuple[str, ...]:
    """Return the parts between bars, trimmed; an empty part stays empty."""
    return tuple(part.strip() for part in text.split("|"))


class Kind(StrEnum):
    """The type of a column's values, after typing."""

    ID = "id"  # text, leading zeros kept
    TEXT = "text"
    STAGE = "stage"  # a stage id
    DATE = "date"
    TIMESTAMP = "timestamp"
    MONEY = "money"  # currency units, two decimals
    COUNT = "count"  # whole number
    NUMBER = "number"
    SHARE = "share"  # 0-1
    BOOLEAN = "boolean"
    PERIOD = "period"  # 2026-07, 2026Q3, 2026, 2026-W45


@dataclass(frozen=True)
class Column:
    """One column of a table.

    ``expected``: a file without it draws a warning naming what will be missing. ``key``: part of the row's key, so an empty cell blocks the row.
    ``required``: an empty cell blocks the row. ``choices``: customary values (id → spellings, the Chinese one
    people choose from first, the English one second); others are kept. ``examples``: one cell a row of the template's example rows, "" an empty cell;
    ``examples_en`` the same rows for the English template, where the wording differs.
    """

    name: str
    kind: Kind
    zh: str
    en: str
    zh_hant: str = ""
    aliases: tuple[str, ...] = ()
    expected: bool = False
    key: bool = False
    required: bool = False
    extended: bool = False
    sensitive: bool = False
    unit: str = ""  # "CNY", "days", "share", ""
    choices: Mapping[str, tuple[str, ...]] | None = None
    examples: tuple[str, ...] = ()
    examples_en: tuple[str, ...] = ()
    note_zh: str = ""
    note_en: str = ""

    def header(self, lang: Lang) -> str:
        """Return the template header in ``lang``."""
        return self.zh if lang == "zh" else self.en

    def note(self, lang: Lang) -> str:
        """Return what the column means and how it is written, in ``lang``."""
        return self.note_zh if lang == "zh" else self.note_en

    def example_cells(self, lang: Lang) -> tuple[str, ...]:
        """Return the cells of the example rows in ``lang``, top to bottom."""
        return self.examples_en if lang == "en" and self.examples_en else self.examples

    def choice_labels(self, lang: Lang) -> tuple[str, ...]:
        """Return the customary values as shown in ``lang``, in order; empty if the column is free."""
        return tuple(spellings[0 if lang == "zh" else 1] for spellings in (self.choices or {}).values())

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every header that means this column without asking: name, the three headers, aliases."""
        return tuple(dict.fromkeys(filter(None, (self.name, self.zh, self.zh_hant, self.en, *self.aliases))))


@dataclass(frozen=True)
class Table:
    """One template table: its columns in template order, and the columns that make a row's key."""

    name: str
    zh: str
    en: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    zh_hant: str = ""
    sheet_aliases: tuple[str, ...] = ()
    companion: bool = False
    allows_custom: bool = False

    def title(self, lang: Lang) -> str:
        """Return the table's name in ``lang``."""
        return self.zh if lang == "zh" else self.en

    def column(self, name: str) -> Column:
        """Return the column called ``name``; ``KeyError`` if there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    @property
    def names(self) -> tuple[str, ...]:
        """Column names in template order."""
        return tuple(column.name for column in self.columns)
