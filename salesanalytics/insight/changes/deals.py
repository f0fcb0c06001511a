"""Each customer as one date knows them: the rows a bridge is made from, read through a view and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from salesanalytics.access.view import View
from salesanalytics.errors import UserError
from salesanalytics.insight.where import Where, lead_condition
from salesanalytics.metrics.asking import check_filters
from salesanalytics.metrics.dimensions import dimension
from salesanalytics.metrics.types import Filters

Status = Literal["open", "won", "lost"]
PEOPLE = ("owner", "team")
"""The dimensions whose change hands a deal over; a change of any other one re-classifies it."""


@dataclass(frozen=True)
class Deal:
    """One customer at one date.

    ``amount``: the expected amount, ``actual`` what a won one was worth (both in currency, exact; None = unknown). ``inside``: passes the filters;
    ``inside_people``: passes those on owner and team.
    """

    customer_id: str
    name: str
    status: Status
    stage: str
    stage_order: int | None
    owner: str
    team: str
    amount: Decimal | None
    actual: Decimal | None
    expected_close_on: date | None
    lost_reason: str | None
    lost_from_stage: str | None
    inside: bool
    inside_people: bool
    file: str | None
    sheet: str | None
    row: int | None

    @property
    def counted(self) -> bool:
        """Whether it is part of the open pipeline asked for."""
        return self.inside and self.status == "open"


@dataclass(frozen=True)
class Side:
    """One end of a bridge. ``deals`` and ``missing`` (last known expected amount) by customer; ``as_of`` the date; ``reconstructed`` as in the view."""

    as_of: date
    reconstructed: bool
    deals: Mapping[str, Deal]
    missing: Mapping[str, Decimal | None]


_COLUMNS = """customer_id, customer_name, stage, stage_order, is_won, is_lost, coalesce(owner, '') AS owner, coalesce(team, '') AS team,
    expected_amount, deal_amount, expected_close_on, lost_reason, lost_from_stage, file, sheet, "row" """


def checked(start: View, end: View, where: Where) -> Where:
    """Return the filters a stock knows (none by time). Raises UserError for a dimension that neither date has: a column may have come or gone."""
    try:
        check_filters(end, Filters(where))
    except UserError:
        check_filters(start, Filters(where))
    return tuple(one for one in where if not dimension(one[0]).time)


def inside(where: Where) -> tuple[str, str, list[Any]]:
    """Return the conditions of the filters (``checked``) on people and on all else, and their bound values in that order."""
    people, people_params = lead_condition(tuple(one for one in where if one[0] in PEOPLE))
    others, other_params = lead_condition(tuple(one for one in where if one[0] not in PEOPLE))
    return people, others, [*people_params, *other_params]


def read_side(view: View, where: Where, ids: Sequence[str] | None = None) -> Side:
    """Return everybody a view knows, or those of ``ids`` alone, with whether the filters (``checked``) let them through."""
    people, others, params = inside(where)
    sql = f"SELECT {_COLUMNS}, ({people}) AS inside_people, ({others}) AS inside_others FROM leads {_among(ids)}"
    deals = {row["customer_id"]: _deal(row) for row in view.fetch(sql, [*params, *_listed(ids)])}
    gone = view.fetch(f"SELECT customer_id, expected_amount FROM missing_leads {_among(ids)}", _listed(ids))
    return Side(view.as_of, view.reconstructed, deals, {row["customer_id"]: row["expected_amount"] for row in gone})


def _among(ids: Sequence[str] | None) -> str:
    return "" if ids is None else "WHERE customer_id IN (SELECT unnest(CAST(? AS VARCHAR[])))"


def _listed(ids: Sequence[str] | None) -> list[Any]:
    return [] if ids is None else [list(ids)]


def _deal(row: Mapping[str, Any]) -> Deal:
    status: Status = "won" if row["is_won"] else "lost" if row["is_lost"] else "open"
    people = bool(row["inside_people"])
    return Deal(
        customer_id=row["customer_id"],
        name=row["customer_name"] or row["customer_id"],
        status=status,
        stage=row["stage"],
        stage_order=row["stage_order"],
        owner=row["owner"],
        team=row["team"],
        amount=row["expected_amount"],
        actual=row["deal_amount"],
        expected_close_on=row["expected_close_on"],
        lost_reason=row["lost_reason"],
        lost_from_stage=row["lost_from_stage"],
        inside=people and bool(row["inside_others"]),
        inside_people=people,
        file=row["file"],
        sheet=row["sheet"],
        row=row["row"],
    )


def first_seen(view: View, ids: Sequence[str] | None = None) -> dict[str, date]:
    """Return the first import (its as-of date) that held each customer, or each of ``ids``; nobody before the first import."""
    sql = f"SELECT customer_id, min(as_of) AS seen_on FROM lead_sightings {_among(ids)} GROUP BY customer_id"
    return {row["customer_id"]: row["seen_on"] for row in view.fetch(sql, _listed(ids))}
