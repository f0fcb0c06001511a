"""Whom a review has to look at: of a hundred thousand customers a few thousand changed, and only these need to be read. The rest is summed where it lies."""

from __future__ import annotations

from decimal import Decimal

from salesanalytics.access.view import View
from salesanalytics.insight.changes.deals import inside
from salesanalytics.insight.changes.moves import NOTHING, Cut
from salesanalytics.insight.changes.stock import Stock
from salesanalytics.insight.where import Where

_GROUPS: dict[Cut | None, str] = {
    None: "''",
    "team": "coalesce(team, '')",
    "owner": "coalesce(owner, '')",
    "month": "coalesce(strftime(expected_close_on, '%Y-%m'), '')",
    "quarter": "coalesce(year(expected_close_on) || 'Q' || quarter(expected_close_on), '')",
}
"""The value of a cut a deal counts in, as ``moves.group_of`` names it."""
_LOOKED_AT = "hash(stage, coalesce(owner, ''), coalesce(team, ''), expected_amount, expected_close_on)"
"""What a review looks at (``beside.DealLine.changed``), as one number of 64 bits."""


def changed_ids(start: View, end: View, where: Where) -> tuple[str, ...]:
    """Return the customers open within the filters at either date of whom anything a review looks at is different, and those who came and closed in
    between, in order."""
    before, after = _counted(start, where), _counted(end, where)
    moved = {customer for customer, _ in before.items() ^ after.items()}
    return tuple(sorted(moved | _closed(end, where) - _everybody(start)))


def stocks(view: View, where: Where, cut: Cut | None) -> dict[str, Stock]:
    """Return the open pipeline of a view by the values of ``cut`` that anybody in it has."""
    people, others, params = inside(where)
    sql = f"""SELECT {_GROUPS[cut]} AS name, sum(expected_amount) AS amount, count(*) AS customers,
            count(*) - count(expected_amount) AS unknown, count(expected_close_on) AS dated
        FROM leads WHERE is_open AND ({people}) AND ({others}) GROUP BY 1"""
    return {
        row["name"]: Stock(_exact(row["amount"]), row["customers"], row["unknown"], row["dated"])
        for row in view.fetch(sql, params)
    }


def _exact(amount: Decimal | None) -> Decimal:
    return NOTHING if amount is None else amount


def _counted(view: View, where: Where) -> dict[str, int]:
    people, others, params = inside(where)
    sql = f"""SELECT list(customer_id) AS ids, list({_LOOKED_AT}) AS looks
        FROM leads WHERE is_open AND ({people}) AND ({others})"""
    row = view.fetch(sql, params)[0]
    return dict(zip(row["ids"] or (), row["looks"] or (), strict=True))


def _closed(view: View, where: Where) -> set[str]:
    people, others, params = inside(where)
    sql = f"SELECT list(customer_id) AS ids FROM leads WHERE NOT is_open AND ({people}) AND ({others})"
    return set(view.fetch(sql, params)[0]["ids"] or ())


def _everybody(view: View) -> set[str]:
    return set(view.fetch("SELECT list(customer_id) AS ids FROM leads")[0]["ids"] or ())
