"""Whether a value the user typed fits its column: the pipeline's own typing, asked about one cell."""

from __future__ import annotations

from salesanalytics.i18n import Lang
from salesanalytics.intake.typing_cells import NOTHING, NOTHING_TOO, Cells, Typed
from salesanalytics.intake.typing_choices import type_boolean, type_stage
from salesanalytics.intake.typing_dates import type_timestamp
from salesanalytics.intake.typing_numbers import type_count, type_money, type_number
from salesanalytics.intake.typing_period import type_period
from salesanalytics.intake.typing_share import type_share
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
    typed = _typed(column.kind, cells, stages)
    if typed is None or (not typed.problems and typed.undecided is None):
        return None
    return _PROBLEMS.get(column.kind, "number")


def _typed(kind: Kind, cells: Cells, stages: StageModel) -> Typed | None:
    match kind:
        case Kind.STAGE:
            return type_stage(cells, stages)
        case Kind.DATE | Kind.TIMESTAMP:
            return type_timestamp(cells, "ymd")
        case Kind.MONEY:
            return type_money(cells)
        case Kind.COUNT:
            return type_count(cells)
        case Kind.NUMBER:
            return type_number(cells)
        case Kind.SHARE:
            return type_share(cells)
        case Kind.BOOLEAN:
            return type_boolean(cells)
        case Kind.PERIOD:
            return type_period(cells)
    return None


def value_options(column: Column, stages: StageModel, lang: Lang) -> list[str]:
    """Return the values people choose from in ``column``, as written in ``lang``; empty if it is free."""
    if column.kind is Kind.STAGE:
        return [stage.name(lang) for stage in stages.all]
    return list(column.choice_labels(lang))
