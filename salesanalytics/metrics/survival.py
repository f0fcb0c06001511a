"""How long customers stay in a stage, those still there counted for as long as they have been there and not dropped."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Stay:
    """Customers who stayed equally long: days, whether they left (else they are still there), and how many."""

    days: int
    left: bool
    customers: int


@dataclass(frozen=True)
class Dwell:
    """Days in a stage. ``median``: Kaplan-Meier, None when fewer than half have left within the time observed; ``mean``: of those who left."""

    median: float | None
    mean: float | None
    left: int
    still: int


@dataclass(frozen=True)
class StayingShare:
    """The curve at one day: ``at_risk`` had stayed until then, ``left`` of them left on it, and ``staying`` is the estimated share (0-1) that stays longer."""

    days: int
    at_risk: int
    left: int
    staying: float


def kaplan_meier(stays: Iterable[Stay]) -> list[StayingShare]:
    """Return the estimated share still staying, at every day somebody left or was last seen, in order.

    Source: Kaplan and Meier, JASA 53 (1958), 457-481. Whoever leaves on a day leaves before those last seen that day.
    """
    counted: dict[int, list[int]] = {}
    for stay in stays:
        day = counted.setdefault(stay.days, [0, 0])
        day[0 if stay.left else 1] += stay.customers
    at_risk = sum(left + still for left, still in counted.values())
    staying, curve = 1.0, list[StayingShare]()
    for days in sorted(counted):
        left, still = counted[days]
        if at_risk:
            staying *= 1 - left / at_risk
        curve.append(StayingShare(days, at_risk, left, staying))
        at_risk -= left + still
    return curve


def kaplan_meier_median(stays: Iterable[Stay]) -> float | None:
    """Return the first day by which the estimated share still staying is half or less; None if it never is."""
    half = (point.days for point in kaplan_meier(stays) if point.left and point.staying <= 0.5 + 1e-12)
    day = next(half, None)
    return None if day is None else float(day)


def dwell(stays: Iterable[Stay]) -> Dwell:
    """Return how long the customers of one stage stayed."""
    known = list(stays)
    left = sum(stay.customers for stay in known if stay.left)
    days = sum(stay.days * stay.customers for stay in known if stay.left)
    return Dwell(
        median=kaplan_meier_median(known),
        mean=days / left if left else None,
        left=left,
        still=sum(stay.customers for stay in known if not stay.left),
    )
