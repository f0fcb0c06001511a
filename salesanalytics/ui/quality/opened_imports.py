"""An import opened: its issues with their sentences, the rows it held back and those it read, each with file, sheet and Excel row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from salesanalytics.i18n import format, text
from salesanalytics.insight.quality_trend import CONFLICTING, IDENTICAL, ImportQuality
from salesanalytics.intake.issues import message
from salesanalytics.intake.types import Issue
from salesanalytics.metrics.types import Filters
from salesanalytics.tables import BY_NAME
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.number_detail import rows_dialog
from salesanalytics.ui.quality.answers import imports_of
from salesanalytics.ui.quality.words import kind_name

_NOTHING: Mapping[str, None] = dict.fromkeys(("customer_id", "name", "owner", "team", "stage", "on", "amount"))


def open_duplicates(frame: Frame) -> None:
    """Open the duplicates of the newest import whose issues are known."""
    known = [each for each in imports_of(frame) or () if each.kinds is not None]
    if known:
        _issues(frame, known[-1], (IDENTICAL, CONFLICTING), text("quality.card_duplicates", frame.lang))


def open_issues(frame: Frame, of: str) -> None:
    """Open the issues of an import: all of them, or of one kind."""
    number, _, kind = of.partition(":")
    found = _import(frame, number)
    if found is not None:
        name = kind_name(kind, frame.lang) if kind else text("quality.all_issues", frame.lang)
        _issues(frame, found, (kind,) if kind else (), f"{name} · {format.day(found.as_of)}")


def open_held(frame: Frame, of: str) -> None:
    """Open the rows an import held back."""
    found = _import(frame, of)
    if found is None:
        return
    held = [each.row for each in frame.desk.source.workspace.quarantine() if each.import_id == found.import_id]
    comma = text("quality.comma", frame.lang)
    rows = [
        _row(comma.join(kind_name(kind, frame.lang) for kind in row.kinds), row.file, row.sheet, row.row)
        for row in held
    ]
    _show(frame, found, rows, format.number(found.held), "rows_held")


def open_read(frame: Frame, of: str) -> None:
    """Open the rows an import read into tables."""
    found = _import(frame, of)
    if found is None:
        return
    rows = [
        _row(f"{BY_NAME[row['table']].title(frame.lang)} · {row['key']}", row["file"], row["sheet"], row["row"])
        for row in frame.desk.source.workspace.rows_of(found.import_id)
    ]
    _show(frame, found, rows, format.number(found.rows), "rows_read")


def _import(frame: Frame, number: str) -> ImportQuality | None:
    """An import of those the viewer sees; what a browser says is believed no further."""
    return next((each for each in imports_of(frame) or () if str(each.import_id) == number), None)


def _issues(frame: Frame, found: ImportQuality, kinds: tuple[str, ...], title: str) -> None:
    issues = frame.desk.source.workspace.issues_of(found.import_id, *kinds)
    n = sum(found.of(kind) or 0 for kind in kinds) if kinds else found.issues or 0
    one_kind = len(kinds) == 1  # the title says it
    rows = [_row(_words(issue, frame, named=not one_kind), issue.file, issue.sheet, issue.row) for issue in issues]
    kept = bool(rows) or not n
    formula = text("quality.opened_issues" if kept else "quality.opened_issues_unkept", frame.lang)
    rows_dialog(frame, format.number(n), formula, Filters(), rows if kept else None, title)


def _show(frame: Frame, found: ImportQuality, rows: list[dict[str, Any]], value: str, name: str) -> None:
    title = f"{text(f'quality.{name}', frame.lang)} · {format.day(found.as_of)}"
    rows_dialog(frame, value, text(f"quality.opened_{name}", frame.lang), Filters(), rows, title)


def _words(issue: Issue, frame: Frame, *, named: bool) -> str:
    said = message(issue, frame.lang, frame.desk.settings.stages)
    return f"{kind_name(issue.kind, frame.lang)} · {said}" if named else said


def _row(label: str, file: str, sheet: str | None, row: int | None) -> dict[str, Any]:
    return {**_NOTHING, "label": label, "file": file, "sheet": sheet or None, "row": row}
