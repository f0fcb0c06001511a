"""The customers behind a restated number, one a line: which of their rows changed and how, and what they give to the number then and now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from salesanalytics.insight.restated.gives import Given
from salesanalytics.insight.restated.restated import Restatement
from salesanalytics.insight.restated.row_changes import RowChange

Happened = Literal["corrected", "new", "gone", "moved"]


@dataclass(frozen=True)
class Line:
    """One customer, or one line that is nobody's (``customer_id`` ""). ``what``: their own row came, went or was corrected, or (``moved``) only a figure of the
    company behind their share. ``parts``: (part, then, now); ``rows``: what changed, oldest first; ``causes``: places in the restatement's causes.
    """

    customer_id: str
    name: str
    owner: str
    what: Happened
    parts: tuple[tuple[str, Given | None, Given | None], ...]
    rows: tuple[RowChange, ...]
    causes: tuple[int, ...]

    @property
    def worth(self) -> float:
        """How much what they give changed, to put the largest first."""
        return sum(abs(_above(now) - _above(then)) for _, then, now in self.parts)


def customer_lines(found: Restatement) -> tuple[Line, ...]:
    """Return a line for each customer whose share in the number differs, those with changed rows of their own and the largest difference first."""
    rows: dict[str, list[RowChange]] = {}
    for cause in found.causes:
        for changed in cause.rows:
            rows.setdefault(changed.customer_id or "", []).append(changed)
    parts: dict[str, list[tuple[str, Given | None, Given | None]]] = {}
    causes: dict[str, set[int]] = {}
    for one in found.customers:
        parts.setdefault(one.customer_id, []).append((one.side, one.before, one.after))
        causes.setdefault(one.customer_id, set()).update(one.causes)
    lines = [
        _line(customer, tuple(told), tuple(rows.get(customer, ())), tuple(sorted(causes[customer])))
        for customer, told in parts.items()
    ]
    return tuple(sorted(lines, key=lambda line: (line.what == "moved", -line.worth, line.customer_id)))


def _line(
    customer: str,
    parts: tuple[tuple[str, Given | None, Given | None], ...],
    rows: tuple[RowChange, ...],
    causes: tuple[int, ...],
) -> Line:
    own = [one for one in rows if one.table == "leads"]
    what: Happened = own[-1].kind if own else "corrected" if rows else "moved"
    names = [one.name for one in own if one.name]
    owners = [one.owner for one in own if one.owner]
    return Line(customer, names[-1] if names else "", owners[-1] if owners else "", what, parts, rows, causes)


def _above(given: Given | None) -> float:
    return (given.above or 0.0) if given else 0.0
