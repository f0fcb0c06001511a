"""What other settings would change in the present figures: the same questions asked under both."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from salesanalytics.access.view import View
from salesanalytics.metrics.families import METRICS
from salesanalytics.metrics.registry import metrics_of
from salesanalytics.metrics.run import ask
from salesanalytics.metrics.types import MetricQuery, Unit
from salesanalytics.settings import Settings
from salesanalytics.settings_keys import Change

_FLAGGED = tuple(name for name in METRICS if name.startswith("flagged_"))
_BY_GROUP: dict[str, tuple[tuple[str, ...], str | None]] = {
    "alerts": ((*_FLAGGED, "risk_amount"), "tier"),
    "tiers": (("risk_amount",), "tier"),
    "metrics": (("win_rate_30d", "weighted_pipeline", "first_response_on_time", "core_customers"), None),
    "analysis": (("target_amount", "pace", "mean_deal", "collection_rate"), None),
    "stages": (("lead_conversion", "opportunity_win_rate", "weighted_pipeline"), "stage"),
}
"""For a group of settings the figures worth comparing, and the dimension customers are counted by."""

REBUILT_BY = ("stages.", "tiers.", "alerts.silent_days", "metrics.min_sample")
"""The settings a state is built with; the others only change the questions put to it."""


@dataclass(frozen=True)
class Effect:
    """One figure now and then. ``dimension`` and ``value``: of which customers (``metric`` is then ``leads``); None = of all."""

    metric: str
    unit: Unit
    before: float | None
    after: float | None
    dimension: str | None = None
    value: str | None = None


def touched(changes: Sequence[Change]) -> set[str]:
    """Return the groups of settings that are changed and have figures to compare."""
    return {change.key.partition(".")[0] for change in changes} & set(_BY_GROUP)


def needs_rebuilding(changes: Sequence[Change]) -> bool:
    """Say whether the state itself would be another."""
    return any(change.key.startswith(REBUILT_BY) for change in changes)


def effects(
    before: View, after: Callable[[], View], old: Settings, new: Settings, changes: Sequence[Change]
) -> tuple[Effect, ...]:
    """Return the figures that would change, in the order of their declaration.

    ``after`` gives the view under ``new``; it is asked only when a figure is concerned.
    """
    groups = touched(changes)
    if not groups:
        return ()
    then = after() if needs_rebuilding(changes) else before
    named = (name for group in _BY_GROUP if group in groups for name in _BY_GROUP[group][0])
    made = (ratio.name for ratio in new.analysis.ratios) if "analysis" in groups else ()
    metrics = tuple(dict.fromkeys((*named, *made)))
    dimensions = dict.fromkeys(_BY_GROUP[group][1] for group in _BY_GROUP if group in groups)
    found = list(_totals(before, then, old, new, metrics))
    for dimension in dimensions:
        if dimension is not None:
            found += _customers_by(before, then, old, new, dimension)
    return tuple(effect for effect in found if effect.before != effect.after)


def _totals(before: View, then: View, old: Settings, new: Settings, metrics: tuple[str, ...]) -> list[Effect]:
    known, was = metrics_of(new), metrics_of(old)
    later = ask(then, MetricQuery(tuple(name for name in metrics if name in known)), new).total.values
    now = ask(before, MetricQuery(tuple(name for name in metrics if name in was)), old).total.values
    # a ratio just made had no value before
    return [Effect(name, known[name].unit, now.get(name), later[name]) for name in later]


def _customers_by(before: View, then: View, old: Settings, new: Settings, dimension: str) -> list[Effect]:
    query = MetricQuery(("leads",), (dimension,))
    counts = [
        {row.dims[dimension]: row.values["leads"] for row in ask(view, query, settings).rows}
        for view, settings in ((before, old), (then, new))
    ]
    values = dict.fromkeys((*counts[0], *counts[1]))
    return [
        Effect("leads", METRICS["leads"].unit, counts[0].get(value, 0), counts[1].get(value, 0), dimension, value)
        for value in values
    ]
