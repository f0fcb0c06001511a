"""Rows of removed stages count where the stage model sent them: told anew in each state, so that the rows stay as they were loaded."""

from __future__ import annotations

from collections.abc import Sequence

from salesanalytics.tables import CONVERSION, FUNNEL

Moved = Sequence[tuple[str, str]]

_STAGED = {
    "_found": ("stage", "lost_from_stage"),
    "_leads": ("stage", "lost_from_stage"),
    "_log": ("stage_after",),
    "followups": ("stage_after",),
    "_import_runs": ("stage",),
    CONVERSION.name: ("stage",),
    FUNNEL.name: ("stage",),
}
"""The tables of a state that read stages from rows, and in which columns."""

_ONE_RUN = "QUALIFY lag({now}) OVER (PARTITION BY customer_id ORDER BY rank) IS DISTINCT FROM {now}"
_OWN_ROW_FIRST = "QUALIFY row_number() OVER (PARTITION BY coalesce(period, as_of::VARCHAR), {now} ORDER BY (told.stage = {now}) DESC) = 1"
_KEPT = {"_import_runs": _ONE_RUN, CONVERSION.name: _OWN_ROW_FIRST, FUNNEL.name: _OWN_ROW_FIRST}
"""What two stages that became one leave double: two runs of one stage, two uploaded lines of one period."""


def with_moved(name: str, sql: str, moved: Moved) -> str:
    """Return the SELECT of table ``name`` with removed stages replaced by where their customers count; unchanged if none were removed.

    The ids are the stage model's own (letters, digits, _), so they may stand in the SQL.
    """
    columns = _STAGED.get(name, ())
    if not moved or not columns:
        return sql
    replaced = ", ".join(f"{_now(column, moved)} AS {column}" for column in columns)
    kept = _KEPT.get(name, "").format(now=_now("stage", moved))
    return f"SELECT * REPLACE ({replaced}) FROM ({sql}) AS told {kept}"


def _now(column: str, moved: Moved) -> str:
    cases = " ".join(f"WHEN '{gone}' THEN '{now}'" for gone, now in moved)
    return f"CASE told.{column} {cases} ELSE told.{column} END"
