"""The user's workbook given back: bad cells coloured and commented, to be corrected in Excel and uploaded again; or corrected already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from io import BytesIO
from pathlib import PureWindowsPath

from openpyxl import Workbook

from salesanalytics.i18n import Lang, format, text
from salesanalytics.intake import workbook_copy as copying
from salesanalytics.intake.annotated_sheet import is_issue_list
from salesanalytics.intake.types import Batch, Cell, Correction, FileReport, RawSheet, UploadedFile
from salesanalytics.intake.workbook_issues import IssueList, write_issue_list
from salesanalytics.intake.workbook_marks import Change, Mark, Spot, Spots, marks_of
from salesanalytics.intake.workbook_paint import clear_marks, paint
from salesanalytics.intake.workbook_results import with_results
from salesanalytics.stages import DEFAULT_STAGES, StageModel

MOST_COMMENTS = 3_000  # Excel grows slow with more; the errors get theirs first


def annotated_workbook(
    file: UploadedFile,
    batch: Batch,
    lang: Lang,
    *,
    corrections: Sequence[Correction] = (),
    stages: StageModel = DEFAULT_STAGES,
) -> bytes:
    """Return ``file`` as an xlsx with the issues ``batch`` found in it: cells coloured and commented in ``lang``, and a list of all issues first.

    An xlsx keeps its formulas, formats and hidden sheets (not its macros); any other format, and an xlsx too large to be opened so, comes as
    a new workbook of its values. ``corrections`` made already are written in. KeyError if ``file`` is not of the batch.
    """
    report = _report(file, batch)
    raws, in_order = _raws(report), copying.is_text(file.content)
    spots = Spots(report.sheets, in_order=in_order)
    issues = [issue for issue in batch.issues if issue.file == report.file]
    marks = marks_of(issues, spots, lang, stages)
    changes = list(spots.changes(corrections, stages))
    original = copying.open_original(file, raws)
    titles = {raw.sheet: raw.sheet for raw in raws} if original else copying.titles(raws)
    told = IssueList(
        report.file,
        issues,
        {issue: spot for issue in issues if (spot := spots.of_issue(issue)) is not None},
        titles,
        lang,
        stages,
        _notes(len(marks), file.name, lang, anew=original is None),
        frozenset(raw.sheet for raw in raws if raw.hidden),
    )
    if original is None:
        return _anew(raws, changes, marks, told, in_order=in_order)
    copying.apply_changes(original, changes)
    clear_marks(original)
    for painted, (spot, mark) in enumerate(marks.items()):
        header = spot.row in {sheet.header_row for sheet in report.sheets if sheet.raw.sheet == spot.sheet}
        paint(copying.cell_at(original, spot), mark, lang, comment=painted < MOST_COMMENTS, header=header)
    write_issue_list(original.create_sheet(text("annotated.sheet", lang), 0), told)
    _show_first(original)
    return _saved(original) if changes else with_results(_saved(original), original, raws)


def corrected_workbook(
    file: UploadedFile, batch: Batch, corrections: Sequence[Correction], stages: StageModel = DEFAULT_STAGES
) -> bytes:
    """Return ``file`` as an xlsx with ``corrections`` written in; rows left out are emptied. What is kept is as in ``annotated_workbook``."""
    report = _report(file, batch)
    raws, in_order = _raws(report), copying.is_text(file.content)
    changes = list(Spots(report.sheets, in_order=in_order).changes(corrections, stages))
    original = copying.open_original(file, raws)
    if original is None:
        return _anew(raws, changes, {}, None, in_order=in_order)
    copying.apply_changes(original, changes)
    return _saved(original)


def corrected_rows(
    batch: Batch, sheet: str, corrections: Sequence[Correction], stages: StageModel = DEFAULT_STAGES
) -> list[list[Cell]]:
    """Return all rows of one sheet with ``corrections`` written in and rows left out gone: a text file's new content."""
    report = next(each for each in batch.files if any(own.raw.sheet == sheet for own in each.sheets))
    raw = next(raw for raw in _raws(report) if raw.sheet == sheet)
    cells, dropped = _laid(Spots(report.sheets, in_order=True).changes(corrections, stages), sheet)
    return [row for _, row, _ in copying.rows_anew(raw, cells, dropped, in_order=True)]


def annotated_name(name: str, lang: Lang) -> str:
    """Return a name for the annotated copy of the file ``name``; a date in it stays."""
    return text("annotated.file", lang, stem=PureWindowsPath(name).stem)


def _report(file: UploadedFile, batch: Batch) -> FileReport:
    for report in batch.files:
        if report.digest == file.digest and report.refused in (None, "no-table-found"):
            return report
    raise KeyError(file.name)


def _raws(report: FileReport) -> list[RawSheet]:
    """The sheets of a file, each once; our own list of issues is no sheet of theirs."""
    raws = {sheet.raw.sheet: sheet.raw for sheet in report.sheets}
    return [raw for raw in raws.values() if not is_issue_list(raw)]


def _notes(marked: int, name: str, lang: Lang, *, anew: bool) -> list[str]:
    notes = []
    if anew and PureWindowsPath(name).suffix.lower() in (".xlsx", ".xlsm"):
        notes.append(text("annotated.values_only", lang))
    if marked > MOST_COMMENTS:
        shown = format.number(MOST_COMMENTS)
        notes.append(text("annotated.comments_cut", lang, shown=shown, n=format.number(marked)))
    return notes


def _anew(
    raws: Sequence[RawSheet],
    changes: Iterable[Change],
    marks: Mapping[Spot, Mark],
    told: IssueList | None,
    *,
    in_order: bool,
) -> bytes:
    book = Workbook(write_only=True)
    changes = list(changes)
    if told is not None:
        write_issue_list(book.create_sheet(text("annotated.sheet", told.lang)), told)
    painters = {
        spot: partial(paint, mark=mark, lang=told.lang, comment=painted < MOST_COMMENTS, header=False)
        for painted, (spot, mark) in enumerate(marks.items())
        if told is not None
    }
    for raw in raws:
        sheet = book.create_sheet(copying.titles(raws)[raw.sheet])
        if raw.hidden:
            sheet.sheet_state = "hidden"
        copying.set_widths(sheet, raw)
        cells, dropped = _laid(changes, raw.sheet)
        dress = {(spot.row, spot.column): paint for spot, paint in painters.items() if spot.sheet == raw.sheet}
        copying.write_anew(sheet, copying.rows_anew(raw, cells, dropped, in_order=in_order), dress)
    return _saved(book)


def _laid(changes: Iterable[Change], sheet: str) -> tuple[dict[Spot, Cell], frozenset[int]]:
    own = [change for change in changes if change.spot.sheet == sheet]
    cells = {change.spot: change.value for change in own if not change.dropped}
    return cells, frozenset(change.spot.row for change in own if change.dropped)


def _show_first(book: Workbook) -> None:
    """Open on the list: only the first tab is chosen (two chosen tabs would be edited together)."""
    book.active = 0
    for sheet in book.worksheets:
        sheet.sheet_view.tabSelected = sheet is book.worksheets[0]


def _saved(book: Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()
