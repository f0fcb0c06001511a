"""Batch fixes as edits of a draft: intake makes the corrections, this gives each lot its name, so that it is listed and undone as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from salesanalytics.intake import correct_fixes
from salesanalytics.intake.answers import Answer, AnswerKind, signature, value_answer
from salesanalytics.intake.correct_fixes import Keep
from salesanalytics.intake.correct_places import Editor, Places
from salesanalytics.intake.types import Batch, DateOrder, DecimalSign, Issue
from salesanalytics.ui.importing.draft import Edit
from salesanalytics.ui.importing.groups import IssueGroup
from salesanalytics.ui.importing.rows import Place, UploadRow, UploadRows


@dataclass(frozen=True)
class Fixer:
    """Makes edits in the name of ``who``, over the rows of ``batch`` as they are now."""

    batch: Batch
    places: Places
    rows: UploadRows
    who: str

    @property
    def editor(self) -> Editor:
        """Who corrects, and when: now."""
        return Editor(self.who, datetime.now(UTC))

    def set_all(self, issues: Sequence[Issue], value: str | None, *, kind: str) -> Edit:
        """Set the cells of these issues to one value (None empties them)."""
        made = correct_fixes.set_value(self.places, issues, value, self.editor)
        return Edit(kind, "clear" if value is None else "set-all", made, None, value)

    def map_spelling(
        self, group: IssueGroup, found: str, value: str, *, stage_id: str | None = None, remember: bool = False
    ) -> Edit:
        """Write ``value`` wherever the group's column says ``found``. ``stage_id``: the spelling is to be an alias of this stage; ``remember``: it means the value from now on."""
        table, field = group.table or "", group.field or ""
        made = correct_fixes.map_spelling(self.places, table, field, found, value, self.editor, group.kind)
        alias = (found, stage_id) if stage_id else None
        answers = (value_answer(table, field, found, value),) if remember and not stage_id else ()
        return Edit(group.kind, "map-spelling", made, found, value, alias, answers)

    def use_suggestions(self, suggestions: Sequence[tuple[Issue, str]], *, kind: str, how: str = "suggestions") -> Edit:
        """Set each issue's cell to the value suggested for it."""
        by_value: dict[str, list[Issue]] = {}
        for issue, value in suggestions:
            by_value.setdefault(value, []).append(issue)
        made = [
            each
            for value, issues in by_value.items()
            for each in correct_fixes.set_value(self.places, issues, value, self.editor)
        ]
        return Edit(kind, how, tuple(made))

    def leave_out(self, issues: Sequence[Issue], *, kind: str) -> Edit:
        """Leave the rows of these issues out of the import altogether."""
        return Edit(kind, "leave-out", correct_fixes.drop_rows(self.places, issues, self.editor))

    def keep_one(self, group: IssueGroup, keep: Keep) -> Edit:
        """Of each set of conflicting copies keep one and leave the others out."""
        made = correct_fixes.keep_duplicates(self.places, group.issues, keep, self.editor)
        return Edit(group.kind, f"keep-{keep}", made)

    def read_dates(self, issue: Issue, order: DateOrder) -> Edit:
        """Read the dates of a whole column in this order, now and in later files with the same headers."""
        made = correct_fixes.choose_date_order(self.places, issue, order, self.editor)
        return Edit(issue.kind, "order", made, issue.column, order, None, self._answered("date-order", issue, order))

    def read_numbers(self, issue: Issue, sign: DecimalSign) -> Edit:
        """Read the numbers of a whole column with this decimal sign, now and in later files with the same headers."""
        made = correct_fixes.choose_decimal(self.places, issue, sign, self.editor)
        return Edit(issue.kind, "decimal", made, issue.column, sign, None, self._answered("decimal", issue, sign))

    def mask(self, issues: Sequence[Issue], *, kind: str) -> Edit:
        """Mask the phone and identity numbers in these issues' cells."""
        return Edit(kind, "mask", correct_fixes.mask_sensitive(self.places, issues, self.editor))

    def _answered(self, kind: AnswerKind, issue: Issue, meaning: str) -> tuple[Answer, ...]:
        sheet = self.places.sheet_of(issue)
        return (Answer(kind, signature(sheet), issue.field or "", meaning),) if sheet is not None else ()

    def set_cell(self, issue: Issue, value: str, row: UploadRow) -> Edit:
        """Set the cell of one issue by hand."""
        made = correct_fixes.set_value(self.places, [issue], value, self.editor)
        return Edit(issue.kind, "cell", made, row.cell(issue.field or ""), value)

    def stages_from_followups(self, issues: Sequence[Issue]) -> dict[Place, str]:
        """Return the stage id each row's customer was left in by the latest follow-up, where one says so."""
        made = correct_fixes.stage_from_followups(self.places, self.batch, issues, self.editor)
        names = {(sheet.raw.digest, sheet.raw.sheet): sheet.raw.file for sheet in self.places.sheets}
        return {(names[each.digest, each.sheet], each.sheet, each.row): each.new for each in made if each.new}
