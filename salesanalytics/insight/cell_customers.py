"""The customers behind one cell of a cross table: who, how much, how long since the last contact, and from which row of which file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from salesanalytics.access.view import View
from salesanalytics.metrics.rows import rows_behind
from salesanalytics.metrics.types import Filters
from salesanalytics.settings import Settings

CONCENTRATED = 0.5
"""A cell of which one deal is more than this share is named as concentrated."""


@dataclass(frozen=True)
class CellCustomer:
    """One customer. ``amount`` in currency units (None = not filled in); ``silent_days`` since the last contact, None if there never was one."""

    customer_id: str
    name: str
    owner: str | None
    stage: str
    is_open: bool
    amount: float | None
    won: bool | None
    silent_days: int | None
    file: str
    sheet: str
    row: int


@dataclass(frozen=True)
class CellDetail:
    """A cell's customers, the largest amount first, and what their amounts come to."""

    customers: tuple[CellCustomer, ...]

    @property
    def amount(self) -> float:
        """The sum of the known amounts."""
        return sum(one.amount for one in self.customers if one.amount is not None)

    @property
    def largest(self) -> CellCustomer | None:
        """The customer with the largest amount, if any has one."""
        known = [one for one in self.customers if one.amount is not None]
        return max(known, key=lambda one: one.amount or 0.0) if known else None

    @property
    def largest_share(self) -> float | None:
        """The share (0-1) of the largest deal; None without an amount, or with one customer only: one alone is always all of it."""
        if self.largest is None or not self.amount or len(self.customers) < 2:
            return None
        return (self.largest.amount or 0.0) / self.amount

    @property
    def concentrated(self) -> bool:
        """Whether one deal is more than half of the cell."""
        return (self.largest_share or 0.0) > CONCENTRATED


def cell_detail(view: View, settings: Settings, metric: str, filters: Filters) -> CellDetail:
    """Return the customers that ``metric`` counts within ``filters`` (the cell's two values among them)."""
    rows = rows_behind(view, metric, filters, settings)
    contacts = _contacts(view, [str(row["customer_id"]) for row in rows])
    return CellDetail(tuple(_customer(row, *contacts[row["customer_id"]], view.as_of) for row in rows))


def _contacts(view: View, ids: list[str]) -> dict[str, tuple[date | None, bool]]:
    if not ids:
        return {}
    marks = ", ".join("?" for _ in ids)
    sql = (
        "SELECT customer_id, is_open, CAST(coalesce(last_contact_on, first_contact_on) AS DATE) AS contacted_on "
        f"FROM leads WHERE customer_id IN ({marks})"
    )
    return {row["customer_id"]: (row["contacted_on"], bool(row["is_open"])) for row in view.fetch(sql, ids)}


def _customer(row: dict[str, Any], contacted: date | None, is_open: bool, as_of: date) -> CellCustomer:
    return CellCustomer(
        customer_id=row["customer_id"],
        name=row["name"] or row["customer_id"],
        owner=row["owner"],
        stage=row["stage"],
        is_open=is_open,
        amount=None if row["amount"] is None else float(row["amount"]),
        won=row["hit"],
        silent_days=None if contacted is None else (as_of - contacted).days,
        file=row["file"],
        sheet=row["sheet"],
        row=int(row["row"]),
    )
