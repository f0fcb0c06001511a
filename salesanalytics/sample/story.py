"""What there is to find in the sample, as dates and effects. docs/sample-data.md tells it in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from salesanalytics.sample.company import Company

LAST_EXPORT = date(2026, 11, 8)
FIRST_ARRIVAL = date(2025, 8, 18)


@dataclass(frozen=True)
class Story:
    """When each chapter begins, who is in it, and how strong it is."""

    collapsed_source: str = "线上广告"
    collapse_from: date = date(2026, 8, 31)  # 2026-W36
    collapse_odds: float = 0.24
    collapse_volume: float = 1.5
    collapse_cost: float = 1.35

    sticky_from: date = date(2026, 9, 14)  # 2026-W38
    sticky_odds: float = 0.42
    sticky_dwell: float = 1.5
    sticky_reason: str = "预算不足"
    sticky_reason_share: float = 0.58

    silent_rep: str = "郑凯"
    silent_from: date = date(2026, 10, 19)

    slow_response_from: date = date(2026, 10, 19)
    slow_response: float = 1.5

    cluster_industry: str = "零售快消"
    cluster_region: str = "西北"
    cluster_size: float = 3.2
    cluster_volume: float = 2.6

    def source_odds(self, source: str, arrived: date) -> float:
        """Return the multiplier of a lead's odds at every stage that its source's collapse brings."""
        return self.collapse_odds if source == self.collapsed_source and arrived >= self.collapse_from else 1.0

    def source_volume(self, source: str, day: date) -> float:
        """Return how much more of a source's leads arrive on ``day``."""
        return self.collapse_volume if source == self.collapsed_source and day >= self.collapse_from else 1.0

    def in_cluster(self, industry: str, region: str) -> bool:
        """Say whether the cell is the one where the high-value customers sit."""
        return industry == self.cluster_industry and region == self.cluster_region

    def sticks(self, stage: str, day: date) -> bool:
        """Say whether a deal in ``stage`` on ``day`` meets the sticking stage."""
        return stage == "opportunity" and day >= self.sticky_from

    def records(self, rep: str, day: date) -> bool:
        """Say whether ``rep`` still writes follow-ups down on ``day``."""
        return rep != self.silent_rep or day < self.silent_from


STORY = Story()


def arrivals_weight(company: Company, day: date) -> float:
    """Return how many leads come on ``day`` relative to others: the company grows, weekends and holidays are thin."""
    age = (day - FIRST_ARRIVAL).days / (LAST_EXPORT - FIRST_ARRIVAL).days
    growth = 0.65 + 1.0 * age
    if day > LAST_EXPORT - timedelta(days=7):
        growth *= 1.06
    if company.is_workday(day):
        return growth
    return growth * (0.12 if day in company.holidays else 0.22)
