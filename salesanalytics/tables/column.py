"""What a column and a table are. The seven tables are declared with these, once; everything else is derived."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from salesanalytics.i18n import Lang


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
    ``required``: an empty cell blocks the row. ``choices``: customary values (id → spellings); others are kept.
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
    note_zh: str = ""
    note_en: str = ""

    def header(self, lang: Lang) -> str:
        """Return the template header in ``lang``."""
        return self.zh if lang == "zh" else self.en


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
