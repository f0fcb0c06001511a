"""The issues of an upload, grouped as a person works through them: one group a kind and table, errors first, the largest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

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
    """All issues of one kind in one table."""

    kind: str
    table: str | None
    severity: Severity
    issues: tuple[Issue, ...]

    @property
    def key(self) -> str:
        """The group's name in widget keys."""
        return f"{self.kind}-{self.table}"

    @property
    def rows(self) -> int:
        """Distinct rows concerned; an issue about a whole column counts once."""
        return len(
            {(issue.file, issue.sheet, issue.row, issue.column if issue.row is None else None) for issue in self.issues}
        )

    @property
    def field(self) -> str | None:
        """Our column the issues are about, if it is always the same one."""
        fields = {issue.field for issue in self.issues}
        return next(iter(fields)) if len(fields) == 1 else None

    def spellings(self) -> list[tuple[str, int]]:
        """Return the distinct values found, with how many rows have each, the most frequent first."""
        return Counter(issue.found for issue in self.issues if issue.found).most_common()

    @property
    def suggested(self) -> int:
        """How many of the issues have a suggestion of their own."""
        return sum(issue.suggestion is not None for issue in self.issues)


def issue_groups(batch: Batch) -> list[IssueGroup]:
    """Return the groups to correct: errors before warnings, within those the most rows first."""
    gathered: dict[tuple[str, str | None, Severity], list[Issue]] = {}
    for issue in batch.issues:
        if issue.kind not in COLUMN_KINDS:
            gathered.setdefault((issue.kind, issue.table, issue.severity), []).append(issue)
    groups = [IssueGroup(kind, table, severity, tuple(own)) for (kind, table, severity), own in gathered.items()]
    return sorted(groups, key=lambda group: (group.severity != "error", -group.rows))


def column_issues(batch: Batch) -> list[Issue]:
    """Return the issues that are settled by matching columns."""
    return [issue for issue in batch.issues if issue.kind in COLUMN_KINDS]


def uncertain_columns(batch: Batch) -> list[Issue]:
    """Return the columns the user has to confirm: uncertain ones, and whatever keeps a whole table out."""
    return [issue for issue in batch.issues if issue.kind in ("column-uncertain", "required-column-missing")]


def rows_with(issues: Sequence[Issue], severity: Severity) -> int:
    """Return how many distinct rows have an issue of this severity."""
    return len({(i.file, i.sheet, i.row) for i in issues if i.severity == severity and i.row is not None})
