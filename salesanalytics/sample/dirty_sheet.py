"""A sheet under attack: rows one can alter, and a list of what was planted where, told with the Excel rows of the finished sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from salesanalytics.intake.issues import CHECK_BY_KIND
from salesanalytics.intake.types import Cell
from salesanalytics.intake.workbook_writer import SheetSpec
from salesanalytics.sample.diary import Row
from salesanalytics.sample.sheets import columns_of, shown
from salesanalytics.tables import Column, Table

Line = dict[str, Cell]


@dataclass
class DirtySheet:
    """``lines`` are dicts field → cell as it will stand in the file; an empty one is a blank row, ``_text`` one with words in column A."""

    table: Table
    title: str
    columns: list[Column]
    lines: list[Line]
    headers: dict[str, str] = field(default_factory=dict)
    above: list[str] = field(default_factory=list)
    extra: list[tuple[str, str]] = field(default_factory=list)  # (header, field whose cells it repeats)
    plants: list[tuple[str, Line | None, str | None]] = field(default_factory=list)

    @classmethod
    def of(cls, table: Table, rows: Sequence[Row], title: str = "") -> DirtySheet:
        """Return ``rows`` of a clean export as a sheet still clean."""
        columns = list(columns_of(table))
        lines = [{column.name: shown(column, row.get(column.name)) for column in columns} for row in rows]
        return cls(table, title or table.zh, columns, lines)

    def header(self, name: str) -> str:
        """Return the header of a field as it stands in the file."""
        return self.headers.get(name, next(column.zh for column in self.columns if column.name == name))

    def plant(self, kind: str, place: int | Line, name: str, cell: Cell = None) -> Line:
        """Set a cell to what provokes ``kind``, and remember where; returns the line."""
        line = self.lines[place] if isinstance(place, int) else place
        line[name] = cell
        return self.note(kind, line, name)

    def note(self, kind: str, place: int | Line, name: str | None) -> Line:
        """Remember that ``kind`` is provoked at a line (and field) that already is as it should be."""
        line = self.lines[place] if isinstance(place, int) else place
        self.plants.append((kind, line, name))
        return line

    def note_sheet(self, kind: str, name: str | None = None) -> None:
        """Remember an issue of the whole sheet, or of a whole column."""
        self.plants.append((kind, None, name))

    def drop(self, name: str) -> None:
        """Leave a column out of the file."""
        self.columns = [column for column in self.columns if column.name != name]

    def spec(self) -> SheetSpec:
        """Return the sheet to write."""
        names = [column.name for column in self.columns] + [name for _, name in self.extra]
        rows = [
            [line["_text"]] if "_text" in line else [line.get(name) for name in names] if line else []
            for line in self.lines
        ]
        headers = [self.header(column.name) for column in self.columns] + [header for header, _ in self.extra]
        kinds = [column.kind for column in self.columns]
        return SheetSpec(self.title, headers, rows, kinds, above=self.above)

    def planted(self, file: str) -> list[dict[str, object]]:
        """Return what was planted: kind, severity, file, sheet, Excel row, the header as in the file, our field."""
        found: list[dict[str, object]] = []
        for kind, line, name in self.plants:
            check = CHECK_BY_KIND[kind]
            row = None
            if line is not None:
                row = next(n for n, other in enumerate(self.lines, start=len(self.above) + 2) if other is line)
            header = self.header(name).strip() if name and any(c.name == name for c in self.columns) else None
            place = {"file": file, "sheet": self.title, "row": row, "column": header, "field": name}
            found.append({"kind": kind, "severity": check.severity, **place})
        return found
