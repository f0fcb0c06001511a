"""Completeness opened: the customers a column is about and whether it is filled, and those who lack cells, with the columns they lack."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from salesanalytics.i18n import Lang, format, text
from salesanalytics.insight.quality_rows import column_rows, lacking_rows
from salesanalytics.metrics.types import Filters
from salesanalytics.tables import LEADS
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.number_detail import metric_dialog, rows_dialog
from salesanalytics.ui.quality.answers import completeness_of

SHARE = "late_recorded_share"
"""A share of rows, whose rows say with a tick whether they count: so do those of a column's share."""


def open_all_cells(frame: Frame) -> None:
    """Open the share of all scored cells: the customers who lack one."""
    found, lang = completeness_of(frame), frame.lang
    value = f"{format.share(found.share)} ({format.number(found.filled)} / {format.number(found.cells)})"
    formula = text("quality.opened_cells", lang, names=_names(_scored(frame), lang))
    _lacking(frame, value, formula, None, text("quality.card_completeness", lang))


def open_rep(frame: Frame, owner: str) -> None:
    """Open a rep's share: their customers who lack a scored cell."""
    lang = frame.lang
    rep = next((one for one in completeness_of(frame).reps if (one.owner or "") == owner), None)
    if rep is None:
        return
    value = f"{format.share(rep.share)} ({format.number(rep.filled)} / {format.number(rep.n)})"
    title = f"{text('quality.card_completeness', lang)} · {owner or text('quality.pool', lang)}"
    _lacking(frame, value, text("quality.opened_cells", lang, names=_names(_scored(frame), lang)), owner, title)


def open_customers(frame: Frame, owner: str) -> None:
    """Open how many customers a rep has."""
    kept = tuple((name, values) for name, values in frame.where if name != "owner")
    title = f"{text('quality.customers', frame.lang)} · {owner or text('quality.pool', frame.lang)}"
    metric_dialog(frame, "leads", Filters((*kept, ("owner", (owner,)))), title)


def open_column(frame: Frame, column: str, *, lacking_only: bool) -> None:
    """Open a column: everyone it is about, or those who lack it."""
    lang, desk = frame.lang, frame.desk
    found = next((each for each in completeness_of(frame).columns if each.column == column), None)
    if found is None:
        return
    rows = desk.remember(
        "column-rows",
        (column, frame.where, lacking_only),
        lambda: column_rows(desk.view, column, frame.where, lacking_only=lacking_only),
    )
    name = LEADS.column(column).header(lang)
    if lacking_only:
        title = f"{name} · {text('quality.lacking', lang)}"
        value = format.number(found.n - found.filled)
        rows_dialog(frame, value, text("quality.opened_lacking", lang, column=name), Filters(frame.where), rows, title)
        return
    value = f"{format.share(found.share)} ({format.number(found.filled)} / {format.number(found.n)})"
    title = f"{name} · {text('quality.share_filled', lang)}"
    formula = text("quality.opened_column", lang, column=name)
    rows_dialog(frame, value, formula, Filters(frame.where), rows, title, like=SHARE)


def _lacking(frame: Frame, value: str, formula: str, owner: str | None, title: str) -> None:
    desk, lang, columns = frame.desk, frame.lang, _scored(frame)
    rows = desk.remember(
        "lacking-rows",
        (columns, frame.where, owner),
        lambda: lacking_rows(desk.view, columns, frame.where, owner),
    )
    rows_dialog(frame, value, formula, Filters(frame.where), [_with_names(row, lang) for row in rows], title)


def _scored(frame: Frame) -> tuple[str, ...]:
    return tuple(each.column for each in completeness_of(frame).columns if each.scored)


def _names(columns: Sequence[str], lang: Lang) -> str:
    return text("quality.comma", lang).join(LEADS.column(name).header(lang) for name in columns)


def _with_names(row: dict[str, Any], lang: Lang) -> dict[str, Any]:
    return {**row, "note": text("quality.opened_lacks", lang, names=_names(row["lacks"], lang))}
