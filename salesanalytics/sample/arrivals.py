"""Who comes, when, from where: the leads at the moment the company first hears of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from random import Random

from salesanalytics.sample.chance import pick, skewed
from salesanalytics.sample.company import Company
from salesanalytics.sample.story import FIRST_ARRIVAL, LAST_EXPORT, Story, arrivals_weight

MEDIAN_DEAL = 500_000  # yuan


@dataclass(frozen=True)
class Arrival:
    """A lead on its first day. ``size``: what it would be worth, in yuan, before anybody has asked."""

    customer_id: str
    name: str
    first_contact_on: date
    industry: str
    region: str
    team: str
    source: str
    size: float


def arrivals(rng: Random, company: Company, story: Story, leads: int) -> list[Arrival]:
    """Return ``leads`` arrivals in the order they come."""
    days = [FIRST_ARRIVAL + timedelta(days=n) for n in range((LAST_EXPORT - FIRST_ARRIVAL).days + 1)]
    cumulated = list(accumulate(arrivals_weight(company, day) for day in days))
    cells = {
        (industry, region): market.weight
        * weight
        * (story.cluster_volume if story.in_cluster(industry, region) else 1.0)
        for industry, market in company.industries.items()
        for region, weight in company.regions.items()
    }
    names: set[str] = set()
    numbers: dict[int, int] = {}
    found = []
    for day in sorted(rng.choices(days, cum_weights=cumulated, k=leads)):
        numbers[day.year] = numbers.get(day.year, 0) + 1
        industry, region = pick(rng, cells)
        sources = {name: source.weight * story.source_volume(name, day) for name, source in company.sources.items()}
        size = skewed(rng, MEDIAN_DEAL, 0.55) * company.industries[industry].size
        found.append(
            Arrival(
                customer_id=f"CL{day.year}{numbers[day.year]:05d}",
                name=_name(rng, company, industry, names),
                first_contact_on=day,
                industry=industry,
                region=region,
                team=company.team_of_region[region],
                source=pick(rng, sources),
                size=size * (story.cluster_size if story.in_cluster(industry, region) else 1.0),
            )
        )
    return found


def _name(rng: Random, company: Company, industry: str, taken: set[str]) -> str:
    """Return an invented name nobody has yet; one in eight is masked the customary way and may repeat."""
    first, second = company.name_parts
    kind = rng.choice(company.industries[industry].kinds)
    if rng.random() < 0.12:
        return f"{rng.choice(first)}*{kind}"
    name = rng.choice(first) + rng.choice(second)
    while name + kind in taken:
        name = rng.choice(first) + rng.choice(second) + rng.choice(first)
    taken.add(name + kind)
    return name + kind
