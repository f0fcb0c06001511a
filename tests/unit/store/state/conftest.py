"""A story told import by import: small tables in, a workspace, the relations of its states out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl
import pytest

from salesanalytics.intake.types import Batch
from salesanalytics.settings import DEFAULT_SETTINGS, Settings
from salesanalytics.store.types import Mode
from salesanalytics.store.workspace import Workspace, open_workspace
from salesanalytics.tables import BY_NAME, Kind

TYPES = {
    Kind.DATE: pl.Date,
    Kind.TIMESTAMP: pl.Datetime("us"),
    Kind.MONEY: pl.Float64,
    Kind.SHARE: pl.Float64,
    Kind.NUMBER: pl.Float64,
    Kind.COUNT: pl.Int64,
    Kind.BOOLEAN: pl.Boolean,
}


def day(text: str) -> date:
    """A date of 2026 from '07-05', or any from '2027-01-05'."""
    return date.fromisoformat(text if len(text) > 5 else f"2026-{text}")


def _frame(table: str, rows: Sequence[Mapping[str, Any]], digest: str) -> pl.DataFrame:
    declared = BY_NAME[table]
    names = [name for name in declared.names if any(name in row for row in rows)]
    typed = [
        {
            name: day(row[name])
            if declared.column(name).kind is Kind.DATE and isinstance(row.get(name), str)
            else row.get(name)
            for name in names
        }
        for row in rows
    ]
    schema = {name: TYPES.get(declared.column(name).kind, pl.String) for name in names}
    return pl.DataFrame(typed, schema=schema).with_columns(
        _digest=pl.lit(digest),
        _file=pl.lit(f"{digest}.xlsx"),
        _sheet=pl.lit(table),
        _row=pl.int_range(2, len(rows) + 2),
    )


class Story:
    """A workspace in memory to which imports are added one by one. Dates are 'mm-dd' of 2026."""

    def __init__(self, settings: Settings = DEFAULT_SETTINGS) -> None:
        self.workspace: Workspace = open_workspace(None, settings)
        self._told = 0

    def load(self, as_of: str, mode: Mode = "full", **tables: Sequence[Mapping[str, Any]]) -> int:
        self._told += 1
        frames = {name: _frame(name, rows, f"import-{self._told}") for name, rows in tables.items()}
        return self.workspace.load(Batch(frames, (), (), ()), day(as_of), mode, who="test").import_id

    def rows(self, as_of: str, relation: str, columns: str, where: str = "true") -> list[tuple[Any, ...]]:
        """The asked columns of a relation as of a date, sorted; dates as 'mm-dd', amounts as floats."""
        state = self.workspace.state(day(as_of))
        found = state.fetch(f"SELECT {columns} FROM {state.relation(relation)} WHERE {where} ORDER BY ALL")
        return [tuple(_plain(value) for value in row.values()) for row in found]


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.strftime("%m-%d") if value.year == 2026 else value.isoformat()
    return float(value) if type(value).__name__ == "Decimal" else value


@pytest.fixture
def story() -> Iterator[Story]:
    told = Story()
    yield told
    told.workspace.close()


@pytest.fixture
def story_with() -> Iterator[type[Story]]:
    """For a story under other settings."""
    told: list[Story] = []

    class Kept(Story):
        def __init__(self, settings: Settings = DEFAULT_SETTINGS) -> None:
            super().__init__(settings)
            told.append(self)

    yield Kept
    for each in told:
        each.workspace.close()
