"""What a run of the tests really went through: said by the tests as they go, summed over all processes and printed at the end."""

from __future__ import annotations

import os
from collections import Counter

SOAK = os.environ.get("SALESANALYTICS_SOAK") == "1"
_now: Counter[str] = Counter()
PROPERTY = "counted"
"""The name under which a test's report carries its counts from a worker to the process that prints."""


def counted(what: str, number: int = 1) -> None:
    """Say that the present test has gone through ``number`` more of these."""
    _now[what] += number


def taken() -> dict[str, int]:
    """Return what was counted since it was last taken."""
    found = dict(_now)
    _now.clear()
    return found


def summed(reports: list[object]) -> dict[str, int]:
    """Return the counts of all reports together, in the order in which they first came."""
    total: Counter[str] = Counter()
    for report in reports:
        for name, value in getattr(report, "user_properties", ()):
            if name == PROPERTY:
                total.update(value)
    return dict(total)
