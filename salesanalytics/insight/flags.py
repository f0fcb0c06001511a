"""Flagged customers: one row a customer and rule, from the same conditions the risk metrics count by (metrics.flag_rules)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from salesanalytics.access.view import View
from salesanalytics.i18n import Lang, format, text
from salesanalytics.metrics.compile import where
from salesanalytics.metrics.constants import constants
from salesanalytics.metrics.families import METRICS
from salesanalytics.metrics.flag_rules import FLAG_RULES, FlagRule
from salesanalytics.metrics.metric import Asked
from salesanalytics.metrics.sources import RISKS
from salesanalytics.metrics.types import Filters
from salesanalytics.settings import Settings

Level = Literal["manager", "rep"]
KINDS: tuple[str, ...] = tuple(rule.kind for rule in FLAG_RULES)
_URGENCY = {
    kind: place
    for place, kind in enumerate(("silent", "lead-untouched-manager", "stage-stuck", "lead-untouched", "low-amount"))
}


@dataclass(frozen=True, slots=True)
class Flag:
    """One customer under one rule. ``measure``: the days, or for a low amount the amount, the rule looked at; ``reference`` what it is held against."""

    kind: str
    level: Level
    customer_id: str
    customer_name: str | None
    owner: str | None
    team: str | None
    stage: str
    is_open: bool
    expected_amount: float | None
    tier: str | None
    measure: float
    reference: float
    contacted_on: date | None
    file: str
    sheet: str
    row: int

    def why(self, lang: Lang, currency: str = "CNY") -> str:
        """Return the reason in words."""
        if self.kind == "low-amount":
            amount = format.money(self.measure, lang, currency=currency)
            return text(
                "flag.low-amount.why",
                lang,
                amount=amount,
                reference=format.money(self.reference, lang, currency=currency),
            )
        return text(f"flag.{self.kind}.why", lang, n=int(self.measure), usual=int(self.reference))


def _select(rule: FlagRule, filters: Filters) -> tuple[str, list[Any]] | None:
    metric = METRICS[f"flagged_{rule.kind.replace('-', '_')}"]
    found = where(metric, Filters(filters.where))
    if found is None:
        return None
    condition, params = found
    sql = (
        f"SELECT '{rule.kind}' AS kind, '{rule.level}' AS level, r.customer_id, r.customer_name, r.owner, r.team, r.stage, r.is_open,"
        f" CAST(r.expected_amount AS DOUBLE) AS expected_amount, r.tier, CAST({rule.measure} AS DOUBLE) AS measure,"
        f' CAST(r.{{low_reference}} AS DOUBLE) AS usual_amount, r.contacted_on, r.file, r.sheet, r."row"'
        f" FROM {RISKS.build(Asked(frozenset(), None, None, None))} AS r WHERE {condition}"
    )
    return sql, params


def _reference(kind: str, settings: Settings, usual_amount: float | None) -> float:
    alerts = settings.alerts
    days = {
        "lead-untouched": alerts.untouched_days_rep,
        "lead-untouched-manager": alerts.untouched_days_manager,
        "silent": alerts.silent_days,
        "stage-stuck": alerts.stuck_days,
    }
    return float(days[kind]) if kind in days else float(usual_amount or 0)


def _every(settings: Settings, filters: Filters, kinds: Sequence[str], as_of: date) -> tuple[str, list[Any]] | None:
    """The flags of these kinds as one query, unordered; None where no rule knows the dimensions filtered by."""
    selects, params = [], []
    for rule in FLAG_RULES:
        found = _select(rule, filters) if rule.kind in kinds else None
        if found is not None:
            selects.append(found[0])
            params += found[1]
    return (" UNION ALL ".join(selects).format(**constants(settings, as_of)), params) if selects else None


def _flags(rows: Iterable[dict[str, Any]], settings: Settings) -> list[Flag]:
    days = {kind: _reference(kind, settings, None) for kind in KINDS if kind != "low-amount"}
    found = []
    for row in rows:
        usual_amount, kind = row.pop("usual_amount"), row["kind"]
        row["reference"] = days[kind] if kind in days else float(usual_amount or 0)
        found.append(Flag(**row))
    return found


def flags(view: View, settings: Settings, filters: Filters | None = None, kinds: Sequence[str] = KINDS) -> list[Flag]:
    """Return every flag of the visible customers as of the view's date, most urgent and largest first.

    ``filters``: dimensions narrow, periods do not (a flag is a state). An amount nobody entered is None and sorts last, never as zero.
    """
    every = _every(settings, filters or Filters(), kinds, view.as_of)
    if every is None:
        return []
    # a large company has tens of thousands: the engine sorts them, by the same rule as _order
    return _flags(view.fetch(f"SELECT * FROM ({every[0]}) {_ORDERED}", every[1]), settings)


ACTING = "to-act-on"
"""Not a rule: the open customers with any flag that asks for action, each once (``one_a_customer``)."""


@dataclass(frozen=True)
class FlagList:
    """A list of flags: the first of them, how many flags and customers it holds, their amount (each customer once; None if nobody has one), and
    the customers without an amount."""

    first: tuple[Flag, ...]
    flags: int
    customers: int
    amount: float | None
    without_amount: int


def flag_list(
    view: View, settings: Settings, filters: Filters, kind: str | None = None, sought: str = "", most: int = 1_000
) -> FlagList:
    """Return the flags of one kind (None: every kind; ``ACTING``: the list to act on) whose customer or owner holds ``sought``, the first ``most``
    in order, with the whole list's figures: a large company's list has tens of thousands, which nobody reads to the end."""
    kinds = KINDS if kind in (None, ACTING) else (str(kind),)
    every = _every(settings, filters, kinds, view.as_of)
    if every is None:
        return FlagList((), 0, 0, None, 0)
    listed, order = f"SELECT * FROM ({every[0]})", _ORDERED
    if kind == ACTING:
        listed = f"""SELECT * EXCLUDE (place) FROM (
            SELECT *, row_number() OVER (PARTITION BY customer_id {_ORDERED}) AS place FROM ({every[0]})
            WHERE is_open AND kind <> 'low-amount') WHERE place = 1"""
        order = "ORDER BY coalesce(expected_amount, 0) DESC, measure DESC, customer_id"
    params = list(every[1])
    if wanted := sought.strip().lower():
        fields = ("customer_name", "customer_id", "owner")
        held = " OR ".join(f"contains(lower(coalesce({field}, '')), ?)" for field in fields)
        listed, params = f"SELECT * FROM ({listed}) WHERE {held}", [*params, *[wanted] * len(fields)]
    sums = view.fetch(
        f"""SELECT CAST(coalesce(sum(flags), 0) AS BIGINT) AS flags, count(*) AS customers, sum(amount) AS amount,
            count(*) - count(amount) AS without_amount
        FROM (SELECT customer_id, max(expected_amount) AS amount, count(*) AS flags FROM ({listed}) GROUP BY customer_id)""",
        params,
    )[0]
    return FlagList(tuple(_flags(view.fetch(f"{listed} {order} LIMIT {int(most)}", params), settings)), **sums)


@dataclass(frozen=True)
class ActingList:
    """The customers to act on: the first of them, and how many there are in all."""

    first: tuple[Flag, ...]
    customers: int


def acting_list(view: View, settings: Settings, filters: Filters | None = None, most: int = 6) -> ActingList:
    """Return what ``one_a_customer(flags(…))`` begins with, without fetching the rest."""
    found = flag_list(view, settings, filters or Filters(), ACTING, most=most)
    return ActingList(found.first, found.customers)


def flag_counts(view: View, settings: Settings, filters: Filters | None = None) -> dict[str, int]:
    """Return what ``counts(flags(…))`` does, counted by the engine: customers each rule flags, rules without any included."""
    every = _every(settings, filters or Filters(), KINDS, view.as_of)
    rows = view.fetch(f"SELECT kind, count(*) AS n FROM ({every[0]}) GROUP BY kind", every[1]) if every else []
    seen = {row["kind"]: int(row["n"]) for row in rows}
    return {kind: seen.get(kind, 0) for kind in KINDS}


_URGENCY_SQL = " ".join(f"WHEN '{kind}' THEN {place}" for kind, place in _URGENCY.items())
_ORDERED = f"ORDER BY CASE kind {_URGENCY_SQL} END, coalesce(expected_amount, 0) DESC, measure DESC, customer_id"


def _order(flag: Flag) -> tuple[int, float, float, str]:
    return _URGENCY[flag.kind], -(flag.expected_amount or 0.0), -flag.measure, flag.customer_id


def one_a_customer(found: Sequence[Flag]) -> list[Flag]:
    """Return each open customer's most urgent flag, the largest amounts first: the list to act on.

    A low amount is a matter of priority, not of action, and a silent customer already won is listed with the alerts but does not
    crowd out deals that can still be lost.
    """
    acting: dict[str, Flag] = {}
    for flag in sorted((flag for flag in found if flag.is_open and flag.kind != "low-amount"), key=_order):
        acting.setdefault(flag.customer_id, flag)
    return sorted(acting.values(), key=lambda flag: (-(flag.expected_amount or 0.0), -flag.measure, flag.customer_id))


def counts(found: Sequence[Flag]) -> dict[str, int]:
    """Return how many customers each rule flags, rules without any included."""
    seen = Counter(flag.kind for flag in found)
    return {kind: seen.get(kind, 0) for kind in KINDS}
