"""Who is asking, and which rows they may see."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Scope:
    """The rows a viewer may see: those of these owners or teams, and the unassigned pool if ``pool``. Both None = everyone."""

    owners: frozenset[str] | None = None
    teams: frozenset[str] | None = None
    pool: bool = True

    @property
    def everyone(self) -> bool:
        """Whether nothing is hidden."""
        return self.owners is None and self.teams is None


EVERYONE = Scope()
