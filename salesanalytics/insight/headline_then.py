"""The headline figures as another date knew them: the same metrics over the windows seen from there, values only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from salesanalytics.access.view import View
from salesanalytics.insight.compared import Then
from salesanalytics.insight.headline import Headline, Where
from salesanalytics.metrics.periods import Period, bucket
from salesanalytics.metrics.run import ask
from salesanalytics.metrics.types import Filters, MetricQuery
from salesanalytics.settings import Settings


def headlines_then(
    view: View, settings: Settings, where: Where, found: Sequence[tuple[str, str]]
) -> dict[str, tuple[Then, Period | None]]:
    """Return what each headline (metric, window) was as of ``view``, and the days it was of: the week, quarter or last days up to there.

    None for what stands at the date. A week or quarter still running counts as far as it had gone.
    """
    told: dict[str, tuple[Then, Period | None]] = {}
    for metric, window in found:
        days = _days(window, view, settings)
        filters = Filters(where, days.start if days else None, days.end if days else None)
        row = ask(view, MetricQuery((metric,), (), filters), settings).total
        told[metric] = (
            Then(row.values[metric], row.n[metric], row.k.get(metric)),
            days.to_date(view.as_of) if days else None,
        )
    return told


def windows_of(found: Sequence[Headline]) -> tuple[tuple[str, str], ...]:
    """Return what ``headlines_then`` is asked for beside these figures."""
    return tuple((one.metric, one.window) for one in found)


def _days(window: str, view: View, settings: Settings) -> Period | None:
    if window in ("week", "quarter"):
        return bucket(view.as_of, window)
    if window == "rolling":
        return Period(view.as_of - timedelta(days=settings.metrics.closed_win_rate_days - 1), view.as_of)
    return None
