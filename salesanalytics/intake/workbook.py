"""The blank workbooks: a sheet a table to fill in, and a sheet that explains."""

from __future__ import annotations

from collections.abc import Sequence

from salesanalytics.i18n import Lang, text
from salesanalytics.intake import workbook_style as style
from salesanalytics.intake.workbook_examples import example_rows
from salesanalytics.intake.workbook_guide import add_guide, choice_labels, need
from salesanalytics.intake.workbook_writer import SheetSpec, add_sheet, new_workbook, workbook_bytes
from salesanalytics.stages import StageModel
from salesanalytics.tables import Column, Table

HEADER_FILL = {"required": style.PRIMARY, "expected": style.EXPECTED_FILL, "optional": style.OPTIONAL_FILL}


def blank_workbook(tables: Sequence[Table], lang: Lang, stages: StageModel, with_examples: bool = True) -> bytes:
    """Return an xlsx with a guide and a sheet for each of ``tables`` in ``lang``.

    Dropdowns offer the stages of ``stages`` and the customary values; they warn and do not forbid, since other values are kept.
    IDs and periods are text cells, so leading zeros survive. Equal input gives equal bytes.
    """
    book = new_workbook(author=text("template.author", lang), title=text("template.guide_title", lang))
    add_guide(book, tables, lang, stages)
    for table in tables:
        add_sheet(book, _sheet(table, lang, stages, with_examples))
    return workbook_bytes(book)


def _sheet(table: Table, lang: Lang, stages: StageModel, with_examples: bool) -> SheetSpec:
    columns = tuple(enumerate(table.columns))
    return SheetSpec(
        title=table.title(lang),
        headers=[column.header(lang) for column in table.columns],
        rows=example_rows(table, lang, stages) if with_examples else (),
        kinds=[column.kind for column in table.columns],
        header_fills={position: HEADER_FILL[need(column)] for position, column in columns},
        notes={position: _note(column, lang) for position, column in columns},
        choices={position: choice_labels(column, lang, stages) for position, column in columns},
        choice_warning=(text("template.choice_error_title", lang), text("template.choice_error", lang)),
        examples=True,
        prepared=True,
    )


def _note(column: Column, lang: Lang) -> str:
    colon = text("template.colon", lang)
    needed = text(f"template.need_{need(column)}", lang)
    written = text("template.format_header", lang) + colon + text(f"template.format.{column.kind}", lang)
    return f"{needed}\n{column.note(lang)}\n{written}"
