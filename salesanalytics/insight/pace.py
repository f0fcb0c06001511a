"""Pace: attainment of a period's target against the share of the period that has gone by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from salesanalytics.access.view import View
from salesanalytics.metrics.periods import Period
from salesanalytics.metrics.registry import metrics_of
from salesanalytics.metrics.run import ask
from salesanalytics.metrics.types import Filters, MetricQuery
from salesanalytics.metrics.working_days import elapsed_share
from salesanalytics.settings import Settings

Standing = Literal["on-track", "behind", "at-risk"]
Where = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Pace:
    """How one team, person or the whole company (``name`` None) stands. Money in currency units, shares 0-1.

    ``pro_rata``: won ÷ the target prorated to today; on track ≥ 99 % of it, behind 81-99 %, at risk below (settings).
    """

    name: str | None
    won: float
    target: float
    attainment: float
    due: float
    standing: Standing

    @property
    def ahead(self) -> float:
        """Attainment minus the elapsed share: points ahead (+) or behind (−)."""
        return self.attainment - self.due

    @property
    def gap(self) -> float:
        """What is missing to the target of today; negative when ahead."""
        return self.target * self.due - self.won


def judge(won: float, target: float, due: float, settings: Settings) -> Standing:
    """Return the standing of ``won`` against the prorated target."""
    pro_rata = won / (target * due) if target * due else 1.0
    if pro_rata >= settings.metrics.pace_on_track:
        return "on-track"
    return "behind" if pro_rata >= settings.metrics.pace_at_risk else "at-risk"


def paces(view: View, settings: Settings, where: Where, period: Period, by: str | None = None) -> list[Pace]:
    """Return the pace of the company (``by`` None), or of each ``team`` or ``owner`` that has a target, best first."""
    due = elapsed_share(period, view.as_of, metrics_of(settings)["pace"].elapsed_in, settings)
    filters = Filters(where, period.start, period.end)
    query = MetricQuery(("sales_amount", "target_amount"), (by,) if by else (), filters)
    found = []
    for row in ask(view, query, settings).rows:
        won, target = row.values["sales_amount"] or 0.0, row.values["target_amount"]
        name = row.dims.get(by) if by else None
        if not target or (by and name is None):
            continue
        found.append(Pace(name, won, target, won / target, due, judge(won, target, due, settings)))
    return sorted(found, key=lambda pace: -pace.attainment)
