"""Customers first contacted in some days, and how far they came: the counts behind the Funnel page, customer by customer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil

from tests.oracle import dwell
from tests.oracle.book import FORWARD, ORDER, Book, Row
from tests.oracle.questions import bucket_of


@dataclass(frozen=True)
class Stage:
    """What is counted at a stage; ``worth`` the amounts of who came, ``behind_worth`` of who went no further, both with how many have none."""

    customers: int
    advanced: int
    lost: int
    still: int
    unknown: int
    worth: float | None
    behind_worth: float | None
    behind_without: int

    @property
    def behind(self) -> int:
        """Who went no further."""
        return self.lost + self.still

    @property
    def share(self) -> float | None:
        """Who went on."""
        return self.advanced / self.customers if self.customers else None


def stage_of(rows: Sequence[Row], stage: str) -> Stage:
    """Count a stage among customers."""
    here = [row for row in rows if row["reached"] >= ORDER[stage]]
    on = [row for row in here if row["reached"] > ORDER[stage]]
    end = [row for row in here if row["reached"] == ORDER[stage] and row["stage"] != "won"]
    lost = [row for row in end if row["stage"] == "lost"]
    worth = [row["deal_amount"] if row["stage"] == "won" else row["expected_amount"] for row in here]
    held = [row["expected_amount"] for row in end]
    return Stage(
        len(here),
        len(on),
        len(lost),
        len(end) - len(lost),
        sum(row["unknown"] for row in rows) if stage == "lead" else 0,
        _sum(worth),
        _sum(held),
        sum(one is None for one in held),
    )


def _sum(amounts: Sequence[float | None]) -> float | None:
    known = [Fraction(str(one)) for one in amounts if one is not None]
    return float(sum(known)) if known else None


def observed(book: Book) -> list[str]:
    """Return the stages somebody was ever seen in."""
    return [stage for stage in FORWARD if stage in book.observed]


def met(rows: Sequence[Row], start: date, end: date) -> list[Row]:
    """Return who was first contacted in these days."""
    return [row for row in rows if row["first_contact_on"] and start <= row["first_contact_on"] <= end]


def dwell_of(rows: Sequence[Row], stage: str, book: Book) -> tuple[int | None, int, int]:
    """Return the median stay, how many stays there are, and how many go on."""
    known = dwell.stays(rows, stage, book.as_of)
    return dwell.median(known), len(known), sum(not over for _, over in known)


def ripe_days(book: Book) -> int | None:
    """Return the days within which 80 % of the won were won, between two values in proportion, rounded up."""
    days = sorted((row["won_on"] - row["first_contact_on"]).days for row in book.all() if row["stage"] == "won" and row["won_on"] and row["first_contact_on"] and row["won_on"] >= row["first_contact_on"])  # fmt: skip
    if not days:
        return None
    place = Fraction(8, 10) * (len(days) - 1)
    low = int(place)
    high = min(low + 1, len(days) - 1)
    return ceil(days[low] + (days[high] - days[low]) * (place - low))


def bucket_named(name: str) -> tuple[date, date]:
    """Return the days of 2026-11, 2026Q4 or 2026-W45."""
    if "Q" in name:
        return bucket_of(date(int(name[:4]), 3 * int(name[5:]) - 2, 1), "quarter")
    if "W" in name:
        monday = date.fromisocalendar(int(name[:4]), int(name[6:]), 1)
        return monday, monday + timedelta(days=6)
    return bucket_of(date.fromisoformat(f"{name}-01"), "month")
