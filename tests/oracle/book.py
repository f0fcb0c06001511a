"""What the oracle counts over: everything known as of a date, as plain dicts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

Row = dict[str, Any]
FORWARD = ("lead", "prospect", "opportunity", "quote", "won")
ORDER = {stage: place for place, stage in enumerate(FORWARD, start=1)}


@dataclass
class Book:
    """Customers by id (the upload's columns and what PRODUCT §3 makes of them), the companion tables, and the company's norms.

    A customer's ``entries``: stage → the day they came into it (None: unknown), for every stage passed. ``stayed``: the stages they were seen in
    with their own date, so that a stay can be measured. ``earlier``: the book of another day. ``answered``: what was asked of it already.
    """

    as_of: date
    customers: dict[str, Row]
    followups: list[Row] = field(default_factory=list)
    contracts: list[Row] = field(default_factory=list)
    targets: list[Row] = field(default_factory=list)
    costs: list[Row] = field(default_factory=list)
    funnel: list[Row] = field(default_factory=list)
    observed: set[str] = field(default_factory=lambda: {"lead"})
    probability: dict[str, float] = field(default_factory=dict)
    won_mean: float | None = None
    earlier: Callable[[date], Book] | None = None
    answered: dict[Any, Any] = field(default_factory=dict)

    def all(self) -> list[Row]:
        """Return every customer."""
        return list(self.customers.values())

    def of(self, row: Row) -> Row | None:
        """Return the customer a follow-up or an instalment belongs to; None for an orphan."""
        return self.customers.get(row["customer_id"])

    def seen_by(self, owner: str | None) -> Book:
        """Return what the owner of these customers may see (None: the pool's); norms stay the company's."""
        mine = {key: row for key, row in self.customers.items() if (row.get("owner") or None) == owner}
        return replace(
            self,
            customers=mine,
            followups=[row for row in self.followups if row["customer_id"] in mine],
            contracts=[row for row in self.contracts if row["customer_id"] in mine],
            targets=[row for row in self.targets if owner is not None and row.get("owner") == owner],
            costs=[],
            funnel=[],
            answered={},
        )
