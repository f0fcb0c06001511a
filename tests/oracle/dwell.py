"""How long customers stay in a stage, by the definition: every stay that was seen begin, those still there at risk for as long as they are there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from tests.oracle.book import ORDER, Row

Stay = tuple[int, bool]
"""Days, and whether it is over."""


def stays(rows: Iterable[Row], stage: str, as_of: date) -> list[Stay]:
    """Return the stays of customers in a stage whose first day was observed: to the first day seen beyond it, the day lost, or D."""
    found = []
    for row in rows:
        began = row["entries"].get(stage)
        own = row["first_contact_on"] if stage == "lead" and row["first_contact_on"] else row["dated"].get(stage)
        if row["reached"] < ORDER[stage] or began is None or own != began:
            continue
        beyond = [day for one, day in row["entries"].items() if ORDER[one] > ORDER[stage] and day is not None]
        over = row["reached"] > ORDER[stage] or row["stage"] == "lost"
        ended = min(beyond, default=None) if row["reached"] > ORDER[stage] else row["lost_on"]
        if over and ended is None:
            continue
        last = ended if over else as_of
        if last is not None and last >= began:
            found.append(((last - began).days, over))
    return found


def median(known: list[Stay]) -> int | None:
    """Kaplan and Meier's: the first day by which half of them or more are gone, in exact fractions; None where fewer ever are."""
    left = Fraction(1)
    for day in sorted({days for days, over in known if over}):
        left *= 1 - Fraction(sum(one == (day, True) for one in known), sum(days >= day for days, _ in known))
        if left <= Fraction(1, 2):
            return day
    return None
