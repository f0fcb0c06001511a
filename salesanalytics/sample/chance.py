"""Draws the simulation is made of, each from one ``random.Random``: weighted picks, skewed durations, working moments."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from random import Random
from typing import TypeVar

from salesanalytics.sample.company import Company

T = TypeVar("T")


def pick(rng: Random, weights: Mapping[T, float]) -> T:
    """Return one key, drawn in proportion to its weight."""
    left = rng.random() * sum(weights.values())
    for key, weight in weights.items():
        left -= weight
        if left < 0:
            return key
    return next(reversed(list(weights)))


def skewed(rng: Random, median: float, sigma: float) -> float:
    """Return a log-normal draw with this median, as durations and deal sizes have."""
    return median * math.exp(rng.gauss(0.0, sigma))


def with_odds(probability: float, odds: float) -> float:
    """Return the probability (0-1) after multiplying its odds."""
    return odds * probability / (odds * probability + 1.0 - probability)


def next_workday(company: Company, day: date) -> date:
    """Return ``day`` or the first working day after it."""
    while not company.is_workday(day):
        day += timedelta(days=1)
    return day


def working_moment(rng: Random, company: Company, day: date) -> datetime:
    """Return a minute between 9:00 and 17:59 on ``day`` or the first working day after it."""
    return datetime.combine(next_workday(company, day), time(9)) + timedelta(minutes=rng.randrange(540))


def into_hours(rng: Random, company: Company, moment: datetime) -> datetime:
    """Return ``moment`` if it lies in working hours, else a minute early on the next working morning."""
    if company.is_workday(moment.date()) and 9 <= moment.hour < 18:
        return moment
    day = moment.date() if moment.hour < 9 else moment.date() + timedelta(days=1)
    return datetime.combine(next_workday(company, day), time(9)) + timedelta(minutes=rng.randrange(90))


def thousands(amount: float) -> int:
    """Round an amount to whole thousands of yuan, as people estimate."""
    return max(1, round(amount / 1000)) * 1000
