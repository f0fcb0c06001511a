"""Batch fixes: from a group of issues to the corrections that answer it. Each is a record a cell; the pipeline then runs again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from salesanalytics.intake.types import Correction, DateOrder, Issue
from salesanalytics.intake.typing_cells import Cells
from salesanalytics.intake.typing_dates import type_timestamp
from salesanalytics.ui.importing.draft import Edit, SheetChoice
from salesanalytics.ui.importing.groups import IssueGroup
from salesanalytics.ui.importing.rows import UploadRow, UploadRows

Keep = Literal["first", "last", "recent"]
LATEST_BY: dict[str, tuple[str, ...]] = {
    "leads": ("last_followup_on", "first_contact_on"),
    "followups": ("recorded_at", "followed_up_at"),
    "contracts": ("collected_on", "due_on"),
}
"""What says which of several copies is the most recent, a table: our columns, the first that differs decides."""


@dataclass(frozen=True)
class Fixer:
    """Makes corrections in the name of ``who``, over the rows as they are now."""

    rows: UploadRows
    who: str

    def set_all(self, issues: Iterable[Issue], value: str | None, *, kind: str, how: str = "set-all") -> Edit:
        """Set the cells of these issues to one value (None empties them)."""
        made = [
            self._set(issue, row, value) for issue, row in self.rows.of(issues) if row.cell(issue.field or "") != value
        ]
        return Edit(kind, "clear" if value is None else how, tuple(each for each in made if each), None, value)

    def map_spelling(self, group: IssueGroup, found: str, value: str, *, stage_id: str | None = None) -> Edit:
        """Write ``value`` wherever the group found the spelling ``found``. ``stage_id``: remember the spelling as this stage."""
        own = [issue for issue in group.issues if issue.found == found]
        edit = self.set_all(own, value, kind=group.kind)
        alias = (found, stage_id) if stage_id else None
        return Edit(group.kind, "map-spelling", edit.corrections, found, value, alias)

    def use_suggestions(
        self, suggestions: Sequence[tuple[Issue, str]], *, kind: str = "", how: str = "suggestions"
    ) -> Edit:
        """Set each issue's cell to the value suggested for it."""
        value_of = {(issue.file, issue.sheet, issue.row, issue.field): value for issue, value in suggestions}
        made = [
            self._set(issue, row, value_of[issue.file, issue.sheet, issue.row, issue.field])
            for issue, row in self.rows.of(issue for issue, _ in suggestions)
        ]
        return Edit(kind, how, tuple(each for each in made if each))

    def leave_out(self, issues: Iterable[Issue], *, kind: str) -> Edit:
        """Leave the rows of these issues out of the import altogether."""
        rows = {row.place: row for _, row in self.rows.of(issues)}
        return Edit(kind, "leave-out", tuple(self._drop(row, kind) for row in rows.values()))

    def keep_one(self, group: IssueGroup, keep: Keep) -> Edit:
        """Of each set of conflicting copies keep one and leave the others out. Copies no date tells apart are kept by ``recent`` as they are."""
        made: list[Correction] = []
        for copies in self.copies(group):
            kept = _kept(copies, keep)
            if kept is not None:
                made += [self._drop(row, group.kind) for row in copies if row is not kept]
        return Edit(group.kind, f"keep-{keep}", tuple(made))

    def read_dates(self, issue: Issue, order: DateOrder) -> Edit:
        """Read the whole column of a ``date-order-undecided`` issue in this order."""
        sheet = next(
            s for s in self.rows.sheets if (s.raw.file, s.raw.sheet, s.table) == (issue.file, issue.sheet, issue.table)
        )
        raw = sheet.raw
        choice = SheetChoice(raw.digest, raw.file, raw.sheet, sheet.table or "", {}, {issue.field or "": order})
        return Edit(issue.kind, "order", (), issue.column, order, order=choice)

    def copies(self, group: IssueGroup) -> list[list[UploadRow]]:
        """Return the sets of rows that share a key, in the order of the file."""
        by_key: dict[str, list[UploadRow]] = {}
        for issue, row in self.rows.of(group.issues):
            by_key.setdefault(issue.found or "", []).append(row)
        return list(by_key.values())

    def set_cell(self, row: UploadRow, column: str, value: str | None, *, kind: str) -> Edit:
        """Set one cell by hand."""
        issue = Issue(kind, "error", row.place[0], row.place[1], row.number, row.header(column), column)
        made = self._set(issue, row, value)
        return Edit(kind, "cell", (made,) if made else (), row.cell(column), value)

    def _set(self, issue: Issue, row: UploadRow, value: str | None) -> Correction | None:
        header = row.header(issue.field or "")
        if header is None:
            return None
        old = row.cell(issue.field or "")
        return self._record(row, header, old, value, "set", issue.kind)

    def _drop(self, row: UploadRow, kind: str) -> Correction:
        return self._record(row, None, None, None, "drop", kind)

    def _record(
        self,
        row: UploadRow,
        header: str | None,
        old: str | None,
        new: str | None,
        action: Literal["set", "drop"],
        kind: str,
    ) -> Correction:
        raw = row.sheet.raw
        return Correction(
            raw.digest, raw.sheet, row.number, header, old, new, action, self.who, datetime.now(UTC), kind
        )


def _kept(copies: Sequence[UploadRow], keep: Keep) -> UploadRow | None:
    if keep == "first":
        return copies[0]
    if keep == "last":
        return copies[-1]
    for column in LATEST_BY.get(copies[0].sheet.table or "", ()):
        moments = type_timestamp(Cells([row.raw_cell(column) for row in copies])).values.to_list()
        dated = sorted((moment, at) for at, moment in enumerate(moments) if moment is not None)
        if dated and (len(dated) == 1 or dated[-1][0] > dated[-2][0]):
            return copies[dated[-1][1]]
    return None
