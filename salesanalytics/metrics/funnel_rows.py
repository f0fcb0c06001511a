"""The customers behind one number of the stage funnel, and the stays behind a dwell, each with the file, sheet and row it came from."""

from __future__ import annotations

from typing import Any

from salesanalytics.access import View
from salesanalytics.metrics.asking import check_filters
from salesanalytics.metrics.constants import constants
from salesanalytics.metrics.funnel_sql import Mode, Part, rows_query, stay_rows_query
from salesanalytics.metrics.lost_reasons import split_reasons
from salesanalytics.metrics.types import Filters
from salesanalytics.settings import Settings


def funnel_rows(
    view: View,
    settings: Settings,
    filters: Filters,
    mode: Mode,
    stage: str,
    part: Part = "customers",
    reason: str | None = None,
) -> list[dict[str, Any]]:
    """Return the customers a number of ``stage_funnel`` counts, the largest amount first.

    Each has customer_id, name, owner, team, stage (now), on (first contact), amount (won: the deal's, else expected), file, sheet, row,
    ``advanced`` (went beyond the stage) and lost_reason. ``reason`` keeps the lost who name it. One row a customer.
    Raises UserError as ``stage_funnel`` does.
    """
    check_filters(view, filters)
    sql, params = rows_query(mode, filters, stage, part, constants(settings, view.as_of))
    rows = view.fetch(sql, params)
    if reason is None:
        return rows
    return [row for row in rows if row["lost_reason"] and reason in split_reasons(str(row["lost_reason"]))]


def stay_rows(view: View, settings: Settings, filters: Filters, mode: Mode, stage: str) -> list[dict[str, Any]]:
    """Return the stays behind the dwell of a stage of ``stage_funnel``, the longest first, with the columns of ``metrics.row_query``.

    ``on``: entered the stage; ``numerator``: days stayed, until D where ``ended`` is False (still there); ``counted`` False: not measured, for the ``reason``.
    Raises UserError as ``stage_funnel`` does.
    """
    check_filters(view, filters)
    return view.fetch(*stay_rows_query(mode, filters, stage, constants(settings, view.as_of)))
