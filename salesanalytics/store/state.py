"""The state as of a date: what was known by the end of day D, as relations to query. Built once a (date, version), shared by all sessions."""

from __future__ import annotations

import itertools
import threading
import weakref
from collections import OrderedDict, deque
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb
import pyarrow as pa

from salesanalytics.settings import Settings
from salesanalytics.store.ddl import SCHEMA
from salesanalytics.store.state_build import RELATIONS, build

_NUMBERS = itertools.count(1)
Params = Sequence[object] | Mapping[str, object]


@dataclass(frozen=True, eq=False)
class State:
    """Everything known as of ``as_of``, of one version of the data. Its tables live as long as it does.

    ``reconstructed``: D lies before the first import of leads or follow-ups, so that these were rebuilt from the rows' own dates.
    """

    as_of: date
    version: int
    reconstructed: bool
    settings: Settings
    rows: int
    """customers and follow-ups it holds, which is what it weighs in memory"""
    _schema: str
    _connection: duckdb.DuckDBPyConnection

    def relation(self, name: str) -> str:
        """Return the qualified name of one of the state's relations; ``KeyError`` if there is none of that name."""
        if name not in RELATIONS:
            raise KeyError(name)
        return f"{self._schema}.{name}"

    def fetch(self, sql: str, params: Params = ()) -> list[dict[str, Any]]:
        """Return the rows of a query as dicts, column → value. Relations are named by ``relation(name)``."""
        with closing(self._connection.cursor()) as cursor:
            cursor.execute(sql, params or None)
            names = [column[0] for column in cursor.description or ()]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def arrow(self, sql: str, params: Params = ()) -> pa.Table:
        """Return the rows of a query as an Arrow table."""
        with closing(self._connection.cursor()) as cursor:
            return cursor.execute(sql, params or None).to_arrow_table()


class StateShelf:
    """Keeps the most recently used states of a connection. Safe to share between threads.

    A state that leaves the shelf stays usable for whoever still holds it; its tables go when nobody does.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, keep: int = 16, keep_rows: int = 800_000) -> None:
        self._connection = connection
        self._keep = keep
        self._keep_rows = keep_rows
        self._states: OrderedDict[tuple[date, int, str], State] = OrderedDict()
        self._lock = threading.Lock()
        self._abandoned: deque[str] = deque()

    def state(self, as_of: date, settings: Settings) -> State:
        """Return the state as of ``as_of`` over the data as they are now, building it if need be."""
        with self._lock:
            choices = settings.model_dump_json()
            found = self._states.get((as_of, self._version(), choices))
            if found is None:
                self._make_room()
                found = self._build(as_of, settings)
            key = (as_of, found.version, choices)
            self._states[key] = found
            self._states.move_to_end(key)
            return found

    def _make_room(self) -> None:
        """Let the least recently used go until another state fits: 16 states of 100,000 leads would not fit the memory limit."""
        while self._states and (len(self._states) >= self._keep or self._weight() > self._keep_rows / 2):
            self._states.popitem(last=False)

    def _weight(self) -> int:
        return sum(state.rows for state in self._states.values())

    def _version(self) -> int:
        with closing(self._connection.cursor()) as cursor:
            return _version(cursor)

    def _build(self, as_of: date, settings: Settings) -> State:
        """Build in one transaction: a load that commits meanwhile belongs to the next version."""
        schema = f"memory.state_{next(_NUMBERS)}"
        with closing(self._connection.cursor()) as cursor:
            self._drop_abandoned(cursor)
            cursor.begin()
            try:
                version = _version(cursor)
                reconstructed = build(cursor, schema, as_of, version, settings)
                rows = cursor.execute(
                    "SELECT (SELECT count(*) FROM leads) + (SELECT count(*) FROM followups)"
                ).fetchall()[0][0]
                cursor.commit()
            except BaseException:
                cursor.rollback()
                raise
        state = State(as_of, version, reconstructed, settings, rows, schema, self._connection)
        weakref.finalize(state, self._abandoned.append, schema)
        return state

    def _drop_abandoned(self, cursor: duckdb.DuckDBPyConnection) -> None:
        while self._abandoned:
            cursor.execute(f"DROP SCHEMA {self._abandoned.popleft()} CASCADE")


def _version(cursor: duckdb.DuckDBPyConnection) -> int:
    return int(cursor.execute(f"SELECT version FROM {SCHEMA}.data_version").fetchall()[0][0])
