"""What only the user can say about columns: uncertain headers, and required columns that were not found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from salesanalytics.i18n import Lang, text
from salesanalytics.intake.mapping import CUSTOM
from salesanalytics.intake.match_evidence import contradicts
from salesanalytics.intake.types import Batch, ColumnMatch, MatchedSheet
from salesanalytics.intake.typing_cells import show
from salesanalytics.stages import DEFAULT_STAGES
from salesanalytics.tables import BY_NAME, Kind
from salesanalytics.ui.importing.groups import uncertain_columns

NOT_USED, OWN = "-", CUSTOM
SAMPLES = 3


@dataclass(frozen=True)
class Question:
    """One question. Either which of our columns ``header`` is, or (``missing``) which header our required column is."""

    digest: str
    sheet: str
    table: str
    header: str | None
    missing: str | None
    proposal: str | None
    samples: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The question's name in widget keys."""
        return f"{self.digest[:8]}-{self.sheet}-{self.header}-{self.missing}"

    def columns(self, answer: str) -> Mapping[str, str | None]:
        """Return what ``answer`` says: header → our column, None (not used) or ``custom`` (a dimension of the user's own)."""
        if self.missing is not None:
            return {answer: self.missing}
        return {self.header or "": None if answer == NOT_USED else answer}


def questions(batch: Batch) -> list[Question]:
    """Return the questions about a batch's columns that have an answer, in the order of the files."""
    return [question for question in _all_questions(batch) if question.missing is None or question.candidates]


def unanswerable(batch: Batch) -> list[Question]:
    """Return the required columns a sheet lacks and no other header of it could be."""
    return [question for question in _all_questions(batch) if question.missing is not None and not question.candidates]


def _all_questions(batch: Batch) -> list[Question]:
    sheets = {(sheet.raw.file, sheet.raw.sheet, sheet.table): sheet for file in batch.files for sheet in file.sheets}
    asked = []
    for issue in uncertain_columns(batch):
        sheet = sheets.get((issue.file, issue.sheet, issue.table))
        if sheet is None or sheet.table is None:
            continue
        digest = sheet.raw.digest
        if issue.kind == "column-uncertain":
            match = next((match for match in sheet.columns if match.header == issue.column), None)
            samples = sample_values(sheet, match) if match else ()
            proposal = issue.expected if _values_fit(sheet.table, issue.expected, samples) else NOT_USED
            asked.append(Question(digest, issue.sheet, sheet.table, issue.column, None, proposal, samples))
        else:
            spare = tuple(match.header for match in sheet.columns if match.column is None)
            asked.append(Question(digest, issue.sheet, sheet.table, None, issue.expected, None, (), spare))
    return asked


def _values_fit(table: str, column: str | None, samples: tuple[str, ...]) -> bool:
    """Say whether the values could be the column's: a "status" of "Completed" and "Scheduled" is no stage, whatever its header is like."""
    kind = BY_NAME[table].column(column).kind if column else Kind.TEXT
    if kind is Kind.STAGE:
        return not samples or any(DEFAULT_STAGES.nearest(value) for value in samples)
    return not contradicts(kind, samples)


def sample_values(sheet: MatchedSheet, match: ColumnMatch) -> tuple[str, ...]:
    """Return the first few distinct values of a column."""
    found: dict[str, None] = {}
    for index in sheet.data_indices:
        row = sheet.raw.rows[index]
        value = show(row[match.position]) if match.position < len(row) else None
        if value and value.strip():
            found[value.strip()] = None
        if len(found) == SAMPLES:
            break
    return tuple(found)


def other_columns(batch: Batch) -> list[tuple[MatchedSheet, ColumnMatch]]:
    """Return the headers that stand for none of our columns and are not asked about."""
    asked = {(issue.file, issue.sheet, issue.column) for issue in uncertain_columns(batch)}
    return [
        (sheet, match)
        for file in batch.files
        for sheet in file.sheets
        if sheet.table
        for match in sheet.columns
        if match.column is None and (sheet.raw.file, sheet.raw.sheet, match.header) not in asked
    ]


def absent_columns(batch: Batch, lang: Lang) -> list[str]:
    """Return a line a table that lacks expected columns: what depends on them will not be shown."""
    lacking: dict[str, list[str]] = {}
    for issue in batch.issues:
        if issue.kind == "column-missing" and issue.table and issue.expected:
            lacking.setdefault(issue.table, []).append(BY_NAME[issue.table].column(issue.expected).header(lang))
    joint = text("data_page.list_joint", lang)
    head = text("data_page.match_absent", lang)
    lines = [
        text(
            "data_page.match_absent_line",
            lang,
            table=BY_NAME[name].title(lang),
            columns=joint.join(dict.fromkeys(columns)),
        )
        for name, columns in lacking.items()
    ]
    return [f"{head} · {line}" for line in lines]
