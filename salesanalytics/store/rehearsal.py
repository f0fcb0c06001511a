"""What the data would be after a load: the import written and its state built in a transaction that is always rolled back."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

from salesanalytics.intake.types import Batch
from salesanalytics.settings import Settings
from salesanalytics.store import imports
from salesanalytics.store.counting import counts, samples
from salesanalytics.store.incoming import Staged, stage
from salesanalytics.store.load import write
from salesanalytics.store.state import Params
from salesanalytics.store.state_build import RELATIONS, build
from salesanalytics.store.state_on_demand import ON_DEMAND, on_demand
from salesanalytics.store.types import ImportPreview, Mode

_NUMBERS = itertools.count(1)


@dataclass(frozen=True, eq=False)
class RehearsedState:
    """A state as ``State`` is one, of data that were never committed. Usable only inside ``rehearsed``."""

    as_of: date
    version: int
    reconstructed: bool
    preview: ImportPreview
    """what the load would do, row by row"""
    _schema: str
    _cursor: duckdb.DuckDBPyConnection

    def relation(self, name: str) -> str:
        """Return the qualified name of one of the state's relations; ``KeyError`` if there is none of that name."""
        if name in ON_DEMAND:
            return on_demand(name, self.as_of)
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
    cursor: duckdb.DuckDBPyConnection,
    batch: Batch,
    as_of: date,
    mode: Mode,
    settings: Settings,
    progress: Callable[[float], None] | None = None,
) -> Iterator[RehearsedState]:
    """Load ``batch`` and build the state as of its date on ``cursor``, whose transaction the caller rolls back.

    The state's tables lie in the workspace's own catalogue: a transaction may write to one database only.
    """
    said = progress or (lambda share: None)
    staged = stage(cursor, batch, as_of)
    said(0.1)
    preview = previewed(cursor, staged, as_of, mode)
    said(0.2)
    write(cursor, staged, preview.tables, as_of=as_of, mode=mode, who="rehearsal")
    said(0.4)
    schema = f"ws.rehearsal_{next(_NUMBERS)}"
    reconstructed = build(cursor, schema, as_of, 0, settings, lambda share: said(0.4 + 0.6 * share))
    yield RehearsedState(as_of, 0, reconstructed, preview, schema, cursor)


def previewed(cursor: duckdb.DuckDBPyConnection, staged: Staged, as_of: date, mode: Mode) -> ImportPreview:
    """Return what loading the staged batch would do."""
    found = counts(cursor, staged, as_of, mode)
    repeated = imports.repeat_of(cursor, staged, as_of, mode, found)
    return ImportPreview(as_of, mode, found, samples(cursor, staged, as_of, mode), repeated)
