"""The example rows of a template, from the declarations' text to typed cells."""

from __future__ import annotations

from datetime import date, datetime

from salesanalytics.i18n import Lang
from salesanalytics.intake.types import Cell
from salesanalytics.stages import StageModel
from salesanalytics.tables import Column, Kind, Table


def example_rows(table: Table, lang: Lang, stages: StageModel) -> list[list[Cell]]:
    """Return the example rows of ``table`` in ``lang``; known stages read as ``stages`` name them unless the customary wording is an alias."""
    columns = [[_cell(column, text, lang, stages) for text in column.example_cells(lang)] for column in table.columns]
    return [list(row) for row in zip(*columns, strict=True)]


def _cell(column: Column, text: str, lang: Lang, stages: StageModel) -> Cell:
    if text in ("", "-", "--"):
        return text or None
    match column.kind:
        case Kind.DATE:
            return date.fromisoformat(text)
        case Kind.TIMESTAMP:
            return datetime.fromisoformat(text)
        case Kind.MONEY | Kind.NUMBER:
            number = float(text.replace(",", ""))
            return int(number) if number.is_integer() else number
        case Kind.COUNT:
            return int(text)
        case Kind.SHARE:
            return round(float(text.rstrip("%")) / 100, 6)
        case Kind.STAGE:
            return _stage(text, lang, stages)
        case _:
            return text


def _stage(text: str, lang: Lang, stages: StageModel) -> Cell:
    """A stage the administrator renamed would stand in the example as unknown: leave such a cell to the model's own first stage."""
    return text if stages.resolve(text) else stages.forward[0].name(lang)
