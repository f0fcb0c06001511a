"""Completeness: the share of filled cells of the current customers, column by column and rep by rep.

A column is asked only of those it is about (a lost reason of the lost), and only if anybody ever filled it: a column that is not in the
files is named, not scored. A date the program inferred is not a date somebody recorded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from salesanalytics.access.view import View
from salesanalytics.insight.where import Where, lead_condition
from salesanalytics.settings import Settings
from salesanalytics.tables import LEADS

_APPLIES: Mapping[str, str] = {
    "expected_close_on": "is_open",
    "proposal_due_on": "is_open",
    "actual_amount": "is_won",
    "won_on": "is_won",
    "delivered_on": "is_won",
    "lost_on": "is_lost",
    "lost_reason": "is_lost",
    "lost_from_stage": "is_lost",
    "competitor": "is_lost",
    "closed_on": "NOT is_open",
}
"""Which customers a column is about; everyone where it is not named."""

_RECORDED: Mapping[str, str] = {
    "won_on": "won_on IS NOT NULL AND NOT coalesce(won_on_inferred, FALSE)",
    "lost_on": "lost_on IS NOT NULL AND NOT coalesce(lost_on_inferred, FALSE)",
}
"""Filled, where it takes more than a value: the relation's own dates are the effective ones."""

COLUMNS = tuple(name for name in LEADS.names if name not in {"customer_id", "stage", "owner"})
"""What is looked at. Number and stage block the row when empty, and a customer without an owner belongs to the pool."""


@dataclass(frozen=True)
class Filled:
    """A column: ``filled`` of ``n`` customers it is about; ``scored``: it counts for a rep."""

    column: str
    filled: int
    n: int
    scored: bool

    @property
    def share(self) -> float | None:
        """The share (0-1) filled; None where it is about nobody."""
        return self.filled / self.n if self.n else None


@dataclass(frozen=True)
class RepCompleteness:
    """A rep's cells in the scored columns. ``owner`` None = the pool; ``weakest``: the columns that lack most cells, at most two."""

    owner: str | None
    customers: int
    filled: int
    n: int
    weakest: tuple[Filled, ...]
    small: bool

    @property
    def share(self) -> float | None:
        """The share (0-1) of their cells that are filled."""
        return self.filled / self.n if self.n else None


@dataclass(frozen=True)
class Completeness:
    """``columns`` that are scored before the others, each worst first, ``reps`` worst first with small samples last; ``absent``: columns nobody ever filled."""

    customers: int
    columns: tuple[Filled, ...]
    reps: tuple[RepCompleteness, ...]
    absent: tuple[str, ...]

    @property
    def filled(self) -> int:
        """Filled cells in the scored columns."""
        return sum(column.filled for column in self.columns if column.scored)

    @property
    def cells(self) -> int:
        """Cells in the scored columns."""
        return sum(column.n for column in self.columns if column.scored)

    @property
    def share(self) -> float | None:
        """The share (0-1) of the scored cells that are filled."""
        return self.filled / self.cells if self.cells else None


def completeness(view: View, settings: Settings, where: Where = ()) -> Completeness:
    """Return how complete the customers ``where`` leaves are."""
    condition, params = lead_condition(where)
    counts = ", ".join(
        f"count(*) FILTER (WHERE {_APPLIES.get(name, 'TRUE')}) AS n_{name}, "
        f"count(*) FILTER (WHERE {_APPLIES.get(name, 'TRUE')} AND {filled(name)}) AS filled_{name}"
        for name in COLUMNS
    )
    rows = view.fetch(
        f"SELECT nullif(owner, '') AS rep, count(*) AS customers, {counts} FROM leads WHERE {condition} GROUP BY 1",
        params,
    )
    # whether a column is in the files at all is asked of all the viewer may see, not of what the filters leave
    anybody = view.fetch(f"SELECT {', '.join(f'count(*) FILTER (WHERE {filled(name)}) AS {name}' for name in COLUMNS)} FROM leads")[0]  # fmt: skip
    used = [name for name in COLUMNS if anybody[name]]
    columns = _columns(rows, used, settings)
    return Completeness(
        customers=sum(row["customers"] for row in rows),
        columns=tuple(
            sorted(columns, key=lambda column: (not column.scored, column.share if column.n else 2.0, column.column))
        ),
        reps=_reps(rows, used, settings),
        absent=tuple(name for name in COLUMNS if not anybody[name]),
    )


def filled(column: str) -> str:
    """Return the condition under which a customer's cell counts as filled."""
    if column in _RECORDED:
        return _RECORDED[column]
    return f"{column} IS NOT NULL AND trim(CAST({column} AS VARCHAR)) <> ''"


def lacking(column: str) -> str:
    """Return the condition under which a customer lacks a cell they should have."""
    return f"({applies(column)}) AND NOT ({filled(column)})"


def applies(column: str) -> str:
    """Return the condition under which a column is about a customer."""
    return _APPLIES.get(column, "TRUE")


def _columns(rows: Sequence[Mapping[str, Any]], used: Sequence[str], settings: Settings) -> list[Filled]:
    return [
        Filled(
            name,
            sum(row[f"filled_{name}"] for row in rows),
            sum(row[f"n_{name}"] for row in rows),
            name in settings.quality.scored_columns,
        )
        for name in used
    ]


def _reps(rows: Sequence[Mapping[str, Any]], used: Sequence[str], settings: Settings) -> tuple[RepCompleteness, ...]:
    found = []
    for row in rows:
        own = [column for column in _columns([row], used, settings) if column.scored and column.n]
        weakest = sorted(own, key=lambda column: (column.filled - column.n, column.column))
        found.append(
            RepCompleteness(
                owner=row["rep"],
                customers=row["customers"],
                filled=sum(column.filled for column in own),
                n=sum(column.n for column in own),
                weakest=tuple(column for column in weakest[:2] if column.filled < column.n),
                small=row["customers"] < settings.metrics.min_sample,
            )
        )
    return tuple(sorted(found, key=lambda rep: (rep.small, rep.share if rep.n else 2.0, rep.owner or "")))
