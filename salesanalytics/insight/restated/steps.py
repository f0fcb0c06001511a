"""From what was shown to what is known now, event by event: each step has the state before it and after, and the rows that differ."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

from salesanalytics.access.view import View
from salesanalytics.insight.restated.row_changes import RowChange, row_changes
from salesanalytics.insight.restated.shown import Event, Shown
from salesanalytics.settings import Settings
from salesanalytics.store.known import Known

StepKind = Literal["re-upload", "late-file", "quarantine-fixed", "undone", "table-added", "settings", "later-exports"]
ViewOf = Callable[[date, Known | None, Settings], View]
"""The same viewer's view of a date: of these imports alone (None: those that count now), under these settings."""
MOST_STEPS = 8
"""More events than this are taken together by what they are: each step needs a state of its own."""


@dataclass(frozen=True)
class Side:
    """One end of a step: the date and imports of its state, and the settings that held."""

    as_of: date
    known: Known | None
    settings: Settings


@dataclass(frozen=True)
class Step:
    """What one event, or several of one kind, did. ``events`` is empty for the later exports of a longer look back."""

    events: tuple[Event, ...]
    before: Side
    after: Side
    view_of: ViewOf = field(repr=False, compare=False)

    @property
    def view_before(self) -> View:
        """The state before it."""
        return self.view_of(self.before.as_of, self.before.known, self.before.settings)

    @property
    def view_after(self) -> View:
        """The state after it."""
        return self.view_of(self.after.as_of, self.after.known, self.after.settings)

    @cached_property
    def rows(self) -> tuple[RowChange, ...]:
        """The rows that differ; none where only the settings changed."""
        if self.before.known == self.after.known and self.before.as_of == self.after.as_of:
            return ()
        return row_changes(self.view_before, self.view_after)

    @cached_property
    def kind(self) -> StepKind:
        """What happened."""
        if not self.events:
            return "later-exports"
        event = self.events[0]
        if event.record is None:
            return "settings"
        if event.undone:
            return "undone"
        if event.record.as_of > self.before.as_of:
            return "table-added"
        return self._kind_of_file(event.record.import_id, event.record.mode)

    def _kind_of_file(self, number: int, mode: str) -> StepKind:
        if mode == "changes" and self.rows:
            held = {row["customer_id"] for row in self.view_before.fetch("SELECT DISTINCT customer_id FROM held_leads")}
            if held and all(one.customer_id in held for one in self.rows):
                return "quarantine-fixed"
        # whoever stands in this file and in one of the same date: the date was uploaded before
        again = """SELECT 1 FROM lead_sightings AS a JOIN lead_sightings AS b ON b.customer_id = a.customer_id AND b.as_of = a.as_of
            AND b.import_id <> a.import_id WHERE a.import_id = ? LIMIT 1"""
        if self.view_after.fetch(again, [number]):
            return "re-upload"
        corrected = any(one.kind == "corrected" and one.table not in ("leads", "targets") for one in self.rows)
        return "re-upload" if corrected else "late-file"


def steps_since(
    shown: Shown | None,
    settings_then: Settings,
    settings: Settings,
    view_of: ViewOf,
    *,
    as_of: date,
    until: date | None = None,
) -> tuple[Step, ...]:
    """Return the steps from what ``as_of`` showed to what is known of it now, and, with ``until``, on to what is known as of that later date.

    ``settings_then``: those that held when it was shown; ``settings``: those of now.
    """
    steps: list[Step] = []
    side = Side(as_of, shown.known if shown else None, settings_then)
    lots = _lots(shown.events) if shown else ()
    for place, events in enumerate(lots):
        last = place == len(lots) - 1
        version = events[-1].version
        # the state after the last event is the one everybody reads now
        known = None if last else events[-1].known
        after = Side(as_of, known, settings if last else version.settings if version else side.settings)
        steps.append(Step(events, side, after, view_of))
        side = after
    if until is not None and until > as_of:
        steps.append(Step((), Side(as_of, None, settings), Side(until, None, settings), view_of))
    return tuple(steps)


def _lots(events: Sequence[Event]) -> list[tuple[Event, ...]]:
    """Each event for itself while they are few; else runs of the same sort, and if those are many too, all in one."""
    if len(events) <= MOST_STEPS:
        return [(one,) for one in events]
    runs: list[list[Event]] = []
    for one in events:
        if runs and _sort(runs[-1][-1]) == _sort(one):
            runs[-1].append(one)
        else:
            runs.append([one])
    return [tuple(run) for run in runs] if len(runs) <= MOST_STEPS else [tuple(events)]


def _sort(event: Event) -> tuple[bool, bool]:
    return event.record is None, event.undone
