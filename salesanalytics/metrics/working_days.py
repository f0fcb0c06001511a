"""Working days of a country: its weekends and public holidays, and the weekend days worked in their stead (调休).

Source: the ``holidays`` library, offline. Years whose calendar is not yet published have their fixed holidays only.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from salesanalytics.metrics.periods import Period
from salesanalytics.settings import Settings

YEARS_AROUND = 3
"""Years on either side of the as-of date whose holidays are known to a query; further away only weekends count."""
_SATURDAY = 5


@lru_cache(maxsize=64)
def _exceptions(country: str, year: int) -> tuple[frozenset[date], frozenset[date]]:
    """The days of a year from Monday to Friday that are off, and the Saturdays and Sundays that are worked (the weekends of some countries differ)."""
    import holidays  # only workspaces that reckon in working days pay for it

    calendar = holidays.country_holidays(country, years=year)
    days = [date(year, 1, 1) + timedelta(days=at) for at in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)]
    off = (day for day in days if day.weekday() < _SATURDAY and not calendar.is_working_day(day))
    worked = (day for day in days if day.weekday() >= _SATURDAY and calendar.is_working_day(day))
    return frozenset(off), frozenset(worked)


def is_country(country: str) -> bool:
    """Say whether the holidays of a country (ISO 3166) are known."""
    import holidays

    return country in holidays.list_supported_countries(include_aliases=False)


def is_working_day(day: date, country: str) -> bool:
    """Say whether people work on ``day``."""
    off, worked = _exceptions(country, day.year)
    return day in worked or (day.weekday() < _SATURDAY and day not in off)


def working_days(period: Period, country: str) -> int:
    """Return how many days of a period are worked."""
    return sum(is_working_day(period.start + timedelta(days=at), country) for at in range(period.days))


def elapsed_share(period: Period, as_of: date, days: str, settings: Settings) -> float:
    """Return the share (0-1) of a period gone by at the end of ``as_of``, in ``calendar`` or ``working`` days (calendar ones where none is worked)."""
    country = settings.analysis.country
    whole = working_days(period, country) if days == "working" else 0
    if not whole:
        return period.elapsed_share(as_of)
    if as_of < period.start:
        return 0.0
    return working_days(period.to_date(as_of), country) / whole


def working_day_sql(day: str, country: str, as_of: date) -> str:
    """Return a condition over a DATE expression: whether it is a working day."""
    years = range(as_of.year - YEARS_AROUND, as_of.year + YEARS_AROUND + 1)
    off, worked = (sorted(one for year in years for one in _exceptions(country, year)[which]) for which in (0, 1))
    rule = f"extract(isodow FROM {day}) < 6"
    for days, joint in ((off, "AND {day} NOT IN ({days})"), (worked, "OR {day} IN ({days})")):
        if days:
            listed = ", ".join(f"DATE '{one.isoformat()}'" for one in days)
            rule = f"({rule} {joint.format(day=day, days=listed)})"
    return rule
