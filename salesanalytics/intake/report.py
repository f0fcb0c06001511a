"""A checked upload as a plain document: what the CLI prints as JSON, for people's scripts and for tests."""

from __future__ import annotations

from salesanalytics.errors import FileRefused
from salesanalytics.i18n import Lang
from salesanalytics.intake.issues import message
from salesanalytics.intake.types import Batch, FileReport, Issue, MatchedSheet
from salesanalytics.stages import DEFAULT_STAGES, StageModel

Document = dict[str, list[dict[str, object]]]


def check_document(batch: Batch, lang: Lang, stages: StageModel = DEFAULT_STAGES) -> Document:
    """Return ``{"files": […], "issues": […]}``: what became of each file and sheet, and every issue with its sentence in ``lang``."""
    return {
        "files": [_file(report, lang) for report in batch.files],
        "issues": [_issue(issue, lang, stages) for issue in batch.issues],
    }


def _file(report: FileReport, lang: Lang) -> dict[str, object]:
    refused = None
    if report.refused is not None:
        sentence = FileRefused(report.refused, **report.refused_params).message(lang)
        refused = {"kind": report.refused, "message": sentence}
    return {"file": report.file, "refused": refused, "sheets": [_sheet(sheet) for sheet in report.sheets]}


def _sheet(sheet: MatchedSheet) -> dict[str, object]:
    known = sheet.table is not None
    return {
        "sheet": sheet.raw.sheet,
        "table": sheet.table,
        "header_row": sheet.header_row if known else None,
        "rows": len(sheet.data_indices),
        "columns": {match.header: match.column for match in sheet.columns},
    }


def _issue(issue: Issue, lang: Lang, stages: StageModel) -> dict[str, object]:
    return {
        "kind": issue.kind,
        "severity": issue.severity,
        "file": issue.file,
        "sheet": issue.sheet,
        "row": issue.row,
        "column": issue.column,
        "field": issue.field,
        "found": issue.found,
        "expected": issue.expected,
        "suggestion": issue.suggestion,
        "message": message(issue, lang, stages),
    }
