"""Customers whose record lacks what a figure needs: each gap a count, with the very rows behind it."""

from __future__ import annotations

from typing import Any, Literal, get_args

from salesanalytics.access.view import View
from salesanalytics.insight.quality import lacking
from salesanalytics.insight.where import Where, lead_condition

Gap = Literal["overdue-close", "no-amount", "undated", "won-undated", "lost-undated", "lost-from-unknown"]
GAPS: tuple[Gap, ...] = get_args(Gap)

_CONDITIONS: dict[Gap, str] = {
    "overdue-close": "is_open AND expected_close_on < (SELECT as_of FROM state_info)",
    "no-amount": "is_open AND expected_amount IS NULL",
    "undated": "first_contact_on IS NULL",
    "won-undated": lacking("won_on"),
    "lost-undated": lacking("lost_on"),
    "lost-from-unknown": "is_lost AND reached_unknown",
}


def gap_counts(view: View, where: Where = ()) -> dict[Gap, int]:
    """Return how many of the customers ``where`` leaves have each gap."""
    condition, params = lead_condition(where)
    counts = ", ".join(f'count(*) FILTER (WHERE {sql}) AS "{gap}"' for gap, sql in _CONDITIONS.items())
    row = view.fetch(f"SELECT {counts} FROM leads WHERE {condition}", params)[0]
    return {gap: int(row[gap]) for gap in GAPS}


def gap_rows(view: View, gap: Gap, where: Where = ()) -> list[dict[str, Any]]:
    """Return the customers with a gap, the longest overdue, then the largest amount first.

    Keys: customer_id, name, owner, team, stage, on (expected close, else last contact), overdue_days, amount, file, sheet, row.
    """
    condition, params = lead_condition(where)
    on = "expected_close_on" if gap == "overdue-close" else "last_contact_on"
    return view.fetch(
        f"""SELECT customer_id, customer_name AS name, nullif(owner, '') AS owner, team, stage, {on} AS "on",
            CASE WHEN is_open AND expected_close_on IS NOT NULL THEN greatest((SELECT as_of FROM state_info) - expected_close_on, 0) END AS overdue_days,
            CASE WHEN is_won THEN deal_amount ELSE expected_amount END AS amount, file, sheet, "row"
        FROM leads WHERE ({_CONDITIONS[gap]}) AND {condition}
        ORDER BY {"overdue_days DESC NULLS LAST," if gap == "overdue-close" else ""} amount DESC NULLS LAST, customer_id""",
        params,
    )
