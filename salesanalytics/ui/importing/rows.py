"""Rows of an upload as the user sees them in Excel, corrections laid over: what an issue's row says, and under which header."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from salesanalytics.intake.correct import corrected
from salesanalytics.intake.types import Batch, Cell, Correction, Issue, MatchedSheet
from salesanalytics.intake.typing_cells import show
from salesanalytics.tables import BY_NAME

Place = tuple[str, str, int]
"""file name, sheet, Excel row"""


@dataclass(frozen=True)
class UploadRow:
    """One data row of an upload."""

    sheet: MatchedSheet
    index: int

    @property
    def place(self) -> Place:
        """Where the row is."""
        return self.sheet.raw.file, self.sheet.raw.sheet, self.number

    @property
    def number(self) -> int:
        """The Excel row."""
        return self.sheet.raw.row_numbers[self.index]

    def header(self, column: str) -> str | None:
        """Return the user's header of one of our columns, None if the sheet has none."""
        return next((match.header for match in self.sheet.columns if match.column == column), None)

    def cell(self, column: str) -> str | None:
        """Return the cell of one of our columns as text; None if empty or absent."""
        for match in self.sheet.columns:
            if match.column == column:
                return self._shown(match.position)
        return None

    def raw_cell(self, column: str) -> Cell:
        """Return the cell of one of our columns as it was read; None if empty or absent."""
        row = self.sheet.raw.rows[self.index]
        for match in self.sheet.columns:
            if match.column == column and match.position < len(row):
                return row[match.position]
        return None

    def cells(self) -> dict[str, str | None]:
        """Return every cell by the user's header."""
        return {match.header: self._shown(match.position) for match in self.sheet.columns}

    def _shown(self, position: int) -> str | None:
        row = self.sheet.raw.rows[self.index]
        shown = show(row[position]) if position < len(row) else None
        return shown if shown is None or shown.strip() else None


class UploadRows:
    """Every data row of a batch's files, found by place."""

    def __init__(self, batch: Batch, corrections: Sequence[Correction] = ()) -> None:
        sheets = [sheet for file in batch.files if file.refused is None for sheet in file.sheets if sheet.table]
        self.sheets = tuple(corrected(sheet, corrections) for sheet in sheets)
        self._by_place: dict[tuple[str, str], list[MatchedSheet]] = {}
        for sheet in self.sheets:
            self._by_place.setdefault((sheet.raw.file, sheet.raw.sheet), []).append(sheet)

    def at(self, place: Place) -> UploadRow | None:
        """Return the row at ``place``; None if it is no data row (any more)."""
        file, name, number = place
        for sheet in self._by_place.get((file, name), ()):
            numbers = sheet.raw.row_numbers
            index = bisect_left(numbers, number)
            if index < len(numbers) and numbers[index] == number and _is_data(sheet, index):
                return UploadRow(sheet, index)
        return None

    def of(self, issues: Iterable[Issue]) -> Iterator[tuple[Issue, UploadRow]]:
        """Yield each issue that is about a row, with the row."""
        for issue in issues:
            if issue.row is not None and (row := self.at((issue.file, issue.sheet, issue.row))):
                yield issue, row

    def of_table(self, table: str) -> Iterator[UploadRow]:
        """Yield the rows of one table in the order of the files."""
        return (
            UploadRow(sheet, index) for sheet in self.sheets if sheet.table == table for index in sheet.data_indices
        )


def _is_data(sheet: MatchedSheet, index: int) -> bool:
    start, end = sheet.body
    return start <= index < end and index not in sheet.dropped


CONTEXT: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "leads": (("customer_id", "customer_name"), ("owner", "expected_amount", "last_followup_on")),
    "followups": (("followup_id", "customer_id"), ("followed_up_at", "method", "followed_up_by")),
    "contracts": (("contract_id", "customer_id"), ("contract_amount", "due_on", "collected_amount")),
    "targets": (("period", "owner"), ("team", "region", "target_amount")),
    "channel_costs": (("source", "period"), ("cost",)),
    "conversion": (("stage",), ("entered", "converted", "conversion_share")),
    "funnel": (("stage",), ("customers", "target", "attainment_share")),
}
"""What tells a row apart (before the bad cell) and what helps to judge it (after it), a table."""


def context_columns(table: str, bad: str | None, sheets: Iterable[MatchedSheet]) -> tuple[list[str], list[str]]:
    """Return our columns to show before and after the ``bad`` one: those the files have, the bad one left out."""
    present = {match.column for sheet in sheets if sheet.table == table for match in sheet.columns}
    before, after = CONTEXT.get(table, (BY_NAME[table].key, ()))
    return ([c for c in before if c in present and c != bad], [c for c in after if c in present and c != bad])
