"""Which customers our own count of a stage is made of: the rows behind a reconciled number."""

from __future__ import annotations

from datetime import date
from typing import Any

from salesanalytics.access.view import View


def customers_reached(view: View, stage: str, start: date | None, end: date) -> list[dict[str, Any]]:
    """Return the customers with first contact from ``start`` (None: ever) to ``end`` who reached ``stage``, in the order they did.

    Keys: customer_id, name, owner, stage (now), entered_on, inferred (filled in or undated), from_unknown, file, sheet, row.
    """
    since = "AND l.first_contact_on >= ?" if start else ""
    return view.fetch(
        f"""SELECT l.customer_id, l.customer_name AS name, nullif(l.owner, '') AS owner, l.stage, s.first_entered_on AS entered_on,
            s.inferred, l.is_lost AND l.reached_unknown AS from_unknown, l.file, l.sheet, l."row"
        FROM stage_reach AS s JOIN leads AS l ON l.customer_id = s.customer_id
        WHERE s.stage = ? AND l.first_contact_on <= ? {since}
        ORDER BY s.first_entered_on NULLS LAST, l.customer_id""",
        [stage, end, *([start] if start else [])],
    )
