"""The issues of an upload, grouped as a person works through them: one group a kind and column, errors first, the largest first."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from salesanalytics.intake.types import Batch, Issue
from salesanalytics.settings import Severity

COLUMN_KINDS = frozenset(
    (
        "sheet-not-recognised",
        "required-column-missing",
        "column-missing",
        "column-uncertain",
        "column-repeated",
        "id-derived",
    )
)
"""Kinds about what a sheet and its columns are: they belong to matching, not to correcting."""


@dataclass(frozen=True)
class IssueGroup:
    """All issues of one kind in one column (or about the rows) of one table."""

    kind: str
    table: str | None
    field: str | None
    severity: Severity
    issues: tuple[Issue, ...]

    @property
    def key(self) -> str:
        """The group's name in widget keys."""
        return f"{self.kind}-{self.table}-{self.field}"

    @property
    def rows(self) -> int:
        """Distinct rows concerned; an issue about a whole column counts once."""
        return len(
            {(issue.file, issue.sheet, issue.row, issue.column if issue.row is None else None) for issue in self.issues}
        )

    def spellings(self) -> list[tuple[str, int]]:
        """Return the distinct values found, with how many rows have each, the most frequent first."""
        return Counter(issue.found for issue in self.issues if issue.found).most_common()

    @property
    def suggested(self) -> int:
        """How many of the issues have a suggestion of their own."""
        return sum(issue.suggestion is not None for issue in self.issues)


def issue_groups(batch: Batch) -> list[IssueGroup]:
    """Return the groups to correct: errors before warnings, within those the most rows first."""
    gathered: dict[tuple[str, str | None, str | None, Severity], list[Issue]] = {}
    for issue in batch.issues:
        if issue.kind not in COLUMN_KINDS:
            key = (issue.kind, issue.table, issue.field, issue.severity)
            gathered.setdefault(key, []).extend(_row_by_row(issue, batch))
    groups = [IssueGroup(*key, tuple(own)) for key, own in gathered.items()]
    return sorted(groups, key=lambda group: (group.severity != "error", -group.rows))


def _row_by_row(issue: Issue, batch: Batch) -> list[Issue]:
    """Return an issue about a whole column once for each row it holds back, so that those can be seen and corrected."""
    if issue.row is not None or issue.severity != "error" or issue.column is None:
        return [issue]
    held = [
        replace(issue, row=row.row, found=row.cells.get(issue.column))
        for row in batch.quarantine
        if (row.file, row.sheet, row.table) == (issue.file, issue.sheet, issue.table) and issue.kind in row.kinds
    ]
    return held or [issue]


def column_issues(batch: Batch) -> list[Issue]:
    """Return the issues that are settled by matching columns."""
    return [issue for issue in batch.issues if issue.kind in COLUMN_KINDS]


def uncertain_columns(batch: Batch) -> list[Issue]:
    """Return the columns the user has to confirm: uncertain ones, and whatever keeps a whole table out."""
    return [issue for issue in batch.issues if issue.kind in ("column-uncertain", "required-column-missing")]


def error_rows(batch: Batch) -> int:
    """Return how many rows an error holds back."""
    return len(batch.quarantine)


def warning_rows(batch: Batch) -> int:
    """Return how many distinct rows have a warning."""
    return len({(i.file, i.sheet, i.row) for i in batch.issues if i.severity == "warning" and i.row is not None})
