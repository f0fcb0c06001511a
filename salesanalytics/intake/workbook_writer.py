"""Writes sheets to an xlsx, byte for byte the same for the same input."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from salesanalytics.intake import workbook_style as style
from salesanalytics.intake.types import Cell
from salesanalytics.tables import Kind

FIXED_TIME = datetime(2024, 1, 1)  # a date of writing would make equal content differ
LONGEST_LIST = 255  # Excel refuses a workbook with a longer list typed into a validation
ROWS_PREPARED = 10_000
COLUMNS_A_PAGE = 12


@dataclass(frozen=True)
class SheetSpec:
    """A sheet to write: headers and rows, and by header position what dresses them.

    ``kinds`` set number formats (an ID stays text); ``header_fills`` a colour RRGGBB (default primary); ``notes`` a comment on a header;
    ``choices`` a dropdown; ``above`` lines merged over the header, so it does not stand in row 1. ``examples`` greys the rows.
    ``prepared`` formats the empty rows below too, as a form to fill in.
    """

    title: str
    headers: Sequence[str]
    rows: Sequence[Sequence[Cell]] = ()
    kinds: Sequence[Kind | None] = ()
    header_fills: Mapping[int, str] = field(default_factory=dict)
    notes: Mapping[int, str] = field(default_factory=dict)
    choices: Mapping[int, Sequence[str]] = field(default_factory=dict)
    choice_warning: tuple[str, str] = ("", "")  # title and sentence shown for a value outside the list
    above: Sequence[str] = ()
    examples: bool = False
    prepared: bool = False
    hidden: bool = False

    def kind(self, position: int) -> Kind | None:
        """Return the kind of the column at ``position``, None if none was given."""
        return self.kinds[position] if position < len(self.kinds) else None


def write_workbook(sheets: Sequence[SheetSpec], author: str = "", title: str = "") -> bytes:
    """Return an xlsx with ``sheets`` in order. Text stays text (also what begins with ``=``); equal input gives equal bytes."""
    book = new_workbook(author, title)
    for spec in sheets:
        add_sheet(book, spec)
    return workbook_bytes(book)


def new_workbook(author: str = "", title: str = "") -> Workbook:
    """Return a workbook without sheets and with fixed properties."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = author or None
    book.properties.title = title or None
    book.properties.created = book.properties.modified = FIXED_TIME
    return book


def add_sheet(book: Workbook, spec: SheetSpec) -> None:
    """Append ``spec`` to ``book``: frozen header, number formats, widths, notes and dropdowns."""
    sheet = book.create_sheet(spec.title)
    sheet.sheet_state = "hidden" if spec.hidden else "visible"
    header_row = len(spec.above) + 1
    _write_above(sheet, spec)
    _write_header(sheet, spec, header_row)
    for offset, row in enumerate(spec.rows, start=1):
        for position, value in enumerate(row):
            _write_cell(sheet, header_row + offset, position, value, spec)
    _prepare_columns(sheet, spec)
    for position, labels in spec.choices.items():
        _add_dropdown(sheet, spec, position, labels, header_row)
    sheet.freeze_panes = sheet.cell(header_row + 1, 2 if spec.prepared else 1)
    sheet.sheet_format.defaultRowHeight, sheet.sheet_format.customHeight = style.ROW_HEIGHT, True
    set_page(sheet, pages_wide=-(-len(spec.headers) // COLUMNS_A_PAGE) or 1)
    sheet.print_title_rows = f"{header_row}:{header_row}"


def set_page(sheet: Any, pages_wide: int = 1) -> None:
    """Print on A4 landscape, shrunk to ``pages_wide`` pages across."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", Worksheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = pages_wide, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def put_text(cell: Any, text: str) -> None:
    """Set ``text`` as text: openpyxl would take ``=1+1`` for a formula and ``#N/A`` for an error, and refuses control characters."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
    if text:
        cell.data_type = "s"


def workbook_bytes(book: Workbook) -> bytes:
    """Return the saved workbook, its zip entries dated alike, so that equal workbooks are equal bytes."""
    saved, fixed = BytesIO(), BytesIO()
    with ZipFile(saved, "w", ZIP_DEFLATED) as archive:
        ExcelWriter(book, archive).save()  # Workbook.save would stamp the time of day
    with ZipFile(saved) as source, ZipFile(fixed, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = ZipInfo(name, FIXED_TIME.timetuple()[:6])
            entry.compress_type, entry.external_attr, entry.create_system = ZIP_DEFLATED, 0o600 << 16, 3
            target.writestr(entry, source.read(name))
    return fixed.getvalue()


def _write_above(sheet: Any, spec: SheetSpec) -> None:
    for row, line in enumerate(spec.above, start=1):
        put_text(sheet.cell(row, 1), line)
        sheet.cell(row, 1).font = style.BOLD_FONT
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=max(len(spec.headers), 1))


def _write_header(sheet: Any, spec: SheetSpec, row: int) -> None:
    for position, header in enumerate(spec.headers):
        cell = sheet.cell(row, position + 1)
        put_text(cell, header)
        colour = spec.header_fills.get(position, style.PRIMARY)
        cell.fill, cell.border, cell.alignment = style.filled(colour), style.HEADER_LINE, style.HEADER_ALIGNMENT
        cell.font = style.PRIMARY_HEADER_FONT if colour == style.PRIMARY else style.HEADER_FONT
        if note := spec.notes.get(position):
            lines = sum(1 + style.display_width(line) // 36 for line in note.splitlines())
            cell.comment = Comment(note, "", height=24 + 18 * lines, width=260)
    sheet.row_dimensions[row].height = 32


def _write_cell(sheet: Any, row: int, position: int, value: Cell, spec: SheetSpec) -> None:
    if value is None:
        return
    cell = sheet.cell(row, position + 1)
    if isinstance(value, str):
        put_text(cell, value)
    else:
        cell.value = value
    cell.number_format = style.number_format(spec.kind(position), value)
    cell.font = style.EXAMPLE_FONT if spec.examples else style.BODY_FONT
    cell.alignment = style.body_alignment(spec.kind(position))


def _prepare_columns(sheet: Any, spec: SheetSpec) -> None:
    for position, header in enumerate(spec.headers):
        dimension = sheet.column_dimensions[get_column_letter(position + 1)]
        sample = [row[position] for row in spec.rows[:200] if position < len(row)]
        labels = spec.choices.get(position, ())
        dimension.width = style.column_width([header, *sample, *labels])
        if spec.prepared:
            dimension.font = style.BODY_FONT
            dimension.alignment = style.body_alignment(spec.kind(position))
            dimension.number_format = style.number_format(spec.kind(position))


def _add_dropdown(sheet: Any, spec: SheetSpec, position: int, labels: Sequence[str], header_row: int) -> None:
    """A list too long for Excel, or with a comma in a label, gets no dropdown: the guide still names the choices."""
    listed = ",".join(labels)
    if not labels or len(listed) > LONGEST_LIST or any("," in label or '"' in label for label in labels):
        return
    heading, sentence = spec.choice_warning
    rule = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True, errorStyle="warning")
    rule.showErrorMessage, rule.errorTitle, rule.error = bool(sentence), heading or None, sentence or None
    letter = get_column_letter(position + 1)
    rule.add(f"{letter}{header_row + 1}:{letter}{header_row + ROWS_PREPARED}")
    sheet.add_data_validation(rule)
