"""Rows with errors are held back whole, with the user's own headers and cells, so that nothing uploaded is lost."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from salesanalytics.intake.types import Issue, MatchedSheet, QuarantinedRow
from salesanalytics.intake.typing_cells import show
from salesanalytics.intake.typing_sheet import TypedSheet

Place = tuple[str, str, int]


def hold_back(
    table: str, frame: pl.DataFrame, spare: pl.DataFrame, sheets: Sequence[TypedSheet], issues: Sequence[Issue]
) -> tuple[pl.DataFrame, list[QuarantinedRow]]:
    """Part the rows of ``spare`` (the frame without identical copies): good ones, and the held back of the whole ``frame`` as the user wrote them."""
    reasons: dict[Place, list[str]] = {}
    whole: dict[tuple[str, str], list[str]] = {}
    for issue in issues:
        if issue.severity != "error" or issue.table != table:
            continue
        if issue.row is not None:
            reasons.setdefault((issue.file, issue.sheet, issue.row), []).append(issue.kind)
        elif issue.kind == "required-column-missing":
            whole.setdefault((issue.file, issue.sheet), []).append(issue.kind)
    for sheet in sheets:
        place = (sheet.matched.raw.file, sheet.matched.raw.sheet)
        for (row, _), kind in sheet.held.items():
            reasons.setdefault((*place, row), []).append(kind)
        for row in sheet.frame["_row"].to_list() if place in whole else ():
            reasons.setdefault((*place, row), []).extend(whole[place])
    if not reasons:
        return spare, []
    bad = pl.DataFrame(list(reasons), schema={"_file": pl.String, "_sheet": pl.String, "_row": pl.Int64}, orient="row")
    good = spare.join(bad, on=["_file", "_sheet", "_row"], how="anti", maintain_order="left")
    return good, [row for sheet in sheets for row in _held_rows(table, sheet.matched, reasons)]


def _held_rows(table: str, matched: MatchedSheet, reasons: dict[Place, list[str]]) -> list[QuarantinedRow]:
    raw = matched.raw
    held = []
    for index in matched.data_indices:
        kinds = reasons.get((raw.file, raw.sheet, raw.row_numbers[index]))
        if kinds:
            cells = {each.header: show(_at(raw.rows[index], each.position)) for each in matched.columns}
            held.append(
                QuarantinedRow(
                    table, raw.file, raw.digest, raw.sheet, raw.row_numbers[index], cells, tuple(dict.fromkeys(kinds))
                )
            )
    return held


def _at(row: list, position: int):  # type: ignore[no-untyped-def, type-arg]
    return row[position] if position < len(row) else None
