"""Where an issue or a correction shows in a workbook: from Excel row and header to the cell, and what is to be written or said there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from salesanalytics.i18n import Lang
from salesanalytics.intake.issues import message
from salesanalytics.intake.types import Cell, Correction, Issue, MatchedSheet
from salesanalytics.settings import Severity
from salesanalytics.stages import StageModel
from salesanalytics.tables import BY_NAME, Kind

_NUMBER = re.compile(r"-?\d{1,15}(\.\d+)?", re.ASCII)
_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True)
class Spot:
    """A cell of a workbook: the sheet's name as it was read, row and column counted from 1."""

    sheet: str
    row: int
    column: int


@dataclass(frozen=True)
class Mark:
    """What is said at a cell: the worst severity, and each issue's sentence, errors first."""

    severity: Severity
    sentences: tuple[tuple[Severity, str], ...]


@dataclass(frozen=True)
class Change:
    """A correction as it is written: the cell and its value, or a whole row left out (column 0)."""

    spot: Spot
    value: Cell
    made: Correction

    @property
    def dropped(self) -> bool:
        """Whether the whole row is left out."""
        return self.made.action == "drop"


class Spots:
    """Finds cells in the sheets of one file. ``in_order``: rows are counted as they come and not by their number (a text file made a sheet)."""

    def __init__(self, sheets: Sequence[MatchedSheet], *, in_order: bool = False) -> None:
        self._in_order = in_order
        self._sheets = [sheet for sheet in sheets if sheet.table is not None]
        self._index = [{sheet.raw.row_numbers[i]: i for i in range(*sheet.body)} for sheet in self._sheets]

    def of_issue(self, issue: Issue) -> Spot | None:
        """Return the cell an issue is about: of a row without such a column its key, of a column its header, of a sheet None."""
        for sheet, index in zip(self._sheets, self._index, strict=True):
            if sheet.raw.sheet != issue.sheet or (issue.table is not None and sheet.table != issue.table):
                continue
            position = _position(sheet, issue.column, issue.field)
            if issue.row in index:
                at = index[issue.row]
                return self._spot(sheet, at, position if position is not None else _key_position(sheet))
            if issue.row is None and position is not None:
                return self._spot(sheet, sheet.header_index, position)
        return None

    def changes(self, corrections: Iterable[Correction], stages: StageModel) -> Iterator[Change]:
        """Yield what ``corrections`` write where, in their order."""
        for each in corrections:
            for sheet, index in zip(self._sheets, self._index, strict=True):
                if (sheet.raw.digest, sheet.raw.sheet) != (each.digest, each.sheet) or each.row not in index:
                    continue
                if each.action == "drop":
                    yield Change(self._spot(sheet, index[each.row], -1), None, each)
                elif (position := _position(sheet, each.column, None)) is not None:
                    value = _typed(each.new, sheet, position, stages)
                    yield Change(self._spot(sheet, index[each.row], position), value, each)

    def _spot(self, sheet: MatchedSheet, index: int, position: int) -> Spot:
        row = index + 1 if self._in_order else sheet.raw.row_numbers[index]
        return Spot(sheet.raw.sheet, row, position + 1)


def marks_of(issues: Iterable[Issue], spots: Spots, lang: Lang, stages: StageModel) -> dict[Spot, Mark]:
    """Return what to say at each cell, errors before warnings: the cells that matter most come first."""
    said: dict[Spot, list[tuple[Severity, str]]] = {}
    for issue in sorted(issues, key=lambda each: each.severity != "error"):
        spot = spots.of_issue(issue)
        if spot is not None:
            said.setdefault(spot, []).append((issue.severity, message(issue, lang, stages)))
    return {spot: Mark(sentences[0][0], tuple(dict.fromkeys(sentences))) for spot, sentences in said.items()}


def _position(sheet: MatchedSheet, header: str | None, field: str | None) -> int | None:
    own = [match for match in sheet.columns if header is not None and match.header == header]
    chosen = next((match for match in own if match.column == field), own[0] if own else None)
    return None if chosen is None else chosen.position


def _key_position(sheet: MatchedSheet) -> int:
    key = BY_NAME[sheet.table or ""].key[0]
    return next((match.position for match in sheet.columns if match.column == key), sheet.columns[0].position)


def _typed(new: str | None, sheet: MatchedSheet, position: int, stages: StageModel) -> Cell:
    """Write a number as a number, a date as a date and a stage by its name in the file's language; everything else as text."""
    match = next(match for match in sheet.columns if match.position == position)
    if new is None or match.column is None:
        return new
    kind = BY_NAME[sheet.table or ""].column(match.column).kind
    if kind is Kind.STAGE and new in stages.ids:
        return stages.get(new).name("zh" if _HAN.search(match.header) else "en")
    if kind in (Kind.MONEY, Kind.COUNT, Kind.NUMBER) and _NUMBER.fullmatch(new):
        return float(new) if "." in new else int(new)
    if kind in (Kind.DATE, Kind.TIMESTAMP) and re.fullmatch(r"\d{4}-\d\d-\d\d", new):
        return _date(new)
    return new


def _date(new: str) -> Cell:
    try:
        return date.fromisoformat(new)
    except ValueError:
        return new
