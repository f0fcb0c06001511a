"""What a date showed is what a workspace says that only ever got the files loaded before: every relation and all metrics, of random histories of
uploads out of order, again, and undone. And a number's causes and customers add up to its difference."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from salesanalytics.access.view import View
from salesanalytics.insight.restated.history import history_of
from salesanalytics.insight.restated.restated import same
from salesanalytics.metrics import METRICS
from salesanalytics.metrics.run import ask
from salesanalytics.metrics.types import Filters, MetricQuery
from salesanalytics.settings import DEFAULT_SETTINGS
from salesanalytics.store.state_build import RELATIONS
from salesanalytics.store.workspace import Workspace, open_workspace
from tests.counts import counted
from tests.oracle.loaded import load_uploads
from tests.oracle.uploads import Upload, random_uploads

SOAK = os.environ.get("SALESANALYTICS_SOAK") == "1"
ADDING = [name for name, metric in METRICS.items() if metric.adds_up and metric.distinct is None and not metric.within]


@dataclass(frozen=True)
class Action:
    """Loading an upload by its place, or undoing it."""

    place: int
    undo: bool = False


def random_actions(chance: Random, imports: int) -> list[Action]:
    """Uploads mostly in their order, some late; some of them undone later."""
    order = sorted(range(imports), key=lambda place: place + chance.choice([0, 0, 0, 1.5, 2.5]))
    actions = [Action(place) for place in order]
    for place in order:
        if chance.random() < 0.25:
            at = actions.index(Action(place))
            actions.insert(chance.randint(at + 1, len(actions)), Action(place, undo=True))
    return actions


def shown_places(actions: list[Action], uploads: list[Upload], as_of: date) -> list[int] | None:
    """The places that counted when the date was shown last, told action by action; None where what counts now was never shown of it otherwise."""
    counting: list[int] = []
    for action in actions:
        counting.remove(action.place) if action.undo else counting.append(action.place)
    now = sorted(counting)
    for day in sorted({upload.as_of for upload in uploads if upload.as_of <= as_of}, reverse=True):
        held: list[int] = []
        began = False
        before: list[int] | None = None
        for action in actions:
            upload = uploads[action.place]
            if began and not action.undo and upload.as_of > as_of:
                before = list(held)
                break
            held.remove(action.place) if action.undo else held.append(action.place)
            began = began or (upload.as_of == day and not action.undo)
        if before is not None and any(uploads[place].as_of == day for place in before):
            then = [place for place in before if uploads[place].as_of <= as_of]
            return then if then != [place for place in now if uploads[place].as_of <= as_of] else None
        if before is None or any(uploads[place].as_of == day for place in now):
            return None
    return None


def perform(workspace: Workspace, uploads: list[Upload], actions: list[Action]) -> dict[int, int]:
    """Load and undo; return the import number of each place."""
    numbers: dict[int, int] = {}
    for action in actions:
        if action.undo:
            workspace.undo(numbers[action.place], "test")
        else:
            load_uploads(workspace, [uploads[action.place]], [action.place])
            numbers[action.place] = max(record.import_id for record in workspace.imports())
    return numbers


def relations_of(view: View, places: dict[int, int]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in RELATIONS:
        rows: list[dict[str, Any]] = view.fetch(f"SELECT * FROM {name}")
        for row in rows:
            row.pop("version", None)
            if "import_id" in row:
                row["import_id"] = places[row["import_id"]]
        found[name] = sorted(map(repr, rows))
    return found


def values_of(view: View) -> dict[str, float | None]:
    """Every metric over all time and over its default period."""
    return {name: ask(view, MetricQuery((name,)), DEFAULT_SETTINGS).total.values[name] for name in METRICS}


@given(st.integers(0, 10_000), st.integers(3, 5))
@settings(max_examples=150 if SOAK else 2)
def test_what_was_shown_is_what_only_those_files_give(seed: int, imports: int) -> None:
    chance = Random(seed)
    uploads = random_uploads(seed, 10, imports)
    actions = random_actions(chance, imports)
    with open_workspace(None) as workspace:
        numbers = perform(workspace, uploads, actions)
        history = history_of(workspace)
        places = {number: place for place, number in numbers.items()}
        dates = sorted({upload.as_of for upload in uploads if history.shown(upload.as_of)})
        for as_of in dates if SOAK else dates[:1]:
            shown = history.shown(as_of)
            if shown is None or shown.newest:
                continue
            expected = shown_places(actions, uploads, as_of)
            told = {places[number] for number in shown.known if uploads[places[number]].as_of <= as_of}
            if expected is None:
                # nothing up to the date changed: a table came for the first time with a later import
                assert all(one.record and one.record.as_of > as_of for one in shown.events)
                continue
            assert told == set(expected)
            with open_workspace(None) as only:
                kept = [action for action in actions if action.place in expected and not action.undo]
                again = perform(only, uploads, kept)
                fresh, then = View(only.state(as_of)), history.view_shown(as_of)
                assert relations_of(then, places) == relations_of(
                    fresh, {number: place for place, number in again.items()}
                )
                was, alone = values_of(then), values_of(fresh)
                assert {name for name in METRICS if not same(was[name], alone[name])} == set()
            counted("dates shown before rebuilt from their files alone")
            for name in chance.sample(ADDING, 6 if SOAK else 2):
                adds_up(history, name, as_of)


def adds_up(history: Any, name: str, as_of: date) -> None:
    found = history.restated((name, Filters()), as_of)
    if found.was is None or found.now is None:
        return
    by_causes = sum(cause.difference or 0 for cause in found.causes)
    by_customers = sum(
        ((one.after.above or 0) if one.after else 0) - ((one.before.above or 0) if one.before else 0)
        for one in found.customers
    )
    assert same(by_causes, found.now - found.was), name
    assert abs(by_customers - (found.now - found.was)) < 1e-6, name
    assert bool(found.causes) or not found.differs
