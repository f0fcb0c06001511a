"""The invented company, read once from ``company.toml``: teams, reps, markets and the phrases its people write."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

Phrases = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Rep:
    """A sales rep. ``skill`` multiplies the odds of moving a deal on; ``weight`` is the share of leads and of the team's target."""

    name: str
    team: str
    skill: float
    weight: float


@dataclass(frozen=True)
class Source:
    """Where leads come from: share of arrivals, multiplier of the odds at every stage, and monthly cost in yuan."""

    weight: float
    quality: float
    monthly_cost: int


@dataclass(frozen=True)
class Industry:
    """A market: share of arrivals, multiplier of deal size, and what its companies are called."""

    weight: float
    size: float
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class Company:
    """Everything about the company that does not change from one seed to the next."""

    reps: tuple[Rep, ...]
    team_of_region: Mapping[str, str]
    regions: Mapping[str, float]
    sources: Mapping[str, Source]
    industries: Mapping[str, Industry]
    lost_reasons: Mapping[str, float]
    products: Mapping[str, float]
    methods: Mapping[str, float]
    competitors: tuple[str, ...]
    contact_surnames: tuple[str, ...]
    contact_titles: tuple[str, ...]
    name_parts: tuple[str, str]
    phrases: Mapping[str, Phrases]
    notes: Phrases
    holidays: frozenset[date]

    @property
    def teams(self) -> tuple[str, ...]:
        """Team names, in order."""
        return tuple(dict.fromkeys(rep.team for rep in self.reps))

    def team_reps(self, team: str) -> tuple[Rep, ...]:
        """Return the reps of one team."""
        return tuple(rep for rep in self.reps if rep.team == team)

    def is_workday(self, day: date) -> bool:
        """Say whether the company works on ``day`` (no weekends, no public holidays)."""
        return day.weekday() < 5 and day not in self.holidays


@cache
def the_company() -> Company:
    """Return the company described in ``company.toml``."""
    text = (Path(__file__).parent / "company.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    teams = data["team"]
    return Company(
        reps=tuple(
            Rep(rep["name"], team["name"], rep["skill"], rep["weight"]) for team in teams for rep in team["reps"]
        ),
        team_of_region={region: team["name"] for team in teams for region in team["regions"]},
        regions=data["regions"],
        sources={name: Source(**values) for name, values in data["sources"].items()},
        industries={
            name: Industry(values["weight"], values["size"], tuple(values["kinds"]))
            for name, values in data["industries"].items()
        },
        lost_reasons=data["lost_reasons"],
        products=data["products"],
        methods=data["methods"],
        competitors=tuple(data["competitors"]),
        contact_surnames=tuple(data["contact_surnames"]),
        contact_titles=tuple(data["contact_titles"]),
        name_parts=(data["names"]["first"], data["names"]["second"]),
        phrases=data["phrases"],
        notes=data["notes"],
        holidays=frozenset(day for span in data["holidays"] for day in _days(span)),
    )


def _days(span: str) -> list[date]:
    first, last = (date.fromisoformat(end) for end in span.split("/"))
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
