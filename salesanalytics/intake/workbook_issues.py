"""The list of issues in an annotated workbook: what, where, found, suggested, with a link to each cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from openpyxl.cell import Cell as SheetCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink

from salesanalytics.i18n import Lang, format, text
from salesanalytics.intake import workbook_style as style
from salesanalytics.intake.annotated_sheet import list_title
from salesanalytics.intake.issues import CHECK_BY_KIND, message, shown_suggestion
from salesanalytics.intake.types import Issue
from salesanalytics.intake.workbook_marks import Spot
from salesanalytics.intake.workbook_writer import put_text, set_page
from salesanalytics.settings import Severity
from salesanalytics.stages import StageModel

LONGEST_LIST = 5_000
ERROR_FILL, WARNING_FILL = "FADCD9", "FFEBC2"
FILLS: Mapping[Severity, str] = {"error": ERROR_FILL, "warning": WARNING_FILL}
LINK_FONT = Font(name="Microsoft YaHei", size=11, color=style.PRIMARY, underline="single")
HEADINGS = ("severity", "kind", "sheet", "row", "column", "found", "suggestion", "sentence", "todo")
WIDTHS: Mapping[Lang, tuple[int, ...]] = {
    "zh": (10, 20, 18, 9, 20, 24, 18, 64, 50),
    "en": (11, 26, 20, 9, 22, 24, 20, 78, 56),
}


@dataclass(frozen=True)
class IssueList:
    """What the list tells. ``titles``: the sheet as read → its title in the workbook; ``spots``: the cell of each issue that has one."""

    file: str
    issues: Sequence[Issue]
    spots: Mapping[Issue, Spot]
    titles: Mapping[str, str]
    lang: Lang
    stages: StageModel
    notes: Sequence[str] = ()
    hidden: frozenset[str] = frozenset()


def write_issue_list(sheet: Any, told: IssueList) -> None:
    """Fill ``sheet`` (an ordinary or a write-only one) from the top: errors first, and at most ``LONGEST_LIST``."""
    lang = told.lang
    sheet.sheet_view.showGridLines = False
    for at, width in enumerate(WIDTHS[lang], start=1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    ordered = sorted(told.issues, key=lambda issue: issue.severity != "error")
    lines = [*_introduction(told), *told.notes]
    if len(ordered) > LONGEST_LIST:
        lines.append(text("annotated.list_cut", lang, shown=format.number(LONGEST_LIST), n=format.number(len(ordered))))
    head = len(lines) + 3
    sheet.freeze_panes = f"A{head + 1}"
    sheet.auto_filter.ref = f"A{head}:{get_column_letter(len(HEADINGS))}{head + min(len(ordered), LONGEST_LIST)}"
    set_page(sheet)
    sheet.append([_text(sheet, 1, 1, list_title(lang), style.TITLE_FONT)])
    for row, line in enumerate(lines, start=2):
        sheet.append([_text(sheet, row, 1, line, style.MUTED_FONT)])
    sheet.append([])
    sheet.append(
        [_heading(sheet, head, at, text(f"annotated.head_{name}", lang)) for at, name in enumerate(HEADINGS, 1)]
    )
    for row, issue in enumerate(ordered[:LONGEST_LIST], start=head + 1):
        cells = _line(sheet, row, issue, told)
        lines_high = max(
            -(-style.display_width(str(cell.value or "")) // (width - 2))
            for cell, width in zip(cells, WIDTHS[lang], strict=True)
        )
        sheet.row_dimensions[row].height = 6 + 16 * min(max(lines_high, 1), 6)
        sheet.append(cells)


def _introduction(told: IssueList) -> list[str]:
    errors = sum(issue.severity == "error" for issue in told.issues)
    counts = {"errors": format.number(errors), "warnings": format.number(len(told.issues) - errors)}
    return [
        text("annotated.counts", told.lang, file=told.file, **counts),
        text("annotated.how", told.lang),
    ]


def _line(sheet: Any, row: int, issue: Issue, told: IssueList) -> list[Any]:
    lang, spot = told.lang, told.spots.get(issue)
    title = told.titles.get(issue.sheet, issue.sheet)
    check = CHECK_BY_KIND[issue.kind]
    number = issue.row if spot is None or issue.row is None else spot.row
    texts = (
        text(f"annotated.{issue.severity}", lang),
        check.title(lang),
        text("annotated.hidden", lang, sheet=title) if issue.sheet in told.hidden else title,
        number,
        issue.column,
        issue.found,
        shown_suggestion(issue, lang, told.stages),
        message(replace(issue, suggestion=None), lang, told.stages),
        check.fix(lang),
    )
    cells = [_text(sheet, row, at, value, style.BODY_FONT, padded=True) for at, value in enumerate(texts, start=1)]
    cells[0].fill = style.filled(FILLS[issue.severity])
    if spot is not None:
        place = f"{quote_sheetname(title)}!{get_column_letter(spot.column)}{spot.row}"
        for cell in cells[3:5]:
            if cell.value is not None:
                cell.hyperlink = Hyperlink(ref="", location=place)
                cell.font = LINK_FONT
    return cells


def _text(sheet: Any, row: int, at: int, value: str | int | None, font: Any, *, padded: bool = False) -> Any:
    cell = SheetCell(sheet, row=row, column=at)
    if isinstance(value, str):
        put_text(cell, value)
    elif value is not None:
        cell.value = value
    cell.font = font
    if padded:
        cell.alignment, cell.border = style.PADDED, style.THIN_LINE
    return cell


def _heading(sheet: Any, row: int, at: int, words: str) -> Any:
    cell = _text(sheet, row, at, words, style.PRIMARY_HEADER_FONT)
    cell.fill, cell.alignment = style.filled(style.PRIMARY), style.HEADER_ALIGNMENT
    return cell
