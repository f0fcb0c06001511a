"""The very rows behind a number, each with the file, sheet and row it came from."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from salesanalytics.access import View
from salesanalytics.metrics.asking import check_filters, metrics_named
from salesanalytics.metrics.compile import asked_of
from salesanalytics.metrics.conditions import period_of, where
from salesanalytics.metrics.constants import constants
from salesanalytics.metrics.dimensions import DIMENSIONS, expression
from salesanalytics.metrics.metric import Aggregate, Metric
from salesanalytics.metrics.registry import metrics_of
from salesanalytics.metrics.types import Filters
from salesanalytics.metrics.windows import over_cells
from salesanalytics.settings import Settings


def rows_behind(view: View, metric: str, filters: Filters, settings: Settings) -> list[dict[str, Any]]:
    """Return the rows a metric is made of, the largest amount first.

    Each has customer_id, name, owner, team, stage, on (the date the period selects by), amount (currency), file, sheet, row, ``counted``
    (False: belongs but could not be counted, see ``left_out``) and ``hit`` (a share: in the numerator; else None). A ratio of two metrics
    opens the rows above its line. Raises UserError as ``ask`` does.
    """
    asked = metrics_named([metric], settings)[0]
    check_filters(view, filters)
    shown = _above(asked, settings)
    period = period_of(shown, (), filters, view.as_of)
    found = where(shown, period)
    if found is None:
        return []
    source = shown.source.build(asked_of((), period))
    if shown.source.folded:
        # behind a number stands the line of the user's table, with what it gives to the period
        folded = shown.source.folded.replace("{source}", source).replace("{where}", found[0])
        source = f"({folded})"
        found = ("TRUE", found[1])
    if shown.within:
        # of a count like that of core customers, those counted; of a share, all of them, and whether each was a hit
        counted = f"({shown.used}) AND ({shown.numerator}) = 1" if shown.aggregate is Aggregate.SUM else "TRUE"
        source, found = over_cells(shown, source, [], found[0]), (counted, found[1])
    sql = (
        f"SELECT DISTINCT {_columns(shown)} FROM {source} AS r WHERE {found[0]} "
        'ORDER BY amount DESC NULLS LAST, customer_id, file, sheet, "row"'
    )
    return view.fetch(sql.format(**constants(settings, view.as_of)), found[1])


def _above(asked: Metric, settings: Settings) -> Metric:
    """The metric whose rows stand for the asked one: of a ratio the one above its line, of a ratio of ratios that one's."""
    shown = asked
    while shown.ratio_of:
        shown = metrics_of(settings)[shown.ratio_of[0]]
    return replace(shown, default_period=asked.default_period) if asked.ratio_of else shown


def undated(view: View, metric: str, filters: Filters, settings: Settings) -> int:
    """Return how many rows of a metric carry no date, so that every period leaves them out: the number to show beside a period."""
    asked = metrics_named([metric], settings)[0]
    check_filters(view, filters)
    if asked.date is None or asked.ratio_of:
        return 0
    found = where(asked, Filters(filters.where), undated=True)
    if found is None:
        return 0
    sql = f"SELECT count(*) AS n FROM {asked.source.build(asked_of((), filters))} AS r WHERE {found[0]}"
    return int(view.fetch(sql.format(**constants(settings, view.as_of)), found[1])[0]["n"])


def _columns(metric: Metric) -> str:
    customer = metric.source.lead_columns or metric.source.customers
    dims = {name: expression(metric, DIMENSIONS[name]) for name in ("owner", "team")}
    if metric.source.customers:
        dims["owner"] = ("r.owner", [])
    hit = "CAST(NULL AS BOOLEAN)"
    if (metric.share or metric.within) and metric.aggregate is Aggregate.RATIO:
        hit = f"coalesce(({metric.used}) AND ({metric.numerator}) = 1, FALSE)"
    columns = {
        "customer_id": "r.customer_id" if customer else "CAST(NULL AS VARCHAR)",
        "name": "r.customer_name" if customer else "CAST(NULL AS VARCHAR)",
        **{name: found[0] if found else "CAST(NULL AS VARCHAR)" for name, found in dims.items()},
        "stage": (metric.source.dims.get("stage") or "r.stage") if customer else "CAST(NULL AS VARCHAR)",
        "on": f"CAST({metric.date} AS DATE)" if metric.date else "CAST(NULL AS DATE)",
        "amount": metric.source.amount,
        "file": "r.file",
        "sheet": "r.sheet",
        "row": 'r."row"',
        "counted": f"coalesce({metric.used}, FALSE)",
        "hit": hit,
    }
    return ", ".join(f'{sql} AS "{name}"' for name, sql in columns.items())
