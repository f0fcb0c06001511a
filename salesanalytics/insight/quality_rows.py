"""The customers behind a figure of completeness: who has a cell filled, who lacks which, each with the row it came from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from salesanalytics.access.view import View
from salesanalytics.insight.quality import applies, filled, lacking
from salesanalytics.insight.where import Where, lead_condition

_WHO = """customer_id, customer_name AS name, nullif(owner, '') AS owner, team, stage, first_contact_on AS "on",
    CASE WHEN is_won THEN deal_amount ELSE expected_amount END AS amount, file, sheet, "row" """


def column_rows(view: View, column: str, where: Where = (), *, lacking_only: bool = False) -> list[dict[str, Any]]:
    """Return the customers a column is about (``lacking_only``: those without it), those without it first. ``hit``: whether it is filled.

    Keys: customer_id, name, owner, team, stage, on (first contact), amount, file, sheet, row, and as ``metrics.row_query`` hit and counted.
    """
    condition, params = lead_condition(where)
    kept = lacking(column) if lacking_only else applies(column)
    return view.fetch(
        f"""SELECT {_WHO}, ({filled(column)}) AS hit, TRUE AS counted FROM leads WHERE ({kept}) AND {condition}
        ORDER BY hit, amount DESC NULLS LAST, customer_id""",
        params,
    )


def lacking_rows(
    view: View, columns: Sequence[str], where: Where = (), owner: str | None = None
) -> list[dict[str, Any]]:
    """Return the customers who lack any of ``columns``, of everyone or of one ``owner`` ("" = the pool), those who lack most first.

    Keys as ``column_rows`` without hit; ``lacks``: the names of the columns, as a list.
    """
    if not columns:
        return []
    condition, params = lead_condition(where)
    whose = "TRUE" if owner is None else "coalesce(owner, '') = ?"
    lacks = ", ".join(f"CASE WHEN {lacking(name)} THEN '{name}' END" for name in columns)
    return view.fetch(
        f"""SELECT * FROM (SELECT {_WHO}, list_filter([{lacks}], lambda name: name IS NOT NULL) AS lacks FROM leads WHERE {condition} AND {whose})
        WHERE len(lacks) > 0 ORDER BY len(lacks) DESC, amount DESC NULLS LAST, customer_id""",
        [*params, *([] if owner is None else [owner])],
    )
