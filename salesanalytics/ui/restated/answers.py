"""Which past dates were restated, and which of a date's numbers. The first is told by the imports alone; states are built only where something changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from weakref import WeakKeyDictionary

from salesanalytics.insight.restated.history import History, history_of
from salesanalytics.insight.restated.restated import Asked, Restatement, was_and_now
from salesanalytics.insight.restated.shown import Shown
from salesanalytics.reports.restated_words import reads_alike, visible
from salesanalytics.store.workspace import Workspace
from salesanalytics.ui.data import Desk

_HISTORIES: WeakKeyDictionary[Workspace, dict[tuple[object, ...], History]] = WeakKeyDictionary()
MOST_HISTORIES = 8
"""Of one workspace: a viewer's scope and settings each."""


def history(desk: Desk) -> History:
    """Return the viewer's history of the workspace at its present version."""
    known = _HISTORIES.setdefault(desk.source.workspace, {})
    key = (desk.source.seen, desk.scope, desk.settings.model_dump_json())
    if key not in known:
        while len(known) >= MOST_HISTORIES:
            known.pop(next(iter(known)))
        known[key] = history_of(desk.source.workspace, desk.scope, desk.settings)
    return known[key]


def shown_of(desk: Desk, day: date) -> Shown | None:
    """Return when a date was shown before it changed, where somebody was shown it; of the sample nobody was."""
    if desk.source.is_sample:
        return None
    found = history(desk).shown(day)
    return found if found is not None and found.noticeable else None


def restated_numbers(desk: Desk, day: date, asked: Sequence[Asked]) -> tuple[Restatement, ...]:
    """Return those of a date's numbers that read otherwise than they did when it was shown, in the order asked."""
    if shown_of(desk, day) is None:
        return ()
    return desk.remember("restated-numbers", (day, tuple(asked)), lambda: _changed(desk, day, asked))


def restated_number(desk: Desk, day: date, asked: Asked) -> Restatement:
    """Return what became of one number of a date."""
    return desk.remember("restated", (day, asked), lambda: history(desk).restated(asked, day))


def _changed(desk: Desk, day: date, asked: Sequence[Asked]) -> tuple[Restatement, ...]:
    steps = history(desk).steps(day)
    found = []
    for one in asked:
        was, now = was_and_now(steps, one)
        if not reads_alike(was, now, one[0], desk.settings):
            whole = restated_number(desk, day, one)
            if visible(whole, desk.settings):
                found.append(whole)
    return tuple(found)
