"""Receivables: of what has fallen due, what has come in, and how long the rest is overdue. One row an instalment."""

from salesanalytics.metrics.metric import Aggregate, Metric, Source
from salesanalytics.metrics.sources import CONTRACT_DIMS
from salesanalytics.metrics.types import Good, Unit

FAMILY = "collection"

_DUE = """(
    SELECT l.* EXCLUDE (customer_id, file, sheet, "row", import_id), c.*, {as_of} - c.due_on AS days_overdue,
        CASE WHEN c.collected_on IS NULL OR c.collected_on <= {as_of} THEN coalesce(c.collected_amount, 0) ELSE 0 END AS paid
    FROM contracts AS c LEFT JOIN leads AS l ON l.customer_id = c.customer_id
    WHERE c.due_on IS NOT NULL)"""
_NO_DUE_AMOUNT = {"no-due-amount": "r.due_amount IS NULL"}
_AGE = """CASE WHEN r.days_overdue > 90 THEN '>90' WHEN r.days_overdue > 60 THEN '61-90'
    WHEN r.days_overdue > 30 THEN '31-60' WHEN r.days_overdue > 0 THEN '1-30' END"""

DUE_INSTALMENTS = Source(
    "due_instalments", lambda asked: _DUE, dims=CONTRACT_DIMS, amount="r.due_amount", label="r.contract_id"
)
"""Instalments with a due date, and what has been paid on each by the as-of date."""

_OVERDUE = Source(
    "overdue_instalments",
    lambda asked: _DUE,
    dims={**CONTRACT_DIMS, "overdue_age": _AGE},
    amount="r.due_amount - r.paid",
    label="r.contract_id",
)

OF_DUE = {
    "source": DUE_INSTALMENTS,
    "date": "r.due_on",
    "belongs": "r.due_on <= {as_of}",
    "used": "r.due_amount IS NOT NULL",
    "left_out_as": _NO_DUE_AMOUNT,
    "numerator": "r.paid",
    "denominator": "r.due_amount",
    "distinct": "concat_ws('/', r.contract_id, CAST(r.due_on AS VARCHAR))",
}
"""A collection rate of what was due: the instalments due in the period and by the as-of date, whenever they were signed."""

METRICS = (
    Metric(
        "collection_due_rate",
        FAMILY,
        Unit.SHARE,
        Good.UP,
        aggregate=Aggregate.RATIO,
        sample=0,
        **OF_DUE,  # type: ignore[arg-type]
    ),
    Metric(
        "receivables_overdue",
        FAMILY,
        Unit.MONEY,
        Good.DOWN,
        _OVERDUE,
        stock=True,
        # an instalment whose due amount nobody wrote down is overdue, but by how much is not known
        belongs="r.due_on < {as_of} AND (r.due_amount > r.paid OR (r.due_amount IS NULL AND r.paid = 0))",
        used="r.due_amount IS NOT NULL",
        left_out_as=_NO_DUE_AMOUNT,
        aggregate=Aggregate.SUM,
        numerator="r.due_amount - r.paid",
    ),
)
