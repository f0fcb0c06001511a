"""Won amounts of the last ISO weeks beside their targets and last year's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from salesanalytics.access.view import View
from salesanalytics.metrics.periods import bucket, label
from salesanalytics.metrics.run import ask
from salesanalytics.metrics.types import Filters, MetricQuery
from salesanalytics.settings import Settings

Where = tuple[tuple[str, tuple[str, ...]], ...]
WEEKS = 12
_YEAR = timedelta(weeks=52)


@dataclass(frozen=True)
class WeeklySales:
    """Weeks oldest first: their Mondays, won amounts, targets (None = no target) and last year's amounts. ``days``: days of the last week gone.
    ``unvalued``: deals won in these weeks without any amount, which the won amounts leave out.
    """

    mondays: tuple[date, ...]
    won: tuple[float, ...]
    target: tuple[float | None, ...]
    past: tuple[float | None, ...]
    days: int
    unvalued: int = 0

    @property
    def whole(self) -> int:
        """How many of the weeks are complete."""
        return len(self.mondays) if self.days == 7 else len(self.mondays) - 1


def weekly_sales(view: View, settings: Settings, where: Where, weeks: int = WEEKS) -> WeeklySales:
    """Return the last ``weeks`` ISO weeks up to the as-of date. Last year's are those 52 weeks earlier, None where nothing was won then at all."""
    last = bucket(view.as_of, "week")
    mondays = tuple(last.start - timedelta(weeks=back) for back in range(weeks - 1, -1, -1))

    unvalued: list[int] = []

    def by_week(metric: str, back: timedelta = timedelta(0)) -> dict[date, float | None]:
        filters = Filters(where, mondays[0] - back, last.end - back)
        rows = ask(view, MetricQuery((metric,), ("week",), filters), settings).rows
        if metric == "sales_amount" and not back:
            unvalued.extend(row.left_out.get(metric, 0) for row in rows)
        found = {row.dims["week"]: row.values[metric] for row in rows}
        return {monday: found.get(label(monday - back, "week")) for monday in mondays}

    won, target, past = by_week("sales_amount"), by_week("target_amount"), by_week("sales_amount", _YEAR)
    return WeeklySales(
        mondays,
        tuple(won[monday] or 0.0 for monday in mondays),
        tuple(target[monday] for monday in mondays),
        _from_the_first_sale([past[monday] for monday in mondays]),
        (view.as_of - last.start).days + 1,
        sum(unvalued),
    )


def _from_the_first_sale(amounts: Sequence[float | None]) -> tuple[float | None, ...]:
    """Return the amounts, weeks without sales as zero; those before the first sale stay unknown: perhaps nobody kept records yet."""
    first = next((place for place, amount in enumerate(amounts) if amount), len(amounts))
    return tuple(None if place < first else amount or 0.0 for place, amount in enumerate(amounts))


def streak(won: Sequence[float], target: Sequence[float | None]) -> int:
    """Return for how many of the newest weeks the target was met (positive) or missed (negative) without a break; 0 without a target."""
    length = 0
    for amount, aim in zip(reversed(won), reversed(target), strict=True):
        if not aim:
            break
        sign = 1 if amount >= aim else -1
        if length * sign < 0:
            break
        length += sign
    return length
