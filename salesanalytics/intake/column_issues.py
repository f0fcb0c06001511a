"""What is odd about a recognised sheet's columns: missing, repeated or uncertain headers; and sheets that are no table."""

from __future__ import annotations

from salesanalytics.intake.headers import is_blank_row
from salesanalytics.intake.issues import severity_of
from salesanalytics.intake.match import CERTAIN, DOUBTFUL, column_named
from salesanalytics.intake.types import Issue, MatchedSheet
from salesanalytics.settings import Settings
from salesanalytics.tables import BY_NAME, Column
from salesanalytics.tables.headers import normal_header

DERIVED_ID = {"followups": "followup_id"}
"""Keys that can be made from a row's content where the whole column is absent."""
_GUIDES = (
    "填写说明",
    "说明",
    "说明页",
    "使用说明",
    "填寫說明",
    "instructions",
    "guide",
    "readme",
    "howto",
    "help",
    "notes",
    "index",
    "目录",
    "列表",
    "lists",
)


def column_issues(matched: MatchedSheet, settings: Settings) -> list[Issue]:
    """Return the issues about a sheet and its headers."""
    if matched.table is None:
        return _not_a_table(matched, settings)
    table = BY_NAME[matched.table]
    found = {match.column for match in matched.columns}
    issues = [
        _missing(column, matched, settings) for column in table.columns if column.expected and column.name not in found
    ]
    for match in matched.columns:
        if match.column is None and match.confidence >= DOUBTFUL:
            column = column_named(match.header, table)
            if match.confidence < CERTAIN and column in found:
                continue
            kind = "column-repeated" if match.confidence >= CERTAIN else "column-uncertain"
            issues.append(_issue(kind, matched, settings, match.header, column, column))
    return issues


def _missing(column: Column, matched: MatchedSheet, settings: Settings) -> Issue:
    kind = "required-column-missing" if column.required else "column-missing"
    if DERIVED_ID.get(matched.table or "") == column.name:
        kind = "id-derived"
    return _issue(kind, matched, settings, None, column.name, column.name)


def _not_a_table(matched: MatchedSheet, settings: Settings) -> list[Issue]:
    raw = matched.raw
    if raw.hidden or normal_header(raw.sheet) in _GUIDES or all(is_blank_row(row) for row in raw.rows):
        return []
    return [_issue("sheet-not-recognised", matched, settings, None, None, None)]


def _issue(
    kind: str, matched: MatchedSheet, settings: Settings, header: str | None, field: str | None, expected: str | None
) -> Issue:
    return Issue(
        kind=kind,
        severity=severity_of(kind, settings),
        file=matched.raw.file,
        sheet=matched.raw.sheet,
        column=header,
        field=field,
        table=matched.table,
        expected=expected,
    )
