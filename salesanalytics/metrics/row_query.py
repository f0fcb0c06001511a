"""The query of the rows behind a plain metric: who, when, how much, what each gives to the number, why some give nothing, and the Excel row."""

from __future__ import annotations

from datetime import date

from salesanalytics.metrics.compile import asked_of
from salesanalytics.metrics.conditions import Fragment, period_of, where
from salesanalytics.metrics.constants import constants
from salesanalytics.metrics.dimensions import DIMENSIONS, expression
from salesanalytics.metrics.metric import Aggregate, Metric
from salesanalytics.metrics.types import Filters
from salesanalytics.metrics.windows import over_cells
from salesanalytics.settings import Settings

NO_REASON = "other"
"""Why a row is left out where the declaration does not say (``number.reason_other``)."""
_TEXT = "CAST(NULL AS VARCHAR)"


def row_query(metric: Metric, filters: Filters, settings: Settings, as_of: date) -> Fragment | None:
    """Return the query of a plain metric's rows, in no order, and its bound values; None where it has not got a dimension that is filtered by.

    Columns: customer_id, name, label, owner, team, stage, on, amount, numerator and denominator (what the row gives above and below the line; of a count 1, of a
    median the measured value), hit, ended (a stay is over), counted, reason (why not), counted_as (what n counts once), file, sheet, row.
    """
    period = period_of(metric, (), filters, as_of)
    found = where(metric, period)
    if found is None:
        return None
    source, condition = metric.source.build(asked_of((), period)), found[0]
    if metric.source.folded:
        # behind a number stands the line of the user's table, with what it gives to the period
        source = f"({metric.source.folded.replace('{source}', source).replace('{where}', condition)})"
        condition = "TRUE"
    if metric.within:
        source, condition = over_cells(metric, source, [], condition), "TRUE"
    # what is counted once (a customer asked by two of their reasons) is one row
    once = "DISTINCT " if metric.aggregate is Aggregate.COUNT and metric.distinct else ""
    sql = f"SELECT {once}{_columns(metric)} FROM {source} AS r WHERE {condition}"
    return sql.format(**constants(settings, as_of)), found[1]


def _columns(metric: Metric) -> str:
    columns = {**_who(metric), **_gives(metric), "file": "r.file", "sheet": "r.sheet", "row": 'r."row"'}
    return ", ".join(f'{sql} AS "{name}"' for name, sql in columns.items())


def _who(metric: Metric) -> dict[str, str]:
    source = metric.source
    customer = source.lead_columns or source.customers
    dims = {name: expression(metric, DIMENSIONS[name]) for name in ("owner", "team")}
    if source.customers:
        dims["owner"] = ("r.owner", [])
    return {
        "customer_id": "r.customer_id" if customer else _TEXT,
        "name": "r.customer_name" if customer else _TEXT,
        "label": f"CAST({source.label} AS VARCHAR)" if source.label else _TEXT,
        **{name: found[0] if found else _TEXT for name, found in dims.items()},
        "stage": source.dims.get("stage") or ("r.stage" if customer else _TEXT),
        "on": f"CAST({metric.date} AS DATE)" if metric.date else "CAST(NULL AS DATE)",
        "amount": source.amount,
    }


def _gives(metric: Metric) -> dict[str, str]:
    def where_used(sql: str, kind: str) -> str:
        return f"CAST(CASE WHEN {metric.used} THEN {sql} END AS {kind})"

    ratio, survival = metric.aggregate is Aggregate.RATIO, metric.aggregate is Aggregate.SURVIVAL
    hit = "CAST(NULL AS BOOLEAN)"
    if (metric.share and ratio) or metric.within:
        hit = f"coalesce(({metric.used}) AND ({metric.numerator}) = 1, FALSE)"
    return {
        # a formula is of sums and says nothing of one row; its factors do
        "numerator": where_used("NULL" if metric.aggregate is Aggregate.FORMULA else metric.numerator, "DOUBLE"),
        "denominator": where_used(metric.denominator if ratio else "NULL", "DOUBLE"),
        "hit": hit,
        "ended": where_used(metric.ended if survival else "NULL", "BOOLEAN"),
        "counted": f"coalesce({metric.used}, FALSE)",
        "reason": _reason(metric),
        "counted_as": where_used(metric.distinct or "NULL", "VARCHAR"),
    }


def _reason(metric: Metric) -> str:
    if metric.used == "TRUE":
        return _TEXT
    known = "".join(f" WHEN {condition} THEN '{kind}'" for kind, condition in metric.left_out_as.items())
    return f"CASE WHEN {metric.used} THEN NULL{known} ELSE '{NO_REASON}' END"
