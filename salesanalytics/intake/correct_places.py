"""Where an issue's cell is: from file, sheet, Excel row and header back to the raw cell, and the Correction that changes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from salesanalytics.intake.correct import corrected
from salesanalytics.intake.types import Batch, Cell, Correction, Issue, MatchedSheet
from salesanalytics.intake.typing_cells import show


@dataclass(frozen=True)
class Editor:
    """Who corrects, when: stamped on every record."""

    who: str
    at: datetime


class Places:
    """The recognised sheets of a batch as they stand after ``corrections``, found by place."""

    def __init__(self, batch: Batch, corrections: Sequence[Correction] = ()) -> None:
        self.sheets = [
            corrected(sheet, corrections)
            for report in batch.files
            for sheet in report.sheets
            if sheet.table is not None
        ]
        self._index = [{sheet.raw.row_numbers[index]: index for index in sheet.data_indices} for sheet in self.sheets]

    def sheet_of(self, issue: Issue) -> MatchedSheet | None:
        """Return the sheet region an issue lies in (for an issue about a column, the first with that header)."""
        for sheet, rows in zip(self.sheets, self._index, strict=True):
            if (sheet.raw.file, sheet.raw.sheet) != (issue.file, issue.sheet) or sheet.table != issue.table:
                continue
            if issue.row in rows or (issue.row is None and any(m.header == issue.column for m in sheet.columns)):
                return sheet
        return None

    def cell(self, sheet: MatchedSheet, row: int, header: str) -> Cell:
        """Return one raw cell; KeyError if the sheet has no such row or header."""
        index = self._index[self.sheets.index(sheet)][row]
        position = next((m.position for m in sheet.columns if m.header == header), None)
        if position is None:
            raise KeyError(header)
        cells = sheet.raw.rows[index]
        return cells[position] if position < len(cells) else None

    def column(self, table: str, field: str) -> Iterator[tuple[MatchedSheet, str, int, Cell]]:
        """Yield (sheet, header, row, cell) for every data cell of a column, in all sheets of ``table``."""
        for sheet in self.sheets:
            match = next((m for m in sheet.columns if m.column == field), None)
            if sheet.table != table or match is None:
                continue
            for index in sheet.data_indices:
                cells = sheet.raw.rows[index]
                cell = cells[match.position] if match.position < len(cells) else None
                yield sheet, match.header, sheet.raw.row_numbers[index], cell


def set_cell(
    sheet: MatchedSheet, row: int, header: str, old: Cell, new: str | None, editor: Editor, reason: str
) -> Correction:
    """Record one cell set to ``new``."""
    raw = sheet.raw
    return Correction(raw.digest, raw.sheet, row, header, show(old), new, "set", editor.who, editor.at, reason)


def drop_row(sheet: MatchedSheet, row: int, editor: Editor, reason: str) -> Correction:
    """Record one row left out."""
    raw = sheet.raw
    return Correction(raw.digest, raw.sheet, row, None, None, None, "drop", editor.who, editor.at, reason)


def cells_of(places: Places, issues: Iterable[Issue]) -> Iterator[tuple[Issue, MatchedSheet, int, str, Cell]]:
    """Yield (issue, sheet, row, header, cell) for the issues that point at a cell of the file."""
    for issue in issues:
        sheet = places.sheet_of(issue)
        if sheet is not None and issue.row is not None and issue.column is not None:
            yield issue, sheet, issue.row, issue.column, places.cell(sheet, issue.row, issue.column)
