"""What each customer gives to a number: above and below its line, part by part. Two of these tell whose rows make a difference."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from salesanalytics.access.view import View
from salesanalytics.errors import UserError
from salesanalytics.metrics.asking import check_filters
from salesanalytics.metrics.parts import parts_of
from salesanalytics.metrics.registry import metrics_of
from salesanalytics.metrics.row_query import row_query
from salesanalytics.metrics.types import Filters
from salesanalytics.settings import Settings


@dataclass(frozen=True)
class Given:
    """What the counted rows of one customer (or of one line that is nobody's) give to a part of a number: ``above`` and ``below`` the line, in ``rows`` rows.

    ``below`` is None where the part has no line of its own; of a median ``above`` is the measured value.
    """

    rows: int
    above: float | None
    below: float | None


Gives = Mapping[tuple[str, str], Given]
"""(part, customer) → what they give. Of lines that are nobody's the "customer" is "" and the part's place has their label behind a colon."""


def gives(view: View, metric: str, filters: Filters, settings: Settings) -> Gives:
    """Return what everybody gives to ``metric`` within ``filters``; nothing where the metric or a dimension was not there."""
    declared = metrics_of(settings).get(metric)
    if declared is None:
        return {}
    try:
        check_filters(view, filters)
    except UserError:
        return {}
    found: dict[tuple[str, str], Given] = {}
    for part in parts_of(declared, settings):
        query = row_query(part.metric, filters, settings, view.as_of)
        if query is None:
            continue
        # the rows of one customer in a fixed order, so that sums of fractions do not differ by it
        sql = f"""SELECT customer_id, CASE WHEN customer_id IS NULL THEN label END AS label, count(*) AS n,
            sum(numerator ORDER BY numerator) AS above, sum(denominator ORDER BY denominator) AS below
            FROM ({query[0]}) AS behind WHERE counted GROUP BY ALL"""
        for row in view.fetch(sql, query[1]):
            side = part.side if row["label"] is None else f"{part.side}:{row['label']}"
            found[side, row["customer_id"] or ""] = Given(row["n"], row["above"], row["below"])
    return found


def differing(before: Gives, after: Gives) -> list[tuple[str, str]]:
    """Return whose contributions differ, by part and customer."""
    return sorted(one for one in before.keys() | after.keys() if not _same(before.get(one), after.get(one)))


def _same(before: Given | None, after: Given | None) -> bool:
    if before is None or after is None:
        return before is after
    return before.rows == after.rows and _close(before.above, after.above) and _close(before.below, after.below)


def _close(before: float | None, after: float | None) -> bool:
    if before is None or after is None:
        return before is after
    return abs(before - after) <= 1e-9 * max(1.0, abs(before), abs(after))
