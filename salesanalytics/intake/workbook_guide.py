"""The sheet of a blank workbook that explains: what each column means, whether it is needed, and how it is written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from openpyxl import Workbook

from salesanalytics.i18n import Lang, text
from salesanalytics.intake import workbook_style as style
from salesanalytics.intake.workbook_writer import put_text, set_page
from salesanalytics.stages import StageModel
from salesanalytics.tables import Column, Kind, Table

HEADINGS = ("column", "need", "meaning", "format", "example", "choices")
WIDTHS = {"zh": (24, 12, 66, 34, 34, 44), "en": (28, 12, 70, 36, 36, 44)}


def need(column: Column) -> Literal["required", "expected", "optional"]:
    """Say how much a column is needed: an empty required cell blocks its row, an empty expected one draws a warning."""
    if column.required:
        return "required"
    return "expected" if column.expected else "optional"


def choice_labels(column: Column, lang: Lang, stages: StageModel) -> tuple[str, ...]:
    """Return what one may choose in a column: the stages, the customary values, or nothing. A past stage is never lost or won."""
    if column.kind is not Kind.STAGE:
        return column.choice_labels(lang)
    if column.name == "lost_from_stage":
        return tuple(stages.get(stage_id).name(lang) for stage_id in stages.open_ids)
    return tuple(stage.name(lang) for stage in stages.all)


def add_guide(book: Workbook, tables: Sequence[Table], lang: Lang, stages: StageModel) -> None:
    """Append the guide to ``book``: how to use the file, the header colours, and a block a table."""
    sheet = book.create_sheet(text("template.guide_sheet", lang))
    sheet.sheet_view.showGridLines = False
    for letter, width in zip("ABCDEF", WIDTHS[lang], strict=True):
        sheet.column_dimensions[letter].width = width
    row = _write_introduction(sheet, lang)
    for table in tables:
        row = _write_table(sheet, row + 1, table, lang, stages)
    set_page(sheet)


def _write_introduction(sheet: Any, lang: Lang) -> int:
    _merged(sheet, 1, text("template.guide_title", lang), style.TITLE_FONT, height=30)
    _merged(sheet, 2, text("template.guide_use", lang), style.BODY_FONT, height=20)
    _merged(sheet, 3, text("template.guide_examples", lang), style.BODY_FONT, height=36)
    put_text(sheet.cell(5, 1), text("template.guide_legend", lang))
    sheet.cell(5, 1).font, sheet.cell(5, 1).alignment = style.BOLD_FONT, style.PADDED
    fills = (("required", style.PRIMARY), ("expected", style.EXPECTED_FILL), ("optional", style.OPTIONAL_FILL))
    for row, (name, colour) in enumerate(fills, start=5):
        swatch, meaning = sheet.cell(row, 2), sheet.cell(row, 3)
        put_text(swatch, text(f"template.need_{name}", lang))
        swatch.fill, swatch.alignment = style.filled(colour), style.HEADER_ALIGNMENT
        swatch.font = style.PRIMARY_HEADER_FONT if colour == style.PRIMARY else style.HEADER_FONT
        put_text(meaning, text(f"template.legend_{name}", lang))
        meaning.font, meaning.alignment = style.BODY_FONT, style.PADDED
        sheet.row_dimensions[row].height = style.ROW_HEIGHT
    return 8


def _write_table(sheet: Any, row: int, table: Table, lang: Lang, stages: StageModel) -> int:
    """Write one table's block from ``row`` on; return the row after it."""
    _merged(sheet, row, table.title(lang), style.SECTION_FONT, height=26)
    for position, name in enumerate(HEADINGS, start=1):
        cell = sheet.cell(row + 1, position)
        put_text(cell, text(f"template.{name}_header", lang))
        cell.font, cell.fill, cell.border = style.BOLD_FONT, style.filled(style.OPTIONAL_FILL), style.THIN_LINE
        cell.alignment = style.PADDED
    for offset, column in enumerate(table.columns, start=2):
        _write_column(sheet, row + offset, column, lang, stages)
    return row + len(table.columns) + 2


def _write_column(sheet: Any, row: int, column: Column, lang: Lang, stages: StageModel) -> None:
    first_example = next((cell for cell in column.example_cells(lang) if cell not in ("", "-", "--")), "")
    cells = (
        column.header(lang),
        text(f"template.need_{need(column)}", lang),
        column.note(lang),
        text(f"template.format.{column.kind}", lang),
        first_example,
        text("template.separator", lang).join(choice_labels(column, lang, stages)),
    )
    for position, value in enumerate(cells, start=1):
        cell = sheet.cell(row, position)
        put_text(cell, value)
        cell.font = style.BOLD_FONT if position == 1 else style.BODY_FONT
        cell.alignment, cell.border = style.PADDED, style.THIN_LINE
    lines = max(-(-style.display_width(value) // (width - 3)) for value, width in zip(cells, WIDTHS[lang], strict=True))
    sheet.row_dimensions[row].height = 6 + 16 * lines


def _merged(sheet: Any, row: int, words: str, font: Any, height: float) -> None:
    put_text(sheet.cell(row, 1), words)
    sheet.cell(row, 1).font, sheet.cell(row, 1).alignment = font, style.PADDED
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(HEADINGS))
    sheet.row_dimensions[row].height = height
