"""When a customer is flagged, as conditions over the rows of the ``risks`` source: shared by the risk metrics and the flagged lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

_SILENCE = "({as_of} - r.contacted_on)"
_UNASSIGNED = "coalesce(r.owner, '') = ''"


@dataclass(frozen=True)
class FlagRule:
    """One kind of flag: for whom (the rep or the manager), when (SQL over ``r``), and the days or amount it is measured by."""

    kind: str
    level: Literal["rep", "manager"]
    condition: str
    measure: str


FLAG_RULES: tuple[FlagRule, ...] = (
    # one ladder of silence: only the highest rung speaks; nobody's customers go to the manager at once
    FlagRule(
        "lead-untouched",
        "rep",
        f"r.is_open AND r.stage_order = 1 AND NOT ({_UNASSIGNED}) AND {_SILENCE} > {{rep_days}}"
        f" AND {_SILENCE} <= {{manager_days}} AND {_SILENCE} < {{silent_days}}",
        _SILENCE,
    ),
    FlagRule(
        "lead-untouched-manager",
        "manager",
        f"r.is_open AND r.stage_order = 1 AND {_SILENCE} < {{silent_days}}"
        f" AND ({_SILENCE} > {{manager_days}} OR ({_UNASSIGNED} AND {_SILENCE} > {{rep_days}}))",
        _SILENCE,
    ),
    FlagRule("silent", "manager", f"(r.is_open OR r.is_won) AND {_SILENCE} >= {{silent_days}}", _SILENCE),
    FlagRule(
        "stage-stuck",
        "rep",
        "r.is_open AND r.stage_order = {stuck_order} AND {as_of} - r.stage_entered_on > {stuck_days}",
        "({as_of} - r.stage_entered_on)",
    ),
    # without an expected amount a deal is not low: it is unknown
    FlagRule(
        "low-amount",
        "rep",
        "r.is_open AND r.expected_amount < {low_share} * r.{low_reference}",
        "r.expected_amount",
    ),
)

MANAGER_LEVEL = " OR ".join(f"({rule.condition})" for rule in FLAG_RULES if rule.level == "manager")
AT_RISK = f"(r.is_open AND (r.tier = 'churn-risk' OR {MANAGER_LEVEL}))"
"""Open deals with a manager-level flag or at risk of leaving: what the risk amount adds up."""
