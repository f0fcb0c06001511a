"""Which stage each customer entered when, and how that is known: every observed entry, and the stages they must have passed unseen."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from salesanalytics.access.view import View
from salesanalytics.metrics.asking import check_filters
from salesanalytics.metrics.conditions import where
from salesanalytics.metrics.families import METRICS
from salesanalytics.metrics.types import Filters


@dataclass(frozen=True, slots=True)
class StageEntry:
    """One entry of a customer into a stage, in the order of the history.

    ``source``: what tells of it: ``stage_after`` (the log), ``import`` (an export showed it first), ``dates`` (the row's own); of a ``skipped`` stage, what tells
    of the one beyond. ``inferred``: not recorded as a move of that day; they entered on it or before. ``entered_on`` None: passed, nobody knows when.
    """

    customer_id: str
    customer_name: str | None
    stage: str
    stage_order: int | None
    entered_on: date | None
    source: str
    inferred: bool
    skipped: bool = False


def stage_history(view: View, filters: Filters | None = None, customer_id: str | None = None) -> list[StageEntry]:
    """Return the stage entries of the customers ``filters`` leave (or of one), by customer in the order they happened.

    Backward moves stay. Skipped stages stand before the entry that shows they were passed, with its day. Raises UserError as ``ask`` does.
    """
    filters = filters or Filters()
    check_filters(view, filters)
    found = where(METRICS["leads"], Filters(filters.where))
    if found is None:
        return []
    condition, params = found
    if customer_id is not None:
        condition, params = f"({condition}) AND r.customer_id = ?", [*params, customer_id]
    chosen = (
        f"WITH chosen AS (SELECT r.customer_id, r.customer_name, r.stage AS present FROM leads AS r WHERE {condition})"
    )
    entries = view.fetch(
        f"""{chosen} SELECT e.customer_id, c.customer_name, e.stage, e.stage_order, e.entered_on, e.source, e.inferred
        FROM stage_entries AS e JOIN chosen AS c ON c.customer_id = e.customer_id ORDER BY e.customer_id, e.place""",
        params,
    )
    unseen = view.fetch(
        f"""{chosen} SELECT s.customer_id, c.customer_name, s.stage, s.stage_order, s.first_entered_on AS entered_on, s.stage <> c.present AS skipped
        FROM stage_reach AS s JOIN chosen AS c ON c.customer_id = s.customer_id
        WHERE NOT EXISTS (SELECT 1 FROM stage_entries AS e WHERE e.customer_id = s.customer_id AND e.stage = s.stage)
        ORDER BY s.customer_id, s.stage_order""",
        params,
    )
    return _merged(entries, unseen)


def _merged(entries: Sequence[dict[str, Any]], unseen: Sequence[dict[str, Any]]) -> list[StageEntry]:
    histories = defaultdict[str, list[StageEntry]](list)
    for row in entries:
        histories[row["customer_id"]].append(StageEntry(**row))
    for row in unseen:
        _fill(histories[row["customer_id"]], row)
    return [entry for customer in sorted(histories) for entry in histories[customer]]


def _fill(history: list[StageEntry], row: dict[str, Any]) -> None:
    """Put a passed stage before the first entry beyond it; with none beyond it, before the loss, else last."""
    beyond = (
        n for n, one in enumerate(history) if one.stage_order is not None and one.stage_order > row["stage_order"]
    )
    lost = (n for n, one in enumerate(history) if one.stage_order is None)
    place = next(beyond, next(lost, len(history)))
    shown_by = history[place] if place < len(history) else None
    days = [day for day in (row["entered_on"], shown_by.entered_on if shown_by else None) if day is not None]
    source = shown_by.source if shown_by else "dates"
    history.insert(place, StageEntry(**{**row, "entered_on": min(days, default=None)}, source=source, inferred=True))


def stage_moves(entries: Iterable[StageEntry]) -> Counter[tuple[str, str]]:
    """Return how often customers moved from one stage straight to another, as observed: (from, to) → moves. Skipped stages are no stations."""
    histories = defaultdict[str, list[str]](list)
    for entry in entries:
        if not entry.skipped:
            histories[entry.customer_id].append(entry.stage)
    return Counter(move for stages in histories.values() for move in pairwise(stages))
