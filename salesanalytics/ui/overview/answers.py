"""What the Overview asks, panel by panel, remembered; the same questions can be put before anybody opens the page."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter

from salesanalytics.insight.findings import Finding, findings
from salesanalytics.insight.flags import ActingList, acting_list, flag_counts
from salesanalytics.insight.headline import Headline, headlines
from salesanalytics.insight.movers import Movers, movers
from salesanalytics.insight.pace import Pace, paces
from salesanalytics.insight.ranking import Ranked, ranking
from salesanalytics.insight.weekly_sales import WeeklySales, weekly_sales
from salesanalytics.metrics.periods import Period
from salesanalytics.metrics.types import Filters
from salesanalytics.ui.data import Desk
from salesanalytics.ui.periods import DEFAULT_PERIOD, target_bucket
from salesanalytics.ui.prepared import dates_at_hand

T = TypeVar("T")
MOST_FLAGGED, MOST_FINDINGS = 6, 3
Where = tuple[tuple[str, tuple[str, ...]], ...]
_WRITTEN_AS: dict[str, Any] = {
    "headlines": tuple[Headline, ...],
    "weekly-sales": WeeklySales,
    "pace": list[Pace],
    "pace-teams": list[Pace],
    "acting": ActingList,
    "findings": list[Finding],
    "ranking": list[Ranked],
    "movers": Movers,
    "flag-counts": dict[str, int],
}


@cache
def _written(name: str) -> TypeAdapter[Any]:
    """How an answer is written into the workspace's file."""
    return TypeAdapter(_WRITTEN_AS[name])


def _remembered(desk: Desk, name: str, where: Where, parts: tuple[object, ...], compute: Callable[[], T]) -> T:
    """An answer of the Overview; kept across starts where nothing is filtered, which is what a visit begins with."""
    kept_as: TypeAdapter[T] | None = None if where else _written(name)
    return desk.remember(name, (where, *parts), compute, kept_as)


def overview_headlines(desk: Desk, where: Where) -> tuple[Headline, ...]:
    """Return the headline figures; stocks look back at the dates that answer at once."""
    dates = dates_at_hand(desk.source, desk.settings)
    return _remembered(
        desk, "headlines", where, (dates,), lambda: headlines(desk.view, desk.settings, where, desk.view_at, dates)
    )


def sales_by_week(desk: Desk, where: Where) -> WeeklySales:
    """Return the won amounts of the last weeks."""
    return _remembered(desk, "weekly-sales", where, (), lambda: weekly_sales(desk.view, desk.settings, where))


def company_and_teams(desk: Desk, where: Where, whole: Period) -> tuple[list[Pace], list[Pace]]:
    """Return the company's pace in the bucket ``whole`` (none without a target) and the teams'."""
    company = _remembered(desk, "pace", where, (whole,), lambda: paces(desk.view, desk.settings, where, whole))
    teams = _remembered(
        desk, "pace-teams", where, (whole,), lambda: paces(desk.view, desk.settings, where, whole, "team")
    )
    return company, teams


def most_urgent(desk: Desk, where: Where) -> ActingList:
    """Return the customers that need somebody first."""
    return _remembered(
        desk,
        "acting",
        where,
        (MOST_FLAGGED,),
        lambda: acting_list(desk.view, desk.settings, Filters(where), MOST_FLAGGED),
    )


def weightiest_findings(desk: Desk, where: Where) -> list[Finding]:
    """Return the findings that weigh most."""
    return _remembered(desk, "findings", where, (), lambda: findings(desk.view, desk.settings, where, MOST_FINDINGS))


def reps_ranked(desk: Desk, where: Where, whole: Period) -> list[Ranked]:
    """Return the reps by what they won in the bucket ``whole``."""
    return _remembered(desk, "ranking", where, (whole,), lambda: ranking(desk.view, desk.settings, where, whole))


def best_and_worst(desk: Desk, where: Where, whole: Period) -> Movers:
    """Return who and what moved most in the bucket ``whole`` up to the as-of date."""
    return _remembered(desk, "movers", where, (whole,), lambda: movers(desk.view, desk.settings, where, whole))


def open_alerts(desk: Desk, where: Where) -> dict[str, int]:
    """Return how many customers each alert rule flags."""
    return _remembered(desk, "flag-counts", where, (), lambda: flag_counts(desk.view, desk.settings, Filters(where)))


def ask_everything(desk: Desk) -> None:
    """Ask what the Overview shows when nothing is filtered, so that whoever opens it next finds the answers."""
    _, whole = target_bucket(DEFAULT_PERIOD, desk.as_of)
    overview_headlines(desk, ())
    sales_by_week(desk, ())
    company_and_teams(desk, (), whole)
    most_urgent(desk, ())
    weightiest_findings(desk, ())
    reps_ranked(desk, (), whole)
    best_and_worst(desk, (), whole)
    open_alerts(desk, ())
