"""Deals whose rows are not in the newest export any more, and those that are back: when each was last seen, and when again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from salesanalytics.access.view import View
from salesanalytics.insight.changes.bridge import Bridge
from salesanalytics.insight.changes.moves import Move


@dataclass(frozen=True)
class Absence:
    """One deal of the bridge that went missing or came back. ``last_seen_on``: the last import that held it before it was absent; ``back_on``: the first
    that held it again, None while it is missing.
    """

    move: Move
    last_seen_on: date | None
    back_on: date | None


def missing_rows(bridge: Bridge, end: View) -> tuple[Absence, ...]:
    """Return the open deals that no row of the newest export stands for any more, the largest first."""
    moves = bridge.of("missing")
    seen = _last_seen(end) if moves else {}
    return tuple(Absence(move, seen.get(move.customer_id), None) for move in moves)


def reappeared_rows(bridge: Bridge, start: View, end: View) -> tuple[Absence, ...]:
    """Return the deals that were missing at the start and are open again, the largest first."""
    moves = bridge.of("reappeared")
    seen = _last_seen(start) if moves else {}
    back = _first_seen_after(start.as_of, end) if moves else {}
    return tuple(Absence(move, seen.get(move.customer_id), back.get(move.customer_id)) for move in moves)


def _last_seen(view: View) -> dict[str, date]:
    rows = view.fetch("SELECT customer_id, seen_on FROM missing_leads")
    return {row["customer_id"]: row["seen_on"] for row in rows}


def _first_seen_after(day: date, view: View) -> dict[str, date]:
    sql = "SELECT customer_id, min(as_of) AS back_on FROM lead_sightings WHERE as_of > ? GROUP BY customer_id"
    return {row["customer_id"]: row["back_on"] for row in view.fetch(sql, [day])}
