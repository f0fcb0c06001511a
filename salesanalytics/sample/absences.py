"""Customers an export leaves out: a filter set wrongly for a week or three, or a merged record that never comes back."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from salesanalytics.sample.diary import Diary

COMES_BACK = 0.035
GONE_FOR_GOOD = 0.008


def absences(rng: Random, lives: list[Diary], exports: list[date]) -> dict[str, frozenset[date]]:
    """Return, by customer_id, the exports whose leads sheet lacks the customer. A customer with new records is never left out."""
    missing: dict[str, frozenset[date]] = {}
    if len(exports) < 3:
        return missing
    for life in lives:
        fate, start = rng.random(), rng.randrange(1, len(exports) - 1)
        if fate < COMES_BACK:
            weeks = exports[start : min(start + rng.randint(1, 3), len(exports) - 1)]
        elif fate < COMES_BACK + GONE_FOR_GOOD:
            weeks = exports[start:]
        else:
            continue
        if _may_be_missing(life, weeks[0], weeks[-1]):
            missing[life.arrival.customer_id] = frozenset(weeks)
    return missing


def _may_be_missing(life: Diary, first: date, last: date) -> bool:
    """Seen before, not yet won, and nothing recorded meanwhile: no other sheet then speaks of a customer who is not there."""
    if life.changes[0].recorded_at.date() > first - timedelta(days=7):
        return False
    recorded = [record["recorded_at"].date() for record in life.followups]
    won = life.row.get("won_on")
    return not (won and won <= last) and not any(first - timedelta(days=7) < day <= last for day in recorded)
