"""How one customer's row changed from import to import: when it first came, what was edited, when it was gone, held back, or came back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from salesanalytics.access.view import View
from salesanalytics.metrics.dimensions import CUSTOM
from salesanalytics.tables import LEADS

_COLUMNS = tuple(name for name in LEADS.names if name != "customer_id")


@dataclass(frozen=True, slots=True)
class CellChange:
    """One column of the row: what it held before the import and after. A column of the user's own is ``custom:<header>``."""

    column: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class ImportEvent:
    """What an import did to the customer.

    ``kind``: ``first``, ``changed``, ``missing`` (a full export of their team or owner no longer held them), ``returned`` (with what had changed), or ``held`` (its
    row was held back). ``file, sheet, row``: where it stood; None when missing.
    """

    import_id: int
    imported_on: date
    kind: str
    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    changes: tuple[CellChange, ...] = ()


@dataclass(frozen=True, slots=True)
class AmountPoint:
    """The amounts the row showed from an import on, until the next point."""

    imported_on: date
    expected: float | None
    actual: float | None


@dataclass(frozen=True)
class ImportHistory:
    """The imports that changed something, oldest first; ``held_in``: how many held the row at all; the amounts over them."""

    events: tuple[ImportEvent, ...]
    held_in: int
    amounts: tuple[AmountPoint, ...]


def import_history(view: View, customer_id: str) -> ImportHistory:
    """Return what the imports up to the view's date did to a customer's row. Empty for a customer the viewer may not see."""
    rows = {row["rank"]: row for row in view.fetch("SELECT * FROM lead_versions WHERE customer_id = ?", [customer_id])}
    if not rows:
        return ImportHistory((), 0, ())
    held = {row["rank"]: row for row in view.fetch("SELECT * FROM held_leads WHERE customer_id = ?", [customer_id])}
    covered: dict[int, list[dict[str, Any]]] = {}
    for line in view.fetch("SELECT * FROM import_coverage WHERE rank >= ? ORDER BY rank", [min(rows)]):
        covered.setdefault(line["rank"], []).append(line)
    return ImportHistory(_events(rows, held, covered), len(rows), _amounts(rows))


def _events(
    rows: Mapping[int, dict[str, Any]], held: Mapping[int, dict[str, Any]], covered: Mapping[int, list[dict[str, Any]]]
) -> tuple[ImportEvent, ...]:
    events: list[ImportEvent] = []
    last: dict[str, Any] | None = None
    gone = False
    for rank in sorted({*rows, *held, *covered}):
        if rank in rows:
            row = rows[rank]
            changes = cell_changes(last, row) if last else ()
            if last is None or gone or changes:
                kind = "first" if last is None else "returned" if gone else "changed"
                events.append(_event(row, kind, changes))
            last, gone = row, False
        elif rank in held:
            events.append(_event(held[rank], "held", ()))
            gone = False
        elif last is not None and not gone and _speaks_of(covered[rank], last):
            line = covered[rank][0]
            events.append(ImportEvent(line["import_id"], line["imported_on"], "missing"))
            gone = True
    return tuple(events)


def _event(row: Mapping[str, Any], kind: str, changes: tuple[CellChange, ...]) -> ImportEvent:
    return ImportEvent(row["import_id"], row["imported_on"], kind, row["file"], row["sheet"], int(row["row"]), changes)


def _speaks_of(lines: Sequence[Mapping[str, Any]], last: Mapping[str, Any]) -> bool:
    """Whether a full export is of this customer's team, or, where it names no teams or they have none, of their owner (PRODUCT §2)."""
    team, owner = last["team"], last["owner"]
    return any(
        (team is not None and line["value"] == team)
        if line["grouped_by"] == "team"
        else line["value"] == owner and (team is None or not line["file_has_teams"])
        for line in lines
    )


def cell_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[CellChange, ...]:
    """Return the columns in which two versions of a row differ, in template order, the user's own last."""
    changes = [CellChange(name, before[name], after[name]) for name in _COLUMNS if before[name] != after[name]]
    own_before, own_after = own_columns(before), own_columns(after)
    changes += [
        CellChange(f"{CUSTOM}{name}", own_before.get(name), own_after.get(name))
        for name in dict.fromkeys((*own_before, *own_after))
        if own_before.get(name) != own_after.get(name)
    ]
    return tuple(changes)


def own_columns(row: Mapping[str, Any]) -> dict[str, str | None]:
    """Return the cells of the user's own columns, header → value."""
    found: dict[str, str | None] = json.loads(row["custom"]) if row.get("custom") else {}
    return found


def _amounts(rows: Mapping[int, dict[str, Any]]) -> tuple[AmountPoint, ...]:
    points: list[AmountPoint] = []
    for rank in sorted(rows):
        row = rows[rank]
        expected, actual = (
            None if row[name] is None else float(row[name]) for name in ("expected_amount", "actual_amount")
        )
        point = AmountPoint(row["imported_on"], expected, actual)
        if not points or (points[-1].expected, points[-1].actual) != (expected, actual):
            points.append(point)
    return tuple(points)
