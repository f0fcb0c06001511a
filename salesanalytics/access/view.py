"""What one viewer may read of a state: every query passes here, and sees relations already narrowed to the scope."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, Protocol

from salesanalytics.access.fence import relations_named
from salesanalytics.access.relations import NARROWED
from salesanalytics.access.scope import EVERYONE, Scope

_LEADING_WITH = re.compile(r"\s*with\s+(recursive\s+)?", re.IGNORECASE)


class ReadableState(Protocol):
    """What a view needs of the store's State: its date, version, and a door that runs SQL over its relations."""

    @property
    def as_of(self) -> date:
        """The date everything is known as of."""

    @property
    def version(self) -> int:
        """A number that grows with every change of the data."""

    @property
    def reconstructed(self) -> bool:
        """Whether the state was rebuilt from the rows' own dates."""

    def relation(self, name: str) -> str:
        """Return the qualified name of a relation."""

    def fetch(self, sql: str, params: Sequence[Any] = ()) -> list[dict[str, Any]]:
        """Run one SELECT and return its rows, each by column name; they are the caller's to keep and change."""


class View:
    """A state as one viewer may see it. Holds no rows; cheap to make."""

    def __init__(self, state: ReadableState, scope: Scope = EVERYONE) -> None:
        self._state = state
        self.scope = scope

    @property
    def as_of(self) -> date:
        """The as-of date D."""
        return self._state.as_of

    @property
    def version(self) -> int:
        """The data version the answers belong to."""
        return self._state.version

    @property
    def reconstructed(self) -> bool:
        """Whether the state was rebuilt from the rows' own dates."""
        return self._state.reconstructed

    def fetch(self, sql: str, params: Sequence[Any] = ()) -> list[dict[str, Any]]:
        """Run one SELECT over the bare relation names of docs/architecture.md and return its rows, narrowed to the scope.

        ``params`` fill the ``?`` of ``sql`` in order. Raises ``OutsideScopeError`` when the query names anything but those relations.
        """
        named = relations_named(sql, self._syntax_tree)
        shadows, bound = self._shadows(named)
        if not shadows:
            return self._state.fetch(sql, params)
        own = _LEADING_WITH.match(sql)
        opening = "WITH RECURSIVE" if own and own.group(1) else "WITH"
        body = f", {sql[own.end() :]}" if own else f" {sql}"
        return self._state.fetch(f"{opening} {', '.join(shadows)}{body}", [*bound, *params])

    def _syntax_tree(self, sql: str) -> str:
        tree = self._state.fetch("SELECT CAST(json_serialize_sql(CAST(? AS VARCHAR)) AS VARCHAR) AS tree", [sql])
        return str(tree[0]["tree"])

    def _shadows(self, named: frozenset[str]) -> tuple[list[str], list[str]]:
        """The CTEs that put narrowed relations under the bare names, and their bound values."""
        shadows: list[str] = []
        bound: list[str] = []
        for name, narrowing in NARROWED.items():
            narrowed = None if self.scope.everyone else narrowing(self.scope)
            # what belongs to a customer is narrowed through leads, which is therefore there whenever anything is narrowed
            if name not in named and not (name == "leads" and named and narrowed):
                continue
            where = f" WHERE {narrowed[0]}" if narrowed else ""
            bound += narrowed[1] if narrowed else []
            shadows.append(f"{name} AS NOT MATERIALIZED (SELECT * FROM {self._state.relation(name)}{where})")
        return shadows, bound
