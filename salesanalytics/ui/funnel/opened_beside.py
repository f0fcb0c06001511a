"""What stands behind the page's numbers that count no customers of one stage: a line of the uploaded table, and a snapshot's ratio of two stages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from salesanalytics.i18n import format, text
from salesanalytics.insight.funnel_split import narrowed
from salesanalytics.metrics.funnel_rows import funnel_rows
from salesanalytics.metrics.types import Filters
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.funnel.answers import asked_reconciliation
from salesanalytics.ui.funnel.words import stage_name
from salesanalytics.ui.number_detail import rows_dialog
from salesanalytics.ui.value_names import value_name
from salesanalytics.ui.view_state import is_filter


@dataclass(frozen=True)
class Beside:
    """A number as its dialog shows it: value, formula, filters, rows and title."""

    value: str
    formula: str
    filters: Filters
    rows: list[dict[str, Any]]
    title: str


def open_beside(frame: Frame, kind: str, words: list[Any]) -> bool:
    """Open the dialog of such a number; False for an id that names none."""
    found = beside(frame, kind, words)
    if found is None:
        return False
    rows_dialog(frame, found.value, found.formula, found.filters, found.rows, found.title)
    return True


def beside(frame: Frame, kind: str, words: list[Any]) -> Beside | None:
    """Return what an id stands for; None where it names none."""
    known = frame.desk.settings.stages.ids
    match kind, words:
        case "uploaded", [str(stage)]:
            return _uploaded(frame, stage)
        case "ratio", [str(source), str(arrived), str(by), list(values)] if {source, arrived} <= set(known):
            if by and not is_filter(by):
                return None
            filters = narrowed(frame.filters, by, [str(value) for value in values]) if by else frame.filters
            named = ", ".join(value_name(str(value), by, frame.lang) for value in values)
            return _ratio(frame, source, arrived, filters, named)
        case _:
            return None


def _uploaded(frame: Frame, stage: str) -> Beside | None:
    """The line of the user's own table that says how many."""
    lang, found = frame.lang, asked_reconciliation(frame.desk)
    line = next((one for one in found.stages if one.stage == stage), None) if found else None
    if found is None or line is None:
        return None
    row = {
        **dict.fromkeys(("customer_id", "name", "owner", "team", "amount", "on", "reason")),
        "label": found.period or format.day(found.end),
        "stage": stage,
        "note": format.number(line.uploaded),
        "file": line.file,
        "sheet": line.sheet,
        "row": line.row,
        "numerator": line.uploaded,
    }
    title = text("funnel.opened_of", lang, name=text("funnel.column_uploaded", lang), title=_name(frame, stage))
    formula = text("funnel.formula_uploaded", lang)
    return Beside(format.number(line.uploaded), formula, Filters((), found.start, found.end), [row], title)


def _ratio(frame: Frame, source: str, arrived: str, filters: Filters, named: str) -> Beside:
    """Those standing in the stage above the line, then those in the stage before."""
    lang, sides = frame.lang, [_standing(frame, filters, stage) for stage in (arrived, source)]
    k, n = (len(side) for side in sides)
    value = text(
        "funnel.opened_value",
        lang,
        share=text("funnel.ratio", lang, value=format.number(k / n if n else None, 2)),
        k=format.number(k),
        n=format.number(n),
    )
    rows = [
        {**row, "note": text(f"number.side_{side}", lang), "side": side}
        for side, part in zip(("above", "below"), sides, strict=True)
        for row in part
    ]
    title = text("funnel.step_name", lang, source=_name(frame, source), arrived=_name(frame, arrived))
    if named:
        title = text("funnel.opened_of", lang, name=named, title=title)
    formula = text("funnel.formula_ratio", lang, source=_name(frame, source), arrived=_name(frame, arrived))
    return Beside(
        value,
        f"{formula}{text('number.sentence_gap', lang)}{text('funnel.formula_snapshot', lang)}",
        filters,
        rows,
        title,
    )


def _standing(frame: Frame, filters: Filters, stage: str) -> list[dict[str, Any]]:
    desk = frame.desk
    return desk.remember(
        "funnel-rows",
        (filters, "snapshot", stage, "customers", None),
        lambda: funnel_rows(desk.view, desk.settings, filters, "snapshot", stage, "customers", None),
    )


def _name(frame: Frame, stage: str) -> str:
    return stage_name(stage, frame.desk.settings, frame.lang)
