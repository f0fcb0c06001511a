"""What the Overview asks, panel by panel, remembered; the same questions can be put before anybody opens the page."""

from __future__ import annotations

from salesanalytics.insight.findings import Finding, findings
from salesanalytics.insight.flags import ActingList, acting_list
from salesanalytics.insight.headline import Headline, headlines
from salesanalytics.insight.pace import Pace, paces
from salesanalytics.insight.ranking import Ranked, ranking
from salesanalytics.insight.weekly_sales import WeeklySales, weekly_sales
from salesanalytics.metrics.periods import Period
from salesanalytics.metrics.types import Filters
from salesanalytics.ui.data import Desk
from salesanalytics.ui.periods import DEFAULT_PERIOD, target_bucket
from salesanalytics.ui.prepared import dates_at_hand

MOST_FLAGGED, MOST_FINDINGS = 6, 3
Where = tuple[tuple[str, tuple[str, ...]], ...]


def overview_headlines(desk: Desk, where: Where) -> tuple[Headline, ...]:
    """Return the headline figures; stocks look back at the dates that answer at once."""
    dates = dates_at_hand(desk.source, desk.settings)
    return desk.remember(
        "headlines", (where, dates), lambda: headlines(desk.view, desk.settings, where, desk.view_at, dates)
    )


def sales_by_week(desk: Desk, where: Where) -> WeeklySales:
    """Return the won amounts of the last weeks."""
    return desk.remember("weekly-sales", (where,), lambda: weekly_sales(desk.view, desk.settings, where))


def company_and_teams(desk: Desk, where: Where, whole: Period) -> tuple[list[Pace], list[Pace]]:
    """Return the company's pace in the bucket ``whole`` (none without a target) and the teams'."""
    company = desk.remember("pace", (where, whole), lambda: paces(desk.view, desk.settings, where, whole))
    teams = desk.remember("pace-teams", (where, whole), lambda: paces(desk.view, desk.settings, where, whole, "team"))
    return company, teams


def most_urgent(desk: Desk, where: Where) -> ActingList:
    """Return the customers that need somebody first."""
    parts = (where, MOST_FLAGGED)
    return desk.remember("acting", parts, lambda: acting_list(desk.view, desk.settings, Filters(where), MOST_FLAGGED))


def weightiest_findings(desk: Desk, where: Where) -> list[Finding]:
    """Return the findings that weigh most."""
    return desk.remember("findings", (where,), lambda: findings(desk.view, desk.settings, where, MOST_FINDINGS))


def reps_ranked(desk: Desk, where: Where, whole: Period) -> list[Ranked]:
    """Return the reps by what they won in the bucket ``whole``."""
    return desk.remember("ranking", (where, whole), lambda: ranking(desk.view, desk.settings, where, whole))


def ask_everything(desk: Desk) -> None:
    """Ask what the Overview shows when nothing is filtered, so that whoever opens it next finds the answers."""
    _, whole = target_bucket(DEFAULT_PERIOD, desk.as_of)
    overview_headlines(desk, ())
    sales_by_week(desk, ())
    company_and_teams(desk, (), whole)
    most_urgent(desk, ())
    weightiest_findings(desk, ())
    reps_ranked(desk, (), whole)
