"""How items become one number: counts, sums, shares, means, medians, ratios of sums. Nothing is ever 0 because it is unknown."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Sequence
from typing import Any

from tests.oracle.questions import Answer, Item

Known = Callable[[Sequence[Item]], Answer]


def count(items: Sequence[Item]) -> Answer:
    """So many items."""
    return len(items), len(items)


def total(items: Sequence[Item]) -> Answer:
    """The sum of what is known; no item is 0, items none of which is known have no sum."""
    known = [float(item.what) for item in items if item.what is not None]
    return (math.fsum(known) if known or not items else None), len(known)


def share(items: Sequence[Item]) -> Answer:
    """Hits ÷ those that can be judged (``what`` is not None)."""
    judged = [bool(item.what) for item in items if item.what is not None]
    return (sum(judged) / len(judged) if judged else None), len(judged)


def mean(items: Sequence[Item]) -> Answer:
    """The mean of what is known."""
    known = [float(item.what) for item in items if item.what is not None]
    return (math.fsum(known) / len(known) if known else None), len(known)


def median(items: Sequence[Item]) -> Answer:
    """The median of what is known."""
    known = [float(item.what) for item in items if item.what is not None]
    return (statistics.median(known) if known else None), len(known)


def ratio(items: Sequence[Item]) -> Answer:
    """Sum of the first ÷ sum of the second of each pair; n counts the pairs that are known."""
    known: list[tuple[Any, Any]] = [item.what for item in items if item.what is not None]
    below = math.fsum(float(pair[1]) for pair in known)
    return (math.fsum(float(pair[0]) for pair in known) / below if below else None), len(known)


def ratio_of_counts(items: Sequence[Item]) -> Answer:
    """The same where both sides count, and n is the denominator."""
    value, _ = ratio(items)
    return value, round(sum(item.what[1] for item in items))
