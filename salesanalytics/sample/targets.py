"""Targets, cascading from company to team to person, for 2026Q2-Q4 and their months; and what the channels cost."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from salesanalytics.sample.company import Company
from salesanalytics.sample.diary import Diary, Row
from salesanalytics.sample.story import LAST_EXPORT, Story

MONTH_SHARES = (0.31, 0.33, 0.36)
# what each quarter's sales turn out to be of its target, in the order of the teams
ATTAINMENT = {2: (1.02, 0.96, 0.94), 3: (1.06, 1.0, 0.91), 4: (0.445, 0.415, 0.335)}
ANNOUNCED = {2: date(2026, 3, 29), 3: date(2026, 6, 28), 4: date(2026, 9, 27)}
MISMATCH_REP = "吴昊"  # this one's target was not raised with the team's
MISMATCH_PERIODS = ("2026Q4", "2026-12")
MISSING = 100_000
MEAN_DEAL = 500_000
UNIT = 10_000


def targets(company: Company, lives: list[Diary]) -> list[tuple[date, Row]]:
    """Return (announced on, row): a row each period for the company, each team and each rep. Amounts in yuan, whole 万."""
    rows: list[tuple[date, Row]] = []
    for quarter, shares in ATTAINMENT.items():
        teams = {
            team: _rounded(_sold(lives, team, quarter) / share)
            for team, share in zip(company.teams, shares, strict=True)
        }
        people = {
            team: _split(amount, [rep.weight for rep in company.team_reps(team)]) for team, amount in teams.items()
        }
        plan = [("", "", sum(teams.values()))]
        for team, amount in teams.items():
            plan.append((team, "", amount))
            for rep, part in zip(company.team_reps(team), people[team], strict=True):
                plan.append((team, rep.name, part))
        rows += [(ANNOUNCED[quarter], _with_mismatch(row)) for row in _by_period(quarter, plan)]
    return rows


def _with_mismatch(row: Row) -> Row:
    if row["owner"] != MISMATCH_REP or row["period"] not in MISMATCH_PERIODS or row["target_amount"] <= 2 * MISSING:
        return row
    return row | {"target_amount": row["target_amount"] - MISSING}


def _by_period(quarter: int, plan: list[tuple[str, str, int]]) -> Iterable[Row]:
    """Split each quarter's target into months by the parts of the persons, so that months add up at every level."""
    for team, owner, amount in plan:
        yield _row(f"2026Q{quarter}", team, owner, amount)
    months = {(team, owner): _split(amount, MONTH_SHARES) for team, owner, amount in plan if owner}
    for place in range(3):
        period = f"2026-{quarter * 3 - 2 + place:02d}"
        people = {key: parts[place] for key, parts in months.items()}
        for team, owner, _ in plan:
            matching = (part for key, part in people.items() if team in ("", key[0]) and owner in ("", key[1]))
            yield _row(period, team, owner, sum(matching))


def _row(period: str, team: str, owner: str, amount: int) -> Row:
    return {
        "period": period,
        "team": team or None,
        "owner": owner or None,
        "target_amount": amount,
        "target_customers": max(1, round(amount / MEAN_DEAL)) if owner else None,
        "target_collected": amount * 9 // 10,
    }


def _sold(lives: list[Diary], team: str, quarter: int) -> int:
    return sum(
        life.row["actual_amount"]
        for life in lives
        if life.row["stage"] == "won"
        and life.arrival.team == team
        and life.row["won_on"].year == 2026
        and (life.row["won_on"].month + 2) // 3 == quarter
    )


def _rounded(amount: float) -> int:
    return max(10, round(amount / (10 * UNIT)) * 10) * UNIT


def _split(amount: int, weights: Iterable[float]) -> list[int]:
    """Split ``amount`` by weights into whole 万; the last part takes the remainder."""
    weights = list(weights)
    parts = [round(amount * weight / sum(weights) / UNIT) * UNIT for weight in weights[:-1]]
    return [*parts, amount - sum(parts)]


def channel_costs(company: Company, story: Story, scale: float) -> list[tuple[date, Row]]:
    """Return (booked on, row) for every whole month of 2026 and source; the collapsing source costs more and more. Yuan."""
    rows = []
    for month in range(1, LAST_EXPORT.month):
        booked = date(2026, month + 1, 1)
        for place, (name, source) in enumerate(company.sources.items()):
            season = 1 + 0.08 * ((month * 7 + place * 5) % 5 - 2) / 2
            rise = (
                story.collapse_cost
                if name == story.collapsed_source and date(2026, month, 28) >= story.collapse_from
                else 1.0
            )
            cost = round(source.monthly_cost * season * rise * scale / 100) * 100
            rows.append((booked, {"source": name, "period": f"2026-{month:02d}", "cost": cost}))
    return rows
