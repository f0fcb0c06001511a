"""A Kaplan-Meier median cut by dimensions: the stays are counted by length in SQL, the estimate is made of the counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from salesanalytics.access import View
from salesanalytics.metrics.compile import asked_of
from salesanalytics.metrics.conditions import Fragment, period_of, where
from salesanalytics.metrics.constants import constants
from salesanalytics.metrics.dimensions import Dimension, expression
from salesanalytics.metrics.metric import Metric
from salesanalytics.metrics.survival import Stay, kaplan_meier_median
from salesanalytics.metrics.types import Filters
from salesanalytics.settings import Settings

Values = tuple[Any, ...]
"""A row's dimension values, as the database gives them."""
SurvivalFigures = dict[str, float | None]
"""v the median (days), k the stays that ended, n the stays counted, x those left out, u 0."""


def survival_query(
    metric: Metric, by: Sequence[Dimension], filters: Filters, settings: Settings, as_of: date
) -> Fragment | None:
    """Return the query that counts a survival metric's stays by dimension values, days and whether they ended; None where it has not got a dimension."""
    period = period_of(metric, by, filters, as_of)
    cuts = [found for cut in by if (found := expression(metric, cut)) is not None]
    limits = where(metric, period)
    if limits is None or len(cuts) < len(by):
        return None
    columns = [f"{sql} AS d{i}" for i, (sql, _) in enumerate(cuts)]
    columns += [
        f"CASE WHEN {metric.used} THEN {metric.numerator} END AS days",
        f"CASE WHEN {metric.used} THEN {metric.ended} END AS ended",
    ]
    places = ", ".join(str(i + 1) for i in range(len(columns)))
    source = metric.source.build(asked_of(by, period))
    sql = f"SELECT {', '.join(columns)}, count(*) AS stays FROM {source} AS r WHERE {limits[0]} GROUP BY {places}"
    params = [*(value for _, bound in cuts for value in bound), *limits[1]]
    return sql.format(**constants(settings, as_of)), params


def survival_rows(
    view: View, metric: Metric, by: Sequence[Dimension], filters: Filters, settings: Settings
) -> dict[Values, SurvivalFigures] | None:
    """Return a survival metric's figures by dimension values; None where it has not got a dimension that is asked."""
    query = survival_query(metric, by, filters, settings, view.as_of)
    if query is None:
        return None
    counted = defaultdict[Values, list[Stay]](list)
    left_out = defaultdict[Values, int](int)
    for row in view.fetch(*query):
        values = tuple(row[f"d{i}"] for i in range(len(by)))
        if row["days"] is None:
            left_out[values] += row["stays"]
        else:
            counted[values].append(Stay(int(row["days"]), bool(row["ended"]), int(row["stays"])))
    places = {*counted, *left_out} if by else {()}
    return {values: _figures(counted[values], left_out[values]) for values in places}


def _figures(stays: Sequence[Stay], left_out: int) -> SurvivalFigures:
    ended = sum(stay.customers for stay in stays if stay.left)
    n = sum(stay.customers for stay in stays)
    return {"v": kaplan_meier_median(stays), "k": float(ended), "n": float(n), "x": float(left_out), "u": 0.0}
