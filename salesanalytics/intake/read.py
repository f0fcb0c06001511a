"""A file → its RawSheets, read by a child process that a hostile file may take down without harm. The parent's side."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PureWindowsPath

from salesanalytics.errors import FileRefused
from salesanalytics.intake.packed_rows import Block, PackedRows
from salesanalytics.intake.read_process import Died, ReadingChild
from salesanalytics.intake.types import RawSheet, UploadedFile
from salesanalytics.settings import Limits

_WORKBOOKS = {".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"}


LARGE_CELLS = 400_000
"""From here on a sheet stays packed in memory, and is worked out in a process of its own (``apart``)."""
RowsRead = Callable[[int, int], None]
"""Told the rows of a file read so far, and about how many there will be (0 while nobody knows). Called several times a second."""


@dataclass
class _Arriving:
    """A sheet whose rows are coming in."""

    blocks: list[Block] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class ReadResult:
    """What became of one file: its sheets, or why it was refused (then there are none)."""

    file: UploadedFile
    sheets: tuple[RawSheet, ...] = ()
    refused: FileRefused | None = None


def read_file(file: UploadedFile, limits: Limits) -> list[RawSheet]:
    """Return the sheets of ``file`` in their order, hidden and empty ones too.

    Raises FileRefused: ``empty``, ``encrypted``, ``corrupt``, ``not-a-table``, ``old-format``, ``web-page``, ``unreadable-text``,
    ``zip-bomb``, ``xml-entities``, ``too-big``, ``too-many-sheets``, ``too-many-rows``, ``too-many-columns``, ``too-many-cells``,
    ``too-slow``, ``out-of-memory``. Each carries ``file``.
    """
    result = next(iter(read_files([file], limits)))
    if result.refused is not None:
        raise result.refused
    return list(result.sheets)


def read_files(
    files: Iterable[UploadedFile], limits: Limits, rows_read: RowsRead | None = None
) -> Iterator[ReadResult]:
    """Read several files with one child (a new one after each that took it down), yielding each as it is done.

    What ``rows_read`` raises ends the reading, and the child with it.
    """
    child = ReadingChild(limits)
    try:
        for file in files:
            try:
                yield ReadResult(file, tuple(_read(file, limits, child, rows_read or _nobody_asks)))
            except FileRefused as refusal:
                yield ReadResult(file, refused=refusal)
    finally:
        child.close()


def _read(file: UploadedFile, limits: Limits, child: ReadingChild, rows_read: RowsRead) -> list[RawSheet]:
    if not file.content:
        raise FileRefused("empty", file=file.name)
    if len(file.content) > limits.max_file_bytes:
        raise FileRefused("too-big", file=file.name, limit_mb=limits.max_file_bytes // 2**20)
    sheets: list[RawSheet] = []
    arriving = _Arriving()
    from_1904 = False
    rows = expected = 0
    try:
        for message in child.ask(file.content):
            match message:
                case ("waiting",):
                    rows_read(rows, expected)
                case ("expect", found):
                    expected = rows + found
                case ("from-1904",):
                    from_1904 = True
                case ("sheet", name, hidden):
                    arriving = _Arriving()
                    sheet = RawSheet(file.name, file.digest, name or _stem(file.name), [], [], hidden)
                    sheets.append(replace(sheet, from_1904=True) if from_1904 else sheet)
                case ("rows", numbers, columns):
                    arriving.blocks.append((len(numbers), tuple(columns)))
                    arriving.numbers.extend(numbers)
                    rows += len(numbers)
                    rows_read(rows, max(rows, expected))
                case ("marks", width, uncomputed, errors):
                    sheets[-1] = _finished(sheets[-1], arriving, width, uncomputed, errors)
                case ("refused", kind, params):
                    raise FileRefused(kind, file=file.name, seconds=round(limits.read_seconds), **params)
    except Died as death:
        raise FileRefused(death.kind, file=file.name, seconds=round(limits.read_seconds)) from death
    _refuse_message_in_place_of_workbook(file, sheets)
    return sheets


def _nobody_asks(rows: int, expected: int) -> None:
    return


def _stem(name: str) -> str:
    """A text table has no sheet name; like Excel, call it by its file's."""
    return PureWindowsPath(name).stem


def _refuse_message_in_place_of_workbook(file: UploadedFile, sheets: list[RawSheet]) -> None:
    """A download that failed often leaves a line of plain text under the workbook's name."""
    path = PureWindowsPath(file.name)
    if (
        path.suffix.lower() in _WORKBOOKS
        and sheets
        and all(s.sheet == path.stem and len(s.rows[:1] and s.rows[0]) < 2 for s in sheets)
        and b"\0" not in file.content[:64]
    ):
        raise FileRefused("not-a-table", file=file.name)


def _finished(
    sheet: RawSheet,
    arrived: _Arriving,
    width: int,
    uncomputed: list[tuple[int, int]],
    errors: dict[tuple[int, int], str],
) -> RawSheet:
    """Put the sheet together, every row as wide as it, and place the marked cells by index of their row."""
    numbers: Sequence[int] = arrived.numbers
    packed = PackedRows(arrived.blocks, max([width, *(len(columns) for _, columns in arrived.blocks)]))
    if len(packed) * width < LARGE_CELLS:
        sheet = replace(sheet, rows=list(packed), row_numbers=numbers)
    else:
        in_turn = range(numbers[0], numbers[0] + len(numbers))
        sheet = replace(sheet, rows=packed, row_numbers=in_turn if in_turn[-1] == numbers[-1] else array("q", numbers))
    if not uncomputed and not errors:
        return sheet
    index = {number: place for place, number in enumerate(numbers)}
    return replace(
        sheet,
        uncomputed=frozenset((index[row], column) for row, column in uncomputed if row in index),
        error_cells={(index[row], column): shown for (row, column), shown in errors.items() if row in index},
    )
