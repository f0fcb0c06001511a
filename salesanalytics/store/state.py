"""The state as of a date: what was known by the end of day D, as relations to query. Built once a (date, version), shared by all sessions."""

from __future__ import annotations

import itertools
import threading
import weakref
from collections import Counter, OrderedDict, deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import duckdb

from salesanalytics.settings import Settings
from salesanalytics.store import state_kept
from salesanalytics.store.ddl import SCHEMA
from salesanalytics.store.known import Known
from salesanalytics.store.state_build import RELATIONS, build
from salesanalytics.store.state_on_demand import ON_DEMAND, on_demand
from salesanalytics.store.transaction import Writers

if TYPE_CHECKING:
    import pyarrow as pa  # with numpy a quarter of a second of a start

_NUMBERS = itertools.count(1)
MOST_ON_SHELF = 100
"""A state kept in the file weighs nothing in memory but its name."""
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
    """customers and follow-ups it holds in memory, which is what it weighs"""
    _relations: Mapping[str, str]
    _connection: duckdb.DuckDBPyConnection
    _rest: Rest | None = None
    known: Known | None = None
    """the imports it is made from, where not those that count now (``store.known``)"""

    def relation(self, name: str) -> str:
        """Return the qualified name of one of the state's relations; ``KeyError`` if there is none of that name."""
        if name in ON_DEMAND:
            return on_demand(name, self.as_of, self.known)
        if name not in RELATIONS:
            raise KeyError(name)
        if name in self._relations or self._rest is None:
            return self._relations[name]
        return self._rest.state().relation(name)

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


class Rest:
    """What was not kept of a state: built when it is first asked for."""

    def __init__(self, build: Callable[[], State]) -> None:
        self._build = build
        self._built: State | None = None
        self._lock = threading.Lock()

    def state(self) -> State:
        """Return the whole state."""
        with self._lock:
            if self._built is None:
                self._built = self._build()
            return self._built


class StateShelf:
    """Keeps the most recently used states of a connection. Safe to share between threads; one is built at a time, and who finds theirs does not wait.

    A state that leaves the shelf stays usable for whoever still holds it; its tables go when nobody does.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, keep: int = 16, keep_rows: int = 800_000) -> None:
        self._connection = connection
        self._keep = keep
        self._keep_rows = keep_rows
        self._states: OrderedDict[tuple[date, int, str, Known | None], State] = OrderedDict()
        self._lock = threading.Lock()
        self._building = threading.Lock()
        self._abandoned: deque[str] = deque()
        self._read: Counter[int] = Counter()

    def state(self, as_of: date, settings: Settings, known: Known | None = None) -> State:
        """Return the state as of ``as_of`` over the data as they are now, or of the imports in ``known`` alone, building it if need be."""
        return self._found(as_of, settings, known) or self._made(as_of, settings, known)

    def at_hand(self, as_of: date, settings: Settings) -> bool:
        """Say whether the state as of ``as_of`` is there without building it."""
        return self._found(as_of, settings) is not None

    def keep(self, as_of: date, settings: Settings, writers: Writers, *, whole: bool) -> None:
        """Keep the state as of ``as_of`` in the file, built if need be; nothing happens if it is kept already. The one built in memory leaves the shelf."""
        state = self.state(as_of, settings)
        if state._rest is not None:
            return
        with writers.change() as cursor:
            if _version(cursor) != state.version:
                return
            state_kept.keep(cursor, as_of, settings, state._relations, reconstructed=state.reconstructed, whole=whole)
        with self._lock:
            self._states.pop((as_of, state.version, settings.model_dump_json(), None), None)
        del state
        with writers.change() as cursor, self._lock:
            state_kept.sweep(cursor, frozenset(+self._read))
            # seen by all before anybody looks again: a state found in between would name tables that are gone
            cursor.commit()
            cursor.begin()
        with self._building, closing(self._connection.cursor()) as cursor:
            self._drop_abandoned(cursor)

    def _found(self, as_of: date, settings: Settings, known: Known | None = None) -> State | None:
        """The state on the shelf, else the one kept in the file, put on the shelf; what was known earlier is never kept."""
        choices = settings.model_dump_json()
        with self._lock, closing(self._connection.cursor()) as cursor:
            cursor.begin()
            try:
                version = _version(cursor)
                found = self._states.get((as_of, version, choices, known))
                if found is None and known is None:
                    found = self._kept(cursor, as_of, version, settings)
            finally:
                cursor.rollback()
            return None if found is None else self._put(found, choices)

    def _made(self, as_of: date, settings: Settings, known: Known | None = None) -> State:
        """The state built, unless somebody did while this one waited."""
        with self._building:
            found = self._found(as_of, settings, known)
            if found is None:
                with self._lock:
                    self._make_room()
                built = self._build(as_of, settings, known)
                with self._lock:
                    found = self._put(built, settings.model_dump_json())
            return found

    def _put(self, state: State, choices: str) -> State:
        key = (state.as_of, state.version, choices, state.known)
        self._states[key] = state
        self._states.move_to_end(key)
        return state

    def _kept(self, cursor: duckdb.DuckDBPyConnection, as_of: date, version: int, settings: Settings) -> State | None:
        kept = state_kept.find(cursor, as_of, settings)
        if kept is None:
            return None
        info = f"(SELECT * REPLACE ({version}::BIGINT AS version) FROM {kept.relations['state_info']})"
        relations = {**kept.relations, "state_info": info}
        rest = Rest(lambda: self._build(as_of, settings))
        state = State(as_of, version, kept.reconstructed, settings, 0, relations, self._connection, rest)
        self._read[kept.number] += 1
        weakref.finalize(state, self._read.subtract, [kept.number])
        return state

    def _make_room(self) -> None:
        """Let the least recently used go until another state fits: 16 states of 100,000 leads would not fit the memory limit."""
        while (
            self._weight() > self._keep_rows / 2 or sum(state.rows > 0 for state in self._states.values()) >= self._keep
        ):
            del self._states[next(key for key, state in self._states.items() if state.rows)]
        while len(self._states) >= MOST_ON_SHELF:
            self._states.popitem(last=False)

    def _weight(self) -> int:
        return sum(state.rows for state in self._states.values())

    def _build(self, as_of: date, settings: Settings, known: Known | None = None) -> State:
        """Build in one transaction: a load that commits meanwhile belongs to the next version."""
        schema = f"memory.state_{next(_NUMBERS)}"
        with closing(self._connection.cursor()) as cursor:
            self._drop_abandoned(cursor)
            cursor.begin()
            try:
                version = _version(cursor)
                reconstructed = build(cursor, schema, as_of, version, settings, known=known)
                rows = cursor.execute(
                    "SELECT (SELECT count(*) FROM leads) + (SELECT count(*) FROM followups)"
                ).fetchall()[0][0]
                cursor.commit()
            except BaseException:
                cursor.rollback()
                raise
        relations = {name: f"{schema}.{name}" for name in RELATIONS}
        state = State(as_of, version, reconstructed, settings, rows, relations, self._connection, known=known)
        weakref.finalize(state, self._abandoned.append, schema)
        return state

    def _drop_abandoned(self, cursor: duckdb.DuckDBPyConnection) -> None:
        while self._abandoned:
            cursor.execute(f"DROP SCHEMA {self._abandoned.popleft()} CASCADE")


def _version(cursor: duckdb.DuckDBPyConnection) -> int:
    return int(cursor.execute(f"SELECT version FROM {SCHEMA}.data_version").fetchall()[0][0])
