"""The frozen types that pass between the steps of an import: RawSheet → MatchedSheet → TypedSheet → Batch, and Issue beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from salesanalytics.intake.packed_rows import PackedRows
from salesanalytics.settings import Severity

if TYPE_CHECKING:
    import polars as pl

Cell = str | float | int | bool | datetime | date | time | None
DateOrder = Literal["ymd", "dmy", "mdy"]
DecimalSign = Literal[".", ","]
KnownSign = Literal[".", ",", "ask"]
"""what is known of a column's decimal sign beside its own cells; ``ask``: they would be read against the rest of the file"""


@dataclass(frozen=True)
class UploadedFile:
    """A file as it was handed in: its name, its bytes, and the digest (sha-256, hex) that names it from now on."""

    name: str
    content: bytes
    digest: str


@dataclass(frozen=True)
class RawSheet:
    """A sheet exactly as read. ``rows`` hold cells as the reader gave them; ``row_numbers`` the Excel row, or the first line of a CSV record.
    The rows of a large sheet are ``PackedRows``.

    ``uncomputed``: cells (index into rows, column) that are formulas without a cached value. ``error_cells``: cells Excel shows as an error.
    """

    file: str
    digest: str
    sheet: str
    rows: Sequence[list[Cell]]
    row_numbers: Sequence[int]
    hidden: bool = False
    uncomputed: frozenset[tuple[int, int]] = frozenset()
    error_cells: Mapping[tuple[int, int], str] = field(default_factory=dict)
    from_1904: bool = False
    """a plain number that means a date counts days from 1904-01-01, not from 1899-12-30"""


@dataclass(frozen=True)
class ColumnMatch:
    """How one header was understood: our column (None = not used), why, and how sure (0-1)."""

    header: str
    position: int
    column: str | None
    how: Literal["exact", "alias", "remembered", "map", "fuzzy", "custom", "none"]
    confidence: float


@dataclass(frozen=True)
class MatchedSheet:
    """A region of a raw sheet recognised as one of our tables. ``body`` is the slice of ``raw.rows`` below the header that holds data."""

    raw: RawSheet
    table: str | None
    header_index: int
    body: tuple[int, int]
    columns: tuple[ColumnMatch, ...]
    dropped: Mapping[int, str] = field(default_factory=dict)
    """rows of the body that hold no data: index into ``raw.rows`` → ``blank``, ``total``, ``note`` or ``header`` (repeated)"""

    @property
    def header_row(self) -> int:
        """The header's row number as the user sees it."""
        return self.raw.row_numbers[self.header_index]

    @cached_property
    def data_indices(self) -> list[int]:
        """Indices into ``raw.rows`` of the rows that hold data, in order."""
        return [index for index in range(*self.body) if index not in self.dropped]

    def data_column(self, position: int) -> list[Cell]:
        """Return the raw cells of the data rows in one column, None where a row is too short for it. Not kept: a large sheet is read column by column."""
        rows = self.raw.rows
        if isinstance(rows, PackedRows):
            return list(map(rows.column(position).__getitem__, self.data_indices))
        return [row[position] if position < len(row) else None for row in map(rows.__getitem__, self.data_indices)]


@dataclass(frozen=True)
class Issue:
    """Something wrong or odd in an uploaded table, as data; its sentence comes from ``issue.<kind>`` in the catalogues.

    ``row`` is the Excel row (first line of a CSV record), None for a whole column or sheet; ``column`` the user's header, ``field`` ours.
    """

    kind: str
    severity: Severity
    file: str
    sheet: str
    row: int | None = None
    column: str | None = None
    field: str | None = None
    table: str | None = None
    found: str | None = None
    expected: str | None = None
    suggestion: str | None = None


@dataclass(frozen=True)
class Correction:
    """One cell set to a new value over the raw sheet, or a row dropped (``column`` None). Replayed by the same pipeline."""

    digest: str
    sheet: str
    row: int
    column: str | None
    old: str | None
    new: str | None
    action: Literal["set", "drop"]
    who: str
    at: datetime
    reason: str  # the issue kind it answers


@dataclass(frozen=True)
class FileReport:
    """What became of one file: refused with a kind and its parameters, or the sheets found in it."""

    file: str
    digest: str
    refused: str | None = None
    refused_params: Mapping[str, object] = field(default_factory=dict)
    sheets: tuple[MatchedSheet, ...] = ()


@dataclass(frozen=True)
class QuarantinedRow:
    """A row with an error, kept whole: the user's own headers and cells as text, and why it was held back."""

    table: str
    file: str
    digest: str
    sheet: str
    row: int
    cells: Mapping[str, str | None]
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class Batch:
    """What is ready to load: a frame a table with our column names plus ``_digest``, ``_file``, ``_sheet``, ``_row``.

    Types: text String, dates Date, timestamps Datetime("us"), money, share and number Float64, counts Int64, booleans Boolean. Custom
    dimensions of leads are in ``_custom`` as a JSON object in text, or null. Keys are unique within a frame.
    """

    tables: Mapping[str, pl.DataFrame]
    quarantine: tuple[QuarantinedRow, ...]
    issues: tuple[Issue, ...]
    files: tuple[FileReport, ...]
    as_of_found: date | None = None
    identical_rows: Mapping[str, int] = field(default_factory=dict)
    """identical duplicate rows merged into one, a table"""

    @property
    def errors(self) -> tuple[Issue, ...]:
        """The issues that block a row."""
        return tuple(issue for issue in self.issues if issue.severity == "error")
