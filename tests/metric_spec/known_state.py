"""A state made by hand: the relations of docs/architecture.md, filled with exactly the rows a test writes down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import count
from typing import Any

import duckdb

from salesanalytics.access import EVERYONE, Scope, View
from salesanalytics.stages import DEFAULT_STAGES
from salesanalytics.tables import TABLES, Kind

ORDER = {stage.id: place for place, stage in enumerate(DEFAULT_STAGES.forward, start=1)}

_TYPES = {
    Kind.DATE: "DATE",
    Kind.TIMESTAMP: "TIMESTAMP",
    Kind.MONEY: "DECIMAL(18,2)",
    Kind.COUNT: "BIGINT",
    Kind.NUMBER: "DOUBLE",
    Kind.SHARE: "DOUBLE",
    Kind.BOOLEAN: "BOOLEAN",
}
_PROVENANCE = {"import_id": "BIGINT", "file": "VARCHAR", "sheet": "VARCHAR", "row": "BIGINT"}
_PERIOD = {"period_start": "DATE", "period_end": "DATE", "as_of": "DATE"}
_DERIVED = {
    "leads": {
        "stage_order": "BIGINT",
        "is_open": "BOOLEAN",
        "is_won": "BOOLEAN",
        "is_lost": "BOOLEAN",
        "reached_order": "BIGINT",
        "reached_unknown": "BOOLEAN",
        "won_on_inferred": "BOOLEAN",
        "lost_on_inferred": "BOOLEAN",
        "deal_amount": "DECIMAL(18,2)",
        "deal_amount_estimated": "BOOLEAN",
        "last_contact_on": "DATE",
        "followup_count": "BIGINT",
        "stage_entered_on": "DATE",
        "stage_entered_inferred": "BOOLEAN",
        "won_owner": "VARCHAR",
        "won_team": "VARCHAR",
        "tier": "VARCHAR",
        "custom": "VARCHAR",
    },
    "targets": _PERIOD,
    "channel_costs": _PERIOD,
    "conversion": _PERIOD,
    "funnel": _PERIOD,
}
_OWN = {
    "stage_entries": {
        "customer_id": "VARCHAR",
        "stage": "VARCHAR",
        "stage_order": "BIGINT",
        "entered_on": "DATE",
        "source": "VARCHAR",
    },
    "stage_reach": {
        "customer_id": "VARCHAR",
        "stage": "VARCHAR",
        "stage_order": "BIGINT",
        "first_entered_on": "DATE",
        "inferred": "BOOLEAN",
    },
    "stages": {
        "stage": "VARCHAR",
        "stage_order": "BIGINT",
        "zh": "VARCHAR",
        "en": "VARCHAR",
        "observed": "BOOLEAN",
        "default_probability": "DOUBLE",
    },
    "stage_probability": {
        "stage": "VARCHAR",
        "stage_order": "BIGINT",
        "n": "BIGINT",
        "won": "BIGINT",
        "probability": "DOUBLE",
        "observed": "BOOLEAN",
    },
    "norms": {
        "won_mean_amount": "DOUBLE",
        "won_median_amount": "DOUBLE",
        "won_n": "BIGINT",
        "open_amount_q3": "DOUBLE",
    },
    "state_info": {
        "as_of": "DATE",
        "version": "BIGINT",
        "reconstructed": "BOOLEAN",
        "first_import_on": "DATE",
        "imports": "BIGINT",
    },
}
COLUMNS: dict[str, dict[str, str]] = {
    **{
        table.name: {
            **{column.name: _TYPES.get(column.kind, "VARCHAR") for column in table.columns},
            **_DERIVED.get(table.name, {}),
            **_PROVENANCE,
        }
        for table in TABLES
    },
    **_OWN,
}
_ROWS = count(2)


def lead(customer_id: str, stage: str = "lead", *, reached: str | None = None, **columns: Any) -> dict[str, Any]:
    """A customer as the store would derive them: ``reached`` is how far a lost one came, ``entered`` stage → date of entry."""
    won, lost = stage == "won", stage == "lost"
    amount = columns.get("actual_amount", columns.get("expected_amount")) if won else None
    row = {
        "customer_id": customer_id,
        "customer_name": f"Customer {customer_id}",
        "stage": stage,
        "stage_order": ORDER.get(stage),
        "is_open": not won and not lost,
        "is_won": won,
        "is_lost": lost,
        "reached_order": ORDER[reached] if reached else ORDER.get(stage, 1),
        "reached_unknown": lost and reached is None,
        "deal_amount": amount,
        "deal_amount_estimated": won and columns.get("actual_amount") is None and amount is not None,
        "won_owner": columns.get("owner") if won else None,
        "won_team": columns.get("team") if won else None,
        "followup_count": 0,
        "file": "leads.xlsx",
        "sheet": "leads",
        "row": next(_ROWS),
        "import_id": 1,
    }
    return {**row, **columns}


def target(period: str, start: date, end: date, amount: float | None, **columns: Any) -> dict[str, Any]:
    """A line of the targets table."""
    where = {"file": "targets.xlsx", "sheet": "targets", "row": next(_ROWS)}
    return {"period": period, "period_start": start, "period_end": end, "target_amount": amount, **where, **columns}


class KnownState:
    """The relations in an in-memory database, behind the same doors as the store's State."""

    def __init__(
        self,
        as_of: date,
        leads: Sequence[Mapping[str, Any]] = (),
        *,
        probability: Mapping[str, float] | None = None,
        norms: Mapping[str, Any] | None = None,
        **relations: Sequence[Mapping[str, Any]],
    ) -> None:
        self.as_of, self.version, self.reconstructed = as_of, 1, False
        self._connection = duckdb.connect()
        self._connection.execute("CREATE SCHEMA known")
        rows: dict[str, Sequence[Mapping[str, Any]]] = {
            "leads": [{name: value for name, value in row.items() if name != "entered"} for row in leads],
            "stage_reach": [reach for row in leads for reach in _reach(row)],
            "stages": _stages(leads),
            "stage_probability": [
                {
                    "stage": stage.id,
                    "stage_order": place,
                    "n": 0,
                    "won": 0,
                    "probability": (probability or {}).get(stage.id, stage.default_probability),
                    "observed": False,
                }
                for place, stage in enumerate(DEFAULT_STAGES.forward, start=1)
            ],
            "norms": [dict(norms or {"won_n": 0})],
            "state_info": [{"as_of": as_of, "version": 1, "reconstructed": False, "imports": 1}],
            **relations,
        }
        for name, columns in COLUMNS.items():
            declared = ", ".join(f'"{column}" {kind}' for column, kind in columns.items())
            self._connection.execute(f"CREATE TABLE known.{name} ({declared})")
            self._fill(name, rows.get(name, ()))

    def _fill(self, name: str, rows: Sequence[Mapping[str, Any]]) -> None:
        columns = COLUMNS[name]
        if not rows:
            return
        marks = ", ".join(f"({', '.join('?' for _ in columns)})" for _ in rows)
        values = [row.get(column) for row in rows for column in columns]
        self._connection.execute(f"INSERT INTO known.{name} VALUES {marks}", values)

    def relation(self, name: str) -> str:
        return f"known.{name}"

    def fetch(self, sql: str, params: Sequence[Any] = ()) -> list[dict[str, Any]]:
        found = self._connection.execute(sql, list(params))
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    def view(self, scope: Scope = EVERYONE) -> View:
        return View(self, scope)


def _reach(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    entered = row.get("entered", {})
    dated = {"lead": row.get("first_contact_on"), "won": row.get("won_on"), **entered}
    return [
        {
            "customer_id": row["customer_id"],
            "stage": stage,
            "stage_order": place,
            "first_entered_on": dated.get(stage),
            "inferred": dated.get(stage) is None,
        }
        for stage, place in ORDER.items()
        if place <= row["reached_order"]
    ]


def _stages(leads: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    seen = (
        {"lead"} | {str(row["stage"]) for row in leads} | {stage for row in leads for stage in row.get("entered", {})}
    )
    # a lost customer was seen in the stage they were lost from
    seen |= {
        stage for row in leads if row["is_lost"] for stage, place in ORDER.items() if place == row["reached_order"]
    }
    return [
        {
            "stage": stage.id,
            "stage_order": ORDER[stage.id],
            "zh": stage.zh,
            "en": stage.en,
            "observed": stage.id in seen,
            "default_probability": stage.default_probability,
        }
        for stage in DEFAULT_STAGES.forward
    ]


def days_before(day: date, days: int) -> date:
    return day - timedelta(days=days)
