"""One deal everybody in the company knows: the largest quote in the cluster, pushed once and not called for weeks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from random import Random

from salesanalytics.sample.arrivals import Arrival
from salesanalytics.sample.company import Company
from salesanalytics.sample.diary import Diary
from salesanalytics.sample.story import Story

ARRIVED = date(2026, 8, 12)
NAME = "云帆零售集团"
OWNER = "刘洋"
AMOUNT = 4_500_000


def hero_place(leads: list[Arrival]) -> int:
    """Return the index of the arrival whose day is nearest to the hero's; it becomes the hero."""
    return min(range(len(leads)), key=lambda place: abs((leads[place].first_contact_on - ARRIVED).days))


def hero_life(rng: Random, company: Company, story: Story, arrival: Arrival) -> Diary:
    """Return the scripted life of ``arrival`` turned into the hero."""
    region = story.cluster_region
    lead = replace(
        arrival,
        name=NAME,
        industry=story.cluster_industry,
        region=region,
        team=company.team_of_region[region],
        source="转介绍",
        size=float(AMOUNT),
        first_contact_on=ARRIVED,
    )
    diary = Diary(rng, company, story, lead)
    diary.entries.append((ARRIVED, "lead"))
    diary.change(
        _at(8, 12, 9),
        customer_id=lead.customer_id,
        customer_name=NAME,
        industry=lead.industry,
        source=lead.source,
        first_contact_on=ARRIVED,
        stage="lead",
        owner=OWNER,
        region=region,
        team=lead.team,
        origin_kind="转介绍",
        product_line="定制开发",
        assigned_at=_at(8, 12, 10),
    )
    diary.follow_up(_at(8, 12, 15), "lead", stage_after="lead")
    close = date(2026, 10, 16)
    diary.move(_at(8, 19, 10), "prospect", grade="A", expected_amount=3_800_000, expected_close_on=close)
    diary.follow_up(_at(8, 26, 14), "prospect", stage_after="prospect")
    diary.move(_at(9, 2, 11), "opportunity", proposal_due_on=date(2026, 9, 16), expected_amount=AMOUNT)
    diary.follow_up(_at(9, 9, 16), "opportunity", stage_after="opportunity", notes="决策人已拜访")
    diary.move(_at(9, 17, 15), "quote", proposal_submitted_on=date(2026, 9, 15))
    diary.follow_up(_at(9, 24, 10), "quote", stage_after="quote", next_on=date(2026, 9, 30))
    diary.follow_up(_at(9, 30, 17), "quote", stage_after="quote", expected_close_on=date(2026, 10, 30))
    return diary


def _at(month: int, day: int, hour: int) -> datetime:
    return datetime.combine(date(2026, month, day), time(hour, 20))
