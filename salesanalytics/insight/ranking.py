"""Reps by what they won in a period, beside their target of the days gone by."""

from __future__ import annotations

from dataclasses import dataclass

from salesanalytics.access.view import View
from salesanalytics.metrics.periods import Period
from salesanalytics.metrics.run import ask
from salesanalytics.metrics.types import Filters, MetricQuery
from salesanalytics.settings import Settings

Where = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Ranked:
    """One rep: won amount and number, the target prorated to today (None if there is none), and won ÷ it."""

    name: str
    won: float
    customers: int
    target: float | None
    attainment: float | None


def ranking(view: View, settings: Settings, where: Where, period: Period) -> list[Ranked]:
    """Return every rep who won something or has a target in ``period``, most won first."""
    until = period.to_date(view.as_of)
    query = MetricQuery(
        ("sales_amount", "won_customers", "target_amount"), ("owner",), Filters(where, until.start, until.end)
    )
    ranked = []
    for row in ask(view, query, settings).rows:
        name, target = row.dims["owner"], row.values["target_amount"]
        won = row.values["sales_amount"] or 0.0
        if name is None or (not won and not target):
            continue
        share = won / target if target else None
        ranked.append(Ranked(name, won, int(row.values["won_customers"] or 0), target, share))
    return sorted(ranked, key=lambda one: (-one.won, one.name))
