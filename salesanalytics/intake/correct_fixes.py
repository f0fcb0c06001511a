"""Batch fixes: each turns issues (or a column) into Corrections. Looking at them is the preview, dropping them again the undo."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Literal

import polars as pl

from salesanalytics.intake.correct_places import Editor, Places, cells_of, drop_row, set_cell
from salesanalytics.intake.sensitive_text import masked, withheld
from salesanalytics.intake.types import Batch, Correction, DateOrder, DecimalSign, Issue
from salesanalytics.intake.typing_cells import Cells, folded, show
from salesanalytics.intake.typing_dates import parse_moment, type_timestamp
from salesanalytics.intake.typing_numbers import one_way, reads_two_ways
from salesanalytics.intake.typing_orders import decide_orders

Corrections = tuple[Correction, ...]
Keep = Literal["first", "last", "most-recent"]
_FRESHNESS = {"leads": ("last_followup_on", "first_contact_on"), "followups": ("recorded_at", "followed_up_at")}
_ANY = ("set-value", "drop-row")
_FIXES: dict[str, tuple[str, ...]] = {
    "unknown-stage": ("accept-suggestion", "map-spelling", "stage-from-followup", *_ANY),
    "empty-stage": ("stage-from-followup", *_ANY),
    "unknown-method": ("map-spelling", *_ANY),
    "spelling-variant": ("map-spelling",),
    "duplicate-conflicting": ("keep-first", "keep-last", "keep-most-recent", "drop-row"),
    "date-order-undecided": ("date-order",),
    "number-format-undecided": ("decimal", "normalise"),
    "sensitive-in-notes": ("mask", *_ANY),
    "orphan-customer": ("map-spelling", "normalise", *_ANY),
    **dict.fromkeys(
        ("unreadable-date", "unreadable-amount", "unreadable-number"), ("map-spelling", "normalise", *_ANY)
    ),
    **dict.fromkeys(("unreadable-boolean", "unreadable-period"), ("map-spelling", *_ANY)),
}
_NO_CELL = (
    "sheet-not-recognised",
    "required-column-missing",
    "column-missing",
    "column-uncertain",
    "column-repeated",
    "id-derived",
)
_NOT_BY_CELL = ("stages-missing", "duplicate-identical", "overlapping-targets")


def fixes_for(kind: str) -> tuple[str, ...]:
    """Return the names of the fixes that make sense for an issue kind, the best first; none for what is not about cells."""
    return () if kind in _NO_CELL else _FIXES.get(kind, () if kind in _NOT_BY_CELL else _ANY)


def set_value(places: Places, issues: Sequence[Issue], value: str | None, editor: Editor) -> Corrections:
    """Set every cell the issues point at to ``value``."""
    return tuple(
        set_cell(sheet, row, header, old, value, editor, issue.kind)
        for issue, sheet, row, header, old in cells_of(places, issues)
    )


def accept_suggestions(places: Places, issues: Sequence[Issue], editor: Editor) -> Corrections:
    """Set every cell to the value its issue suggests; issues without a suggestion stay."""
    return tuple(
        set_cell(sheet, row, header, old, issue.suggestion, editor, issue.kind)
        for issue, sheet, row, header, old in cells_of(places, [issue for issue in issues if issue.suggestion])
    )


def drop_rows(places: Places, issues: Sequence[Issue], editor: Editor) -> Corrections:
    """Leave out every row the issues point at, each once."""
    found = {
        (sheet.raw.digest, sheet.raw.sheet, issue.row): drop_row(sheet, issue.row, editor, issue.kind)
        for issue in issues
        if issue.row is not None and (sheet := places.sheet_of(issue)) is not None
    }
    return tuple(found.values())


def map_spelling(
    places: Places,
    table: str,
    field: str,
    spelling: str,
    value: str | None,
    editor: Editor,
    reason: str = "map-spelling",
) -> Corrections:
    """Replace one spelling by another in a whole column."""
    return tuple(
        set_cell(sheet, row, header, cell, value, editor, reason)
        for sheet, header, row, cell in places.column(table, field)
        if isinstance(cell, str) and cell.strip() == spelling.strip()
    )


def normalise(places: Places, table: str, field: str, editor: Editor, reason: str = "normalise") -> Corrections:
    """Trim a column, fold full-width signs and join runs of spaces."""
    return tuple(
        set_cell(sheet, row, header, cell, fresh, editor, reason)
        for sheet, header, row, cell in places.column(table, field)
        if isinstance(cell, str) and (fresh := re.sub(r"\s+", " ", folded(cell)).strip()) != cell
    )


def keep_duplicates(places: Places, issues: Sequence[Issue], keep: Keep, editor: Editor) -> Corrections:
    """Keep one row of each set of conflicting duplicates and leave out the others.

    ``most-recent`` goes by the table's own dates, then by position; ``last`` is the one furthest down, in the later file.
    """
    groups: dict[tuple[str | None, str | None], list[Issue]] = {}
    for issue in issues:
        if issue.kind == "duplicate-conflicting" and issue.row is not None:
            groups.setdefault((issue.table, issue.found), []).append(issue)
    dropped: list[Issue] = []
    for group in groups.values():
        chosen = _chosen(places, group, keep)
        dropped += [issue for issue in group if issue is not chosen]
    return drop_rows(places, dropped, editor)


def _chosen(places: Places, group: Sequence[Issue], keep: Keep) -> Issue:
    if keep == "first":
        return group[0]
    if keep == "last":
        return group[-1]
    return max(enumerate(group), key=lambda each: (_freshness(places, each[1]), each[0]))[1]


def _freshness(places: Places, issue: Issue) -> datetime:
    sheet = places.sheet_of(issue)
    found = [datetime.min]
    if sheet is not None and issue.row is not None:
        orders = decide_orders([sheet], ())[0]
        for match in sheet.columns:
            if match.column in _FRESHNESS.get(sheet.table or "", ()):
                cells = Cells([places.cell(sheet, issue.row, match.header)])
                found += type_timestamp(cells, orders.get(match.column or "")).values.drop_nulls().to_list()
    return max(found)


def choose_date_order(places: Places, issue: Issue, order: DateOrder, editor: Editor) -> Corrections:
    """Write every date of the column that reads two ways in ISO form, as ``order`` reads it."""
    corrections = []
    for sheet, header, row, cell in places.column(issue.table or "", issue.field or ""):
        if (sheet.raw.file, sheet.raw.sheet) != (issue.file, issue.sheet) or not isinstance(cell, str):
            continue
        moment = parse_moment(cell, order)
        if moment is not None and parse_moment(cell, None) is None:
            shown = moment.isoformat(sep=" ") if moment.time() != datetime.min.time() else moment.date().isoformat()
            corrections.append(set_cell(sheet, row, header, cell, shown, editor, issue.kind))
    return tuple(corrections)


def choose_decimal(places: Places, issue: Issue, sign: DecimalSign, editor: Editor) -> Corrections:
    """Write every number of the column that reads two ways so that it reads one way: ``1.234`` as 1234, or as 1.2340 where ``sign`` is the point."""
    corrections = []
    for sheet, header, row, cell in places.column(issue.table or "", issue.field or ""):
        if (sheet.raw.file, sheet.raw.sheet) != (issue.file, issue.sheet) or not isinstance(cell, str):
            continue
        if reads_two_ways(cell):
            corrections.append(set_cell(sheet, row, header, cell, one_way(cell, sign), editor, issue.kind))
    return tuple(corrections)


def mask_sensitive(places: Places, issues: Sequence[Issue], editor: Editor) -> Corrections:
    """Mask the phone and identity numbers in the cells these issues point at; the record of the fix does not repeat them."""
    return tuple(
        set_cell(sheet, row, header, withheld(written), masked(written), editor, issue.kind)
        for issue, sheet, row, header, old in cells_of(places, issues)
        if (written := show(old)) is not None and masked(written) != written
    )


def stage_from_followups(places: Places, batch: Batch, issues: Sequence[Issue], editor: Editor) -> Corrections:
    """Set an empty or unknown stage of a lead to the stage its latest follow-up left it in, where one says so."""
    log = batch.tables.get("followups")
    if log is None or log.is_empty():
        return ()
    known = (
        log.filter(pl.col("stage_after").is_not_null())
        .sort("followed_up_at")
        .group_by("customer_id", maintain_order=True)
    )
    latest = dict(known.agg(pl.col("stage_after").last()).iter_rows())
    corrections = []
    for issue, sheet, row, header, old in cells_of(places, issues):
        key = next((match.header for match in sheet.columns if match.column == "customer_id"), None)
        customer = Cells([places.cell(sheet, row, key)]).text[0] if key else None
        if customer in latest and issue.field == "stage":
            corrections.append(set_cell(sheet, row, header, old, latest[customer], editor, issue.kind))
    return tuple(corrections)
