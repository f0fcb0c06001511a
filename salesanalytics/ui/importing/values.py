"""Whether a value the user typed fits its column: the pipeline's own typing, asked about one cell."""

from __future__ import annotations

from salesanalytics.i18n import Lang
from salesanalytics.intake.typing_cells import NOTHING, NOTHING_TOO, Cells
from salesanalytics.intake.typing_sheet import type_cells
from salesanalytics.stages import StageModel
from salesanalytics.tables import Column, Kind

_PROBLEMS = {
    Kind.STAGE: "stage",
    Kind.DATE: "date",
    Kind.TIMESTAMP: "date",
    Kind.MONEY: "amount",
    Kind.BOOLEAN: "boolean",
    Kind.PERIOD: "period",
}


def value_problem(column: Column, value: str | None, stages: StageModel) -> str | None:
    """Return what is wrong with ``value`` as a cell of ``column`` (``stage``, ``date``, ``amount``, ``number`` … ``empty``), or None."""
    nothing = NOTHING if column.kind in (Kind.TEXT, Kind.ID) else NOTHING_TOO
    cells = Cells([value], nothing)
    if not cells.filled[0]:
        return "empty" if column.required else None
    if column.kind in (Kind.TEXT, Kind.ID):
        return None
    typed = type_cells(column, cells, stages, "ymd")
    if not typed.problems and typed.undecided is None:
        return None
    return _PROBLEMS.get(column.kind, "number")


def value_options(column: Column, stages: StageModel, lang: Lang) -> list[str]:
    """Return the values people choose from in ``column``, as written in ``lang``; empty if it is free."""
    if column.kind is Kind.STAGE:
        return [stage.name(lang) for stage in stages.all]
    return list(column.choice_labels(lang))
