"""The writers' queue: one change at a time, each one transaction."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from salesanalytics.errors import UserError
from salesanalytics.store.ddl import SCHEMA


class Writers:
    """Hands out the cursor of a change. Only one is out at a time, so that no two changes can conflict; others wait their turn."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, *, sealed: bool = False) -> None:
        self._connection = connection
        self._sealed = sealed
        self._turn = threading.Lock()
        self._latest = object()

    @property
    def latest(self) -> object:
        """What stands for the last change: another object after each. What was read since it was the same need not be read again."""
        return self._latest

    @property
    def sealed(self) -> bool:
        """Whether every change is refused."""
        return self._sealed

    @contextmanager
    def change(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor in a transaction: committed at the end, rolled back on any error. Raises ``workspace-read-only`` when sealed."""
        if self._sealed:
            raise UserError("workspace-read-only")
        with self._turn, self._connection.cursor() as cursor:
            cursor.begin()
            try:
                yield cursor
                cursor.commit()
            except BaseException:
                _roll_back(cursor)
                raise
            finally:
                self._latest = object()

    @contextmanager
    def rehearsal(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor in a transaction that is always rolled back; it keeps nobody waiting."""
        with self._connection.cursor() as cursor:
            cursor.begin()
            try:
                yield cursor
            finally:
                _roll_back(cursor)

    def bump(self, cursor: duckdb.DuckDBPyConnection) -> None:
        """Say, within a change, that what people see has changed."""
        cursor.execute(f"UPDATE {SCHEMA}.data_version SET version = version + 1")

    def seal(self) -> None:
        """Refuse every change from now on."""
        with self._turn:
            self._sealed = True

    def finish(self) -> None:
        """Wait for the running change and refuse further ones."""
        self.seal()


def _roll_back(cursor: duckdb.DuckDBPyConnection) -> None:
    """Roll back, unless the transaction ended itself (a failed commit does)."""
    try:
        cursor.rollback()
    except duckdb.TransactionException:
        return
