"""An export's rows as the sheets of a workbook: Chinese headers as in the templates, stages and yes/no as people write them."""

from __future__ import annotations

from collections.abc import Sequence

from salesanalytics.intake.types import Cell
from salesanalytics.intake.workbook_writer import SheetSpec
from salesanalytics.sample.diary import Row
from salesanalytics.sample.exports import Export
from salesanalytics.sample.plain_workbook import plain_workbook
from salesanalytics.stages import DEFAULT_STAGES
from salesanalytics.tables import BY_NAME, Column, Kind, Table

UNUSED = {"closed_on"}  # the company's CRM has separate dates for won and lost
CUSTOM = {"leads": (Column("product_line", Kind.TEXT, "产品线", "Product line"),)}


def columns_of(table: Table) -> tuple[Column, ...]:
    """Return the columns an export of ``table`` has, in template order, the company's own last."""
    return tuple(c for c in table.columns if c.name not in UNUSED) + CUSTOM.get(table.name, ())


def workbook(export: Export) -> bytes:
    """Return the export as one xlsx."""
    return plain_workbook([sheet(BY_NAME[name], rows) for name, rows in export.tables.items()])


def sheet(table: Table, rows: Sequence[Row], above: Sequence[str] = ()) -> SheetSpec:
    """Return ``rows`` as a sheet with ``table``'s Chinese headers."""
    columns = columns_of(table)
    return SheetSpec(
        title=table.zh,
        headers=[column.zh for column in columns],
        rows=[[shown(column, row.get(column.name)) for column in columns] for row in rows],
        kinds=[column.kind for column in columns],
        above=above,
    )


def shown(column: Column, value: Cell) -> Cell:
    """Return ``value`` as it stands in a cell of ``column``."""
    if value is None:
        return None
    if column.kind is Kind.STAGE:
        return DEFAULT_STAGES.get(str(value)).zh
    if column.kind is Kind.BOOLEAN:
        return "是" if value else "否"
    return value
