"""A column of raw cells, split by what the reader gave: texts, numbers, moments. Typing works on these as whole series, never cell by cell."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cached_property
from typing import TypeVar

import polars as pl

from salesanalytics.intake.types import Cell

NOTHING = (
    "",
    "-",
    "--",
    "---",
    "—",
    "——",
    "–",
    "/",
    "\\",
    "N/A",
    "n/a",
    "NA",
    "#N/A",
    "null",
    "NULL",
    "(空)",
    "（空）",
    "－",
)
NOTHING_TOO = (*NOTHING, "无", "無", "暂无", "未知", "待定", "none", "None", "nan", "NaN", "TBD", "tbd")
"""What people write where there is no value; in columns of values also words."""

_UNSEEN = " \t\r\n\u00a0\u3000\ufeff\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069"
"""Spaces of all widths, zero-width characters and direction marks: trimmed from both ends of every text."""

_EXACT = 1e15  # beyond fifteen digits a spreadsheet has rounded already

T = TypeVar("T")


@dataclass(frozen=True)
class Problem:
    """A cell that could not be typed, or only with doubt: its place in the column, and the parts of the issue to be."""

    index: int
    kind: str
    found: str | None
    expected: str | None = None
    suggestion: str | None = None


@dataclass(frozen=True)
class Undecided:
    """A column whose spelling allows two readings: one issue for all, and the places of the cells that wait."""

    kind: str
    found: str
    expected: str
    suggestion: str
    indices: tuple[int, ...]


@dataclass(frozen=True)
class Typed:
    """A typed column, as long as the raw one, null where there is nothing or a problem."""

    values: pl.Series
    problems: tuple[Problem, ...] = ()
    undecided: Undecided | None = None
    extra: Mapping[str, pl.Series] = field(default_factory=dict)


class Cells:
    """The raw cells of one column. ``text`` (trimmed, signs for nothing are null), ``number``, ``moment``: series of equal length, null elsewhere."""

    def __init__(self, values: Sequence[Cell], nothing: Sequence[str] = NOTHING_TOO, header: str = "") -> None:
        self.values = values
        self.header = header
        self._kinds = set(map(type, values))
        self._nothing = nothing

    def __len__(self) -> int:
        return len(self.values)

    @cached_property
    def has_text(self) -> bool:
        """Whether any cell still holds text after trimming."""
        return str in self._kinds and self.text.null_count() < len(self)

    @cached_property
    def has_number(self) -> bool:
        """Whether any cell came as a number."""
        return bool(self._kinds & {float, int})

    @cached_property
    def has_moment(self) -> bool:
        """Whether any cell came as a date, time or both."""
        return bool(self._kinds & {date, datetime, time})

    @cached_property
    def text(self) -> pl.Series:
        """Texts, trimmed; booleans as ``true``/``false``."""
        kept: Sequence[object] = self.values
        if not self._kinds <= {str, type(None)}:
            kept = [v if type(v) is str else (str(v).lower() if type(v) is bool else None) for v in self.values]
        trimmed = pl.Series(kept, dtype=pl.String).str.strip_chars(_UNSEEN)
        return trimmed.set(trimmed.is_in(self._nothing), None)

    @cached_property
    def number(self) -> pl.Series:
        """Numbers as Float64; not-a-number is nothing."""
        if self._kinds <= {float, int, type(None)}:
            numbers = pl.Series(self.values, dtype=pl.Float64, strict=False)
        else:
            numbers = pl.Series(
                [v if type(v) is float else (float(v) if type(v) is int else None) for v in self.values],
                dtype=pl.Float64,
            )
        return numbers.fill_nan(None)

    @cached_property
    def moment(self) -> pl.Series:
        """Dates and date-times as Datetime("us"), zones dropped: the clock as it was written."""
        if self._kinds <= {date, type(None)}:
            return pl.Series(self.values, dtype=pl.Date).cast(pl.Datetime("us"))
        return pl.Series([_moment(v) for v in self.values], dtype=pl.Datetime("us"))

    @cached_property
    def filled(self) -> pl.Series:
        """Where there is anything at all."""
        mask = pl.Series([False], dtype=pl.Boolean).new_from_index(0, len(self))
        if str in self._kinds or bool in self._kinds:
            mask = mask | self.text.is_not_null()
        if self.has_number:
            mask = mask | self.number.is_not_null()
        if self.has_moment:
            mask = mask | pl.Series([isinstance(v, date | time) for v in self.values], dtype=pl.Boolean)
        return mask

    def shown(self, index: int) -> str | None:
        """Return a cell as the user would recognise it."""
        return show(self.values[index])


def _moment(value: Cell) -> datetime | None:
    if type(value) is datetime:
        return value.replace(tzinfo=None)
    return datetime(value.year, value.month, value.day) if type(value) is date else None


def show(value: Cell) -> str | None:
    """Return a raw cell as text: numbers as a spreadsheet shows them (fifteen digits, no ``.0``), dates in ISO form, None for nothing."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return shown_number(value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d") if value.time() == time.min else value.strftime("%Y-%m-%d %H:%M:%S")
    return str(value)


def shown_number(value: float) -> str:
    """Return a number as the user wrote it: a double keeps 125.44 as 125.43999999999998, a spreadsheet shows fifteen digits."""
    if not math.isfinite(value) or abs(value) >= _EXACT:
        return repr(value)
    return str(int(value)) if value.is_integer() else f"{value:.15g}"


def folded(text: str) -> str:
    """Fold full-width digits and signs (``５０，０００`` → ``50,000``) and drop what cannot be seen (zero-width and direction marks)."""
    if text.isascii():
        return text
    return "".join(ch for ch in unicodedata.normalize("NFKC", text) if unicodedata.category(ch) != "Cf")


def by_spelling(text: pl.Series, parse: Callable[[str], T | None], dtype: pl.DataType | type[pl.DataType]) -> pl.Series:
    """Parse each distinct spelling once and lay the results back over the column; null where ``parse`` gives None."""
    spellings = text.drop_nulls().unique()
    if spellings.is_empty():
        return pl.Series([None], dtype=dtype).new_from_index(0, len(text))
    parsed = pl.Series([parse(spelling) for spelling in spellings.to_list()], dtype=dtype)
    return text.replace_strict(spellings, parsed, default=None, return_dtype=dtype)


def problems_at(cells: Cells, mask: pl.Series, kind: str) -> tuple[Problem, ...]:
    """Return a problem of ``kind`` for every place where ``mask`` is true."""
    return tuple(Problem(index, kind, cells.shown(index)) for index in mask.arg_true().to_list())
