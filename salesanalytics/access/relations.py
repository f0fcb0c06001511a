"""Which relations of a state a query may name, and what a scope leaves of each."""

from __future__ import annotations

from collections.abc import Callable

from salesanalytics.access.scope import Scope

Narrowing = tuple[str, list[str]]
"""A condition over the relation's columns, and the values bound in it."""

_VISIBLE = "customer_id IN (SELECT customer_id FROM leads)"
_NOTHING = "1 = 0"


def _marks(values: list[str]) -> str:
    return ", ".join("?" for _ in values)


def _leads(scope: Scope) -> Narrowing:
    conditions, params = [], []
    for column, allowed in (("owner", scope.owners), ("team", scope.teams)):
        if allowed:
            conditions.append(f"{column} IN ({_marks(sorted(allowed))})")
            params += sorted(allowed)
    if scope.pool:
        conditions.append("coalesce(owner, '') = ''")
    return " OR ".join(conditions) or _NOTHING, params


def _targets(scope: Scope) -> Narrowing:
    conditions, params = [], []
    if scope.owners:
        conditions.append(f"owner IN ({_marks(sorted(scope.owners))})")
        params += sorted(scope.owners)
    if scope.teams:
        conditions.append(f"team IN ({_marks(sorted(scope.teams))})")
        conditions.append("(team IS NULL AND owner IN (SELECT owner FROM leads WHERE owner IS NOT NULL))")
        params += sorted(scope.teams)
    return " OR ".join(conditions) or _NOTHING, params


def _of_visible_customers(scope: Scope) -> Narrowing:
    return _VISIBLE, []


def _of_visible_people(scope: Scope) -> Narrowing:
    people = "SELECT owner FROM leads UNION ALL SELECT team FROM leads"
    return f"value IS NULL OR value IN ({people})", []


def _company_figure(scope: Scope) -> Narrowing:
    return _NOTHING, []


def _for_everyone(scope: Scope) -> None:
    return None


NARROWED: dict[str, Callable[[Scope], Narrowing | None]] = {
    "leads": _leads,
    "followups": _of_visible_customers,
    "stage_entries": _of_visible_customers,
    "stage_reach": _of_visible_customers,
    "contracts": _of_visible_customers,
    "targets": _targets,
    "conversion": _company_figure,
    "funnel": _company_figure,
    "channel_costs": _company_figure,
    "missing_leads": _leads,
    "lead_sightings": _of_visible_customers,
    "lead_versions": _of_visible_customers,
    "held_leads": _of_visible_customers,
    "import_coverage": _of_visible_people,
    "stages": _for_everyone,
    "stage_probability": _for_everyone,
    "norms": _for_everyone,
    "state_info": _for_everyone,
}
"""Relation → what a scope leaves of it (None = all). ``leads`` comes first: others follow the customers it leaves."""
