"""Deals whose rows are not in the newest export any more, and those that are back: when each was last seen, and when again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from salesanalytics.access.view import View
from salesanalytics.insight.changes.bridge import Bridge
from salesanalytics.insight.changes.moves import Move

Seen = dict[str, tuple[date | None, str | None]]
"""Of each missing customer: when last seen, and in which file, where that has to be said."""


@dataclass(frozen=True)
class Absence:
    """One deal of the bridge that went missing or came back. ``last_seen_on``: the last import that held it before it was absent; ``back_on``: the first
    that held it again, None while it is missing. ``last_seen_in``: that last import's file, where a later import of the very same day (a correction) no longer
    held it, so that the day alone would not say which; else None.
    """

    move: Move
    last_seen_on: date | None
    back_on: date | None
    last_seen_in: str | None = None


def missing_rows(bridge: Bridge, end: View) -> tuple[Absence, ...]:
    """Return the open deals that no row of the newest export stands for any more, the largest first."""
    moves = bridge.of("missing")
    seen = _last_seen(end) if moves else {}
    return tuple(_absence(move, seen, None) for move in moves)


def reappeared_rows(bridge: Bridge, start: View, end: View) -> tuple[Absence, ...]:
    """Return the deals that were missing at the start and are open again, the largest first."""
    moves = bridge.of("reappeared")
    seen = _last_seen(start) if moves else {}
    back = _first_seen_after(start.as_of, end) if moves else {}
    return tuple(_absence(move, seen, back.get(move.customer_id)) for move in moves)


def _absence(move: Move, seen: Seen, back_on: date | None) -> Absence:
    day, file = seen.get(move.customer_id, (None, None))
    return Absence(move, day, back_on, file)


def _last_seen(view: View) -> Seen:
    # the imports of a day come in the order of their ids
    sql = """SELECT m.customer_id, m.seen_on, CASE WHEN EXISTS (
            SELECT 1 FROM import_coverage AS c WHERE c.imported_on = m.seen_on AND c.import_id > m.import_id) THEN m.file END AS seen_in
        FROM missing_leads AS m"""
    return {row["customer_id"]: (row["seen_on"], row["seen_in"]) for row in view.fetch(sql)}


def _first_seen_after(day: date, view: View) -> dict[str, date]:
    sql = "SELECT customer_id, min(as_of) AS back_on FROM lead_sightings WHERE as_of > ? GROUP BY customer_id"
    return {row["customer_id"]: row["back_on"] for row in view.fetch(sql, [day])}
