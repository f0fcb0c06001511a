"""When a cohort is old enough to be judged: most of those who will be won have had the time for it (DEFINITIONS, "Cohort win rate")."""

from __future__ import annotations

from datetime import date, timedelta
from math import ceil

from salesanalytics.access.view import View

COHORT_METRICS = frozenset({"lead_conversion", "opportunity_win_rate", "stage_conversion"})
"""Metrics of those who entered in a period, whose value still rises while they get on."""
QUANTILE = 0.8


def cycle_days(view: View) -> int | None:
    """Return the days within which 80 % of the won customers were won, from first contact; None where nobody was."""
    sql = f"""SELECT quantile_cont(won_on - first_contact_on, {QUANTILE}) AS days FROM leads
        WHERE is_won AND won_on IS NOT NULL AND first_contact_on IS NOT NULL AND won_on >= first_contact_on"""
    days = view.fetch(sql)[0]["days"]
    return None if days is None else ceil(days)


def mature_until(metric: str, as_of: date, days: int | None) -> date | None:
    """Return the last day of entry whose cohort can be judged as of ``as_of``; None where the metric does not ripen, or nothing is known."""
    return as_of - timedelta(days=days) if metric in COHORT_METRICS and days is not None else None
