"""A past number: what it was when it was shown, what it is now, and why, event by event; the differences of the causes add up to the whole."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from salesanalytics.access.view import View
from salesanalytics.errors import UserError
from salesanalytics.insight.restated.gives import Given, Gives, differing, gives
from salesanalytics.insight.restated.row_changes import RowChange
from salesanalytics.insight.restated.steps import Side, Step, StepKind
from salesanalytics.metrics.registry import metrics_of
from salesanalytics.metrics.run import ask
from salesanalytics.metrics.types import Filters, MetricQuery
from salesanalytics.settings import Settings
from salesanalytics.settings_keys import Change


@dataclass(frozen=True)
class Cause:
    """One reason. ``rows``: the uploaded rows it changed that make a difference to the number (all it changed where only a company-wide norm carried it over).

    ``before``, ``after``: the number without and with it, so that causes add up; ``moved``: customers whose share in the number changed without a row of theirs
    (a probability or mean of the company did). ``changes``: of the settings. ``imports``, ``files``: what was loaded or undone, the last at ``at`` by ``who``;
    both None for the exports that followed.
    """

    kind: StepKind
    rows: tuple[RowChange, ...]
    before: float | None
    after: float | None
    moved: int
    imports: tuple[int, ...]
    files: tuple[str, ...]
    of_day: date | None
    who: str | None
    at: datetime | None
    changes: tuple[Change, ...] = ()

    @property
    def difference(self) -> float | None:
        """What it added; None where there is no number on one side."""
        return None if self.before is None or self.after is None else self.after - self.before

    @property
    def count(self) -> int:
        """How many rows, or settings, it changed."""
        return len(self.changes) if self.kind == "settings" else len(self.rows)

    def of(self, kind: str) -> int:
        """Return how many rows are ``corrected``, ``new`` or ``gone``."""
        return sum(one.kind == kind for one in self.rows)


@dataclass(frozen=True)
class Difference:
    """One customer (or line that is nobody's) whose share in the number differs. ``side``: the part of it (``metrics.parts``); ``causes``: places in the causes' order."""

    side: str
    customer_id: str
    before: Given | None
    after: Given | None
    causes: tuple[int, ...]


@dataclass(frozen=True)
class Restatement:
    """A number as it was shown and as it is. ``was``, ``now`` in the metric's unit, None = no number; ``known_at``: the moment up to which it was shown."""

    metric: str
    filters: Filters
    as_of: date
    known_at: datetime | None
    was: float | None
    now: float | None
    causes: tuple[Cause, ...]
    customers: tuple[Difference, ...]

    @property
    def differs(self) -> bool:
        """Whether the number changed."""
        return not same(self.was, self.now)


Asked = tuple[str, Filters]
"""A metric, and what it is limited to."""


def same(before: float | None, after: float | None) -> bool:
    """Say whether two numbers are the same; sums of fractions may differ in their last digits."""
    if before is None or after is None:
        return before is after
    return math.isclose(before, after, rel_tol=1e-9, abs_tol=1e-9)


def number_at(view: View, asked: Asked, settings: Settings) -> float | None:
    """Return the number as a view has it; None where there is none, or its metric or a column it is limited by was not there."""
    name, filters = asked
    if name not in metrics_of(settings):
        return None
    try:
        return ask(view, MetricQuery((name,), (), filters), settings).total.values[name]
    except UserError:
        return None


def was_and_now(steps: Sequence[Step], asked: Asked) -> tuple[float | None, float | None]:
    """Return what the number was and is; there must be a step."""
    first, last = steps[0], steps[-1]
    return (
        number_at(first.view_before, asked, first.before.settings),
        number_at(last.view_after, asked, last.after.settings),
    )


def restated(steps: Sequence[Step], asked: Asked, known_at: datetime | None = None) -> Restatement:
    """Return what became of a number over ``steps`` (at least one): ``known_at`` is when the first of them was shown last."""
    sides = [steps[0].before, *(step.after for step in steps)]
    views = [steps[0].view_before, *(step.view_after for step in steps)]
    values = [number_at(view, asked, side.settings) for view, side in zip(views, sides, strict=True)]
    given = [_gives(view, asked, side) for view, side in zip(views, sides, strict=True)]
    causes: list[Cause] = []
    touched: dict[tuple[str, str], list[int]] = {}
    for place, step in enumerate(steps):
        moved = differing(given[place], given[place + 1])
        if not moved and same(values[place], values[place + 1]):
            continue
        for one in moved:
            touched.setdefault(one, []).append(len(causes))
        causes.append(_cause(step, {customer for _, customer in moved}, values[place], values[place + 1]))
    customers = tuple(
        Difference(
            side,
            customer,
            given[0].get((side, customer)),
            given[-1].get((side, customer)),
            tuple(touched.get((side, customer), ())),
        )
        for side, customer in differing(given[0], given[-1])
    )
    return Restatement(
        asked[0], asked[1], steps[0].before.as_of, known_at, values[0], values[-1], tuple(causes), customers
    )


def _gives(view: View, asked: Asked, side: Side) -> Gives:
    return gives(view, asked[0], asked[1], side.settings)


def _cause(step: Step, moved: set[str], before: float | None, after: float | None) -> Cause:
    own = tuple(one for one in step.rows if (one.customer_id or "") in moved)
    records = [one.record for one in step.events if one.record]
    last = step.events[-1] if step.events else None
    return Cause(
        kind=step.kind,
        # a norm of the company may carry a correction over to everybody else's share
        rows=own or step.rows,
        before=before,
        after=after,
        moved=len(moved - {one.customer_id or "" for one in own}),
        imports=tuple(one.import_id for one in records),
        files=_names(name for one in records for name in one.files),
        of_day=records[-1].as_of if records else None,
        who=last.who if last else None,
        at=last.at if last else None,
        changes=tuple(change for one in step.events if one.version for change in one.version.changes),
    )


def _names(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
