"""The customers behind one cell of a cross table: who, how much, how long since the last contact, and from which row of which file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from salesanalytics.access.view import View
from salesanalytics.metrics.rows import RowTotals, first_rows_behind
from salesanalytics.metrics.types import Filters
from salesanalytics.settings import Settings

EVERY_ROW = 2**31
CONCENTRATED = 0.5
"""A cell of which one deal is more than this share is named as concentrated."""


@dataclass(frozen=True)
class CellCustomer:
    """One row behind a cell, a customer's where the metric counts customers. ``amount`` in currency units (None = not filled in); ``counted``: whether the
    metric could count it; ``won``: whether it is in a share's numerator; ``silent_days`` since the last contact, None if there never was one."""

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
    counted: bool = True


@dataclass(frozen=True)
class CellDetail(RowTotals):
    """What all of a cell's rows come to, and its rows, the largest amount first (perhaps only the first of ``count``)."""

    customers: tuple[CellCustomer, ...]

    @property
    def largest(self) -> CellCustomer | None:
        """The customer with the largest amount, if any has one."""
        return self.customers[0] if self.customers and self.customers[0].amount is not None else None

    @property
    def largest_share(self) -> float | None:
        """The share (0-1) of the largest deal; None without an amount, or with one customer only: one alone is always all of it."""
        if self.largest is None or not self.amount or self.count < 2:
            return None
        return (self.largest.amount or 0.0) / self.amount

    @property
    def concentrated(self) -> bool:
        """Whether one deal is more than half of the cell."""
        return (self.largest_share or 0.0) > CONCENTRATED


def cell_detail(view: View, settings: Settings, metric: str, filters: Filters, most: int = EVERY_ROW) -> CellDetail:
    """Return the customers that ``metric`` counts within ``filters`` (the cell's two values among them): the first ``most``, and what all come to."""
    first, all_rows = first_rows_behind(view, metric, filters, settings, most)
    contacts = _contacts(view, sorted({str(row["customer_id"]) for row in first}))
    nobody = (None, False)
    customers = tuple(_customer(row, *contacts.get(row["customer_id"], nobody), view.as_of) for row in first)
    return CellDetail(**vars(all_rows), customers=customers)


def _contacts(view: View, ids: list[str]) -> dict[str, tuple[date | None, bool]]:
    if not ids:
        return {}
    sql = (
        "SELECT customer_id, is_open, CAST(coalesce(last_contact_on, first_contact_on) AS DATE) AS contacted_on "
        "FROM leads WHERE customer_id IN (SELECT unnest(CAST(? AS VARCHAR[])))"
    )
    return {row["customer_id"]: (row["contacted_on"], bool(row["is_open"])) for row in view.fetch(sql, [ids])}


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
        counted=bool(row["counted"]),
    )
