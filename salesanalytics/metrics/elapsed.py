"""Days between two moments of which either may carry no clock."""

from __future__ import annotations


def clocked(moment: str) -> str:
    """Return SQL that says whether a timestamp carries a time of day: midnight is how a bare date is stored."""
    return f"CAST({moment} AS TIME) <> TIME '00:00:00'"


def days_between(earlier: str, later: str) -> str:
    """Return SQL for the days (a fraction) from one timestamp to another, at least 0; null where either is.

    Where one of them carries no clock both are days, and whole days are counted: a note of the same afternoon is not half a day late.
    """
    return f"""CASE WHEN {earlier} IS NULL OR {later} IS NULL THEN NULL
        WHEN {clocked(earlier)} AND {clocked(later)} THEN greatest((epoch({later}) - epoch({earlier})) / 86400.0, 0)
        ELSE greatest(CAST(CAST({later} AS DATE) - CAST({earlier} AS DATE) AS DOUBLE), 0) END"""
