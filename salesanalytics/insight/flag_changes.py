"""Which alerts are new since another date, and which are gone: the same rules asked of both states."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from salesanalytics.access.view import View
from salesanalytics.insight.flags import ACTING, KINDS, Flag, flags, one_a_customer
from salesanalytics.metrics.types import Filters
from salesanalytics.settings import Settings


@dataclass(frozen=True)
class FlagChanges:
    """Alerts (customer and rule) of now that were not there then, and those of then that are not there now, each in its usual order.

    ``stages``: where each customer of ``gone`` is now (a stage's id); who is in no current row is absent.
    """

    new: tuple[Flag, ...]
    gone: tuple[Flag, ...]
    stages: Mapping[str, str]


def flag_changes(now: View, then: View, settings: Settings, filters: Filters, kind: str | None = None) -> FlagChanges:
    """Return what is new and gone among the alerts of one kind (None: all; ``ACTING``: one a customer, whatever the rule)."""
    current, former = _listed(now, settings, filters, kind), _listed(then, settings, filters, kind)
    acting = kind == ACTING

    def key(flag: Flag) -> tuple[str, str]:
        return flag.customer_id, "" if acting else flag.kind

    known, left = {key(flag) for flag in former}, {key(flag) for flag in current}
    gone = tuple(flag for flag in former if key(flag) not in left)
    rows = now.fetch("SELECT customer_id, stage FROM leads") if gone else []
    lost = {flag.customer_id for flag in gone}
    stages = {row["customer_id"]: row["stage"] for row in rows if row["customer_id"] in lost}
    return FlagChanges(tuple(flag for flag in current if key(flag) not in known), gone, stages)


def _listed(view: View, settings: Settings, filters: Filters, kind: str | None) -> list[Flag]:
    every = flags(view, settings, filters, KINDS if kind in (None, ACTING) else (str(kind),))
    return one_a_customer(every) if kind == ACTING else every
