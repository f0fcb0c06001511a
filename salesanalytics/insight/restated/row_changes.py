"""Which uploaded rows differ between two states of one date: corrected, new, or no longer there, cell by cell.

What a state derives (inferred closing dates, tiers, stage entries) is no row of anybody's and not compared. Company tables are small and compared whole;
of a customer's first a digest is, so that only those that differ are read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from salesanalytics.access.view import View
from salesanalytics.insight.customer import HIDDEN
from salesanalytics.intake.sensitive_text import masked
from salesanalytics.tables import CHANNEL_COSTS, CONTRACTS, CONVERSION, FOLLOWUPS, FUNNEL, LEADS, TARGETS, Table

Kind = Literal["corrected", "new", "gone"]
_OF_CUSTOMERS = (LEADS, FOLLOWUPS, CONTRACTS)
_OF_THE_COMPANY = (TARGETS, CHANNEL_COSTS, CONVERSION, FUNNEL)
_AS_UPLOADED = {
    "won_on": "CASE WHEN NOT coalesce(won_on_inferred, false) THEN won_on END",
    "lost_on": "CASE WHEN NOT coalesce(lost_on_inferred, false) THEN lost_on END",
}
"""The closing dates of ``leads`` are the effective ones."""

_FREE_TEXT = ("notes", "summary", "feedback", "next_step", "custom")


@dataclass(frozen=True)
class CellChange:
    """One cell: what it held then and holds now."""

    column: str
    before: Any
    after: Any


@dataclass(frozen=True)
class RowChange:
    """One row that differs. ``key``: its key's values; ``cells``: of a corrected row; ``import_before``, ``import_after``: which import each is from (None: not there).

    ``file, sheet, row``: where it stands now, of a row no longer there where it stood.
    """

    table: str
    key: tuple[str, ...]
    kind: Kind
    customer_id: str | None
    name: str | None
    owner: str | None
    cells: tuple[CellChange, ...]
    import_before: int | None
    import_after: int | None
    file: str | None
    sheet: str | None
    row: int | None


def row_changes(before: View, after: View) -> tuple[RowChange, ...]:
    """Return the rows that differ between two views of one viewer, by table and key. Of a customer who came or went only their own row is named."""
    found = _customers_rows(LEADS, before, after)
    there = {one.customer_id for one in found if one.kind != "corrected"}
    for table in (FOLLOWUPS, CONTRACTS):
        found += [one for one in _customers_rows(table, before, after) if one.customer_id not in there]
    for table in _OF_THE_COMPANY:
        sql = _select(table, "")
        found += _compared(table, before.fetch(sql), after.fetch(sql))
    return tuple(found)


def _customers_rows(table: Table, before: View, after: View) -> list[RowChange]:
    columns = ", ".join(_AS_UPLOADED.get(name, name) if table is LEADS else name for name in _columns(table))
    digest = (
        f"SELECT customer_id, bit_xor(hash({columns})) AS told, count(*) AS n FROM {table.name} GROUP BY customer_id"
    )
    old, new = ({row["customer_id"]: (row["told"], row["n"]) for row in view.fetch(digest)} for view in (before, after))
    differing = sorted(one for one in old.keys() | new.keys() if old.get(one) != new.get(one))
    if not differing:
        return []
    sql = _select(table, " WHERE customer_id IN (SELECT unnest(CAST(? AS VARCHAR[])))")
    return _compared(table, before.fetch(sql, [differing]), after.fetch(sql, [differing]))


def _columns(table: Table) -> tuple[str, ...]:
    return (*table.names, "custom") if table.allows_custom else tuple(table.names)


def _select(table: Table, where: str) -> str:
    read = [
        f"{_AS_UPLOADED[name]} AS {name}" if table is LEADS and name in _AS_UPLOADED else name
        for name in _columns(table)
    ]
    dated = ", as_of" if table in (CONVERSION, FUNNEL) else ""
    return f'SELECT {", ".join(read)}, import_id, file, sheet, "row"{dated} FROM {table.name}{where}'


def _compared(table: Table, old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]]) -> list[RowChange]:
    before, after = ({_key(table, row): row for row in rows} for rows in (old, new))
    found = []
    for key in sorted(before.keys() | after.keys()):
        then, now = before.get(key), after.get(key)
        cells = _cells(table, then, now) if then and now else ()
        if then and now and not cells:
            continue
        row = now or then or {}
        found.append(
            RowChange(
                table.name,
                key,
                "corrected" if then and now else "new" if now else "gone",
                row.get("customer_id"),
                row.get("customer_name"),
                row.get("owner") if table is LEADS else None,
                cells,
                then["import_id"] if then else None,
                now["import_id"] if now else None,
                row["file"],
                row["sheet"],
                row["row"],
            )
        )
    return found


def _key(table: Table, row: Mapping[str, Any]) -> tuple[str, ...]:
    """A row's key as text; a funnel line without a period is one of its day."""
    parts = [row[name] for name in table.key]
    if "as_of" in row and row.get("period") is None:
        parts.append(row["as_of"])
    return tuple("" if part is None else str(part) for part in parts)


def _cells(table: Table, then: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[CellChange, ...]:
    names = [name for name in _columns(table) if then[name] != now[name]]
    return tuple(CellChange(name, *(_told(table, name, row[name]) for row in (then, now))) for name in names)


def _told(table: Table, name: str, value: Any) -> Any:
    """A cell as it may be told: that contact data changed, not what they are; numbers of phones and identity cards in notes masked."""
    if name in _FREE_TEXT:
        return masked(value) if isinstance(value, str) else value
    return HIDDEN if value and table.column(name).sensitive else value
