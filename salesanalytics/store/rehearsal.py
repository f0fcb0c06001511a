"""What the data would be after a load: the import written and its state built in a transaction that is always rolled back."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

from salesanalytics.intake.types import Batch
from salesanalytics.settings import Settings
from salesanalytics.store.counting import counts
from salesanalytics.store.incoming import stage
from salesanalytics.store.load import write
from salesanalytics.store.state import Params
from salesanalytics.store.state_build import RELATIONS, build
from salesanalytics.store.types import Mode

_NUMBERS = itertools.count(1)


@dataclass(frozen=True, eq=False)
class RehearsedState:
    """A state as ``State`` is one, of data that were never committed. Usable only inside ``rehearsed``."""

    as_of: date
    version: int
    reconstructed: bool
    _schema: str
    _cursor: duckdb.DuckDBPyConnection

    def relation(self, name: str) -> str:
        """Return the qualified name of one of the state's relations; ``KeyError`` if there is none of that name."""
        if name not in RELATIONS:
            raise KeyError(name)
        return f"{self._schema}.{name}"

    def fetch(self, sql: str, params: Params = ()) -> list[dict[str, Any]]:
        """Return the rows of a query as dicts, column → value."""
        self._cursor.execute(sql, params or None)
        names = [column[0] for column in self._cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in self._cursor.fetchall()]


@contextmanager
def rehearsed(
    cursor: duckdb.DuckDBPyConnection, batch: Batch, as_of: date, mode: Mode, settings: Settings
) -> Iterator[RehearsedState]:
    """Load ``batch`` and build the state as of its date on ``cursor``, whose transaction the caller rolls back.

    The state's tables lie in the workspace's own catalogue: a transaction may write to one database only.
    """
    staged = stage(cursor, batch, as_of)
    write(cursor, staged, counts(cursor, staged, as_of, mode), as_of=as_of, mode=mode, who="rehearsal")
    schema = f"ws.rehearsal_{next(_NUMBERS)}"
    reconstructed = build(cursor, schema, as_of, 0, settings)
    yield RehearsedState(as_of, 0, reconstructed, schema, cursor)
