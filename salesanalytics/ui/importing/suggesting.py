"""What each issue's cell should probably say: the check's own suggestion, or what the customer's latest follow-up says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from salesanalytics.i18n import Lang
from salesanalytics.intake.sensitive_text import masked
from salesanalytics.intake.types import Batch, Issue
from salesanalytics.stages import StageModel
from salesanalytics.ui.importing.draft import ImportDraft
from salesanalytics.ui.importing.fixes import Fixer
from salesanalytics.ui.importing.groups import issue_groups
from salesanalytics.ui.importing.rows import Place

STAGE_KINDS = ("unknown-stage", "empty-stage")
SENSITIVE = "sensitive-in-notes"
SPELLINGS = ("spelling-variant", "unknown-method", "unreadable-boolean")
COLUMN_WIDE = ("date-order-undecided", "number-format-undecided")


@dataclass(frozen=True)
class Suggester:
    """Suggestions for the issues of a batch, in the words of ``lang`` where they are stages."""

    fixer: Fixer
    stages: StageModel
    latest: Mapping[Place, str]
    """row → the stage id its customer was left in by the latest follow-up"""
    lang: Lang

    def for_issue(self, issue: Issue) -> str | None:
        """Return the value to write into the issue's cell, or None."""
        if issue.row is None or issue.kind in COLUMN_WIDE or issue.field is None:
            return None
        if issue.kind in STAGE_KINDS:
            return self._named(self.latest_stage(issue) or issue.suggestion)
        if issue.kind == SENSITIVE:
            row = self.fixer.rows.at((issue.file, issue.sheet, issue.row))
            found = row.cell(issue.field) if row else None
            return masked(found) if found and masked(found) != found else None
        return None if issue.kind.startswith("duplicate") else issue.suggestion

    def latest_stage(self, issue: Issue) -> str | None:
        """Return the stage id after the latest follow-up of the issue's customer, if one is known."""
        return self.latest.get((issue.file, issue.sheet, issue.row or 0))

    def agreement(self, issues: Sequence[Issue]) -> tuple[str, int] | None:
        """Return the stage most of these issues' customers reached in their latest follow-up, and how many of them did."""
        seen = Counter(stage for issue in issues if (stage := self.latest_stage(issue)))
        return seen.most_common(1)[0] if seen else None

    def all_for(self, issues: Sequence[Issue]) -> list[tuple[Issue, str]]:
        """Return the issues that have a suggestion, each with it."""
        return [(issue, value) for issue in issues if (value := self.for_issue(issue)) is not None]

    def spellings_for(self, issues: Sequence[Issue]) -> list[tuple[str, str]]:
        """Return each spelling found with the value suggested for it."""
        return list(
            dict((issue.found, value) for issue, value in self.all_for(issues) if issue.found).items()  # noqa: C402
        )

    def _named(self, stage_id: str | None) -> str | None:
        return self.stages.get(stage_id).name(self.lang) if stage_id in self.stages.ids and stage_id else stage_id


def with_suggestions(draft: ImportDraft, batch: Batch, suggester: Suggester) -> ImportDraft:
    """Return the draft with every suggestion taken: values for cells, spellings in their whole column, and the most recent of conflicting copies."""
    for group in issue_groups(batch):
        if group.kind == "duplicate-conflicting":
            draft = draft.with_edit(suggester.fixer.keep_one(group, "most-recent"))
        elif group.kind == SENSITIVE:
            draft = draft.with_edit(suggester.fixer.mask(group.issues, kind=group.kind))
        elif group.kind in SPELLINGS:
            for found, value in suggester.spellings_for(group.issues):
                draft = draft.with_edit(suggester.fixer.map_spelling(group, found, value, remember=True))
        else:
            suggestions = suggester.all_for(group.issues)
            draft = draft.with_edit(suggester.fixer.use_suggestions(suggestions, kind=group.kind))
    return draft
