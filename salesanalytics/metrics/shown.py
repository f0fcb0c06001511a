"""Which metrics and dimensions are offered where, and in what order: what the analysis settings tick, else what the product shows by itself."""

from __future__ import annotations

from collections.abc import Sequence

from salesanalytics.analysis import Surface
from salesanalytics.metrics.dimensions import DIMENSIONS, Dimension, expression
from salesanalytics.metrics.metric import Metric
from salesanalytics.metrics.registry import metrics_of
from salesanalytics.settings import Settings

CARDS = (
    "new_leads",
    "sales_amount",
    "target_attainment",
    "closed_win_rate",
    "sales_cycle_median",
    "collection_rate",
    "risk_amount",
)
HEATMAP = ("leads", "open_amount", "sales_amount", "closed_win_rate")
LATE = ("funnel_attainment",)
"""What comes with a period of its own, not with dates, has no trend by days."""
_CELLS = ("industry", "region", "source", "owner")


def has_dimension(metric: Metric, cut: Dimension, settings: Settings) -> bool:
    """Say whether a metric can be cut by a dimension; a ratio only by what all its sides have."""
    if metric.ratio_of:
        known = metrics_of(settings)
        sides = (*metric.ratio_of, *((metric.below_less,) if metric.below_less else ()))
        return all(has_dimension(known[side], cut, settings) for side in sides)
    return expression(metric, cut) is not None


def fits(metric: Metric, surface: Surface, settings: Settings) -> bool:
    """Say whether a metric can be shown there: a trend needs time, a cell of the heatmap customers and their dimensions."""
    if surface == "trends":
        return metric.name not in LATE
    if surface == "cards":
        return True
    return metric.source.lead_columns and all(has_dimension(metric, DIMENSIONS[name], settings) for name in _CELLS)


def usual(surface: Surface, settings: Settings) -> tuple[str, ...]:
    """Return what is shown there until somebody chooses."""
    if surface == "trends":
        return tuple(name for name, metric in metrics_of(settings).items() if fits(metric, surface, settings))
    return CARDS if surface == "cards" else HEATMAP


def shown(settings: Settings, surface: Surface) -> tuple[Metric, ...]:
    """Return the metrics of a surface in their order. Names that are none any more are passed over; never nothing at all."""
    known = metrics_of(settings)
    ticked = getattr(settings.analysis, surface)
    for names in (usual(surface, settings) if ticked is None else ticked, usual(surface, settings)):
        found = tuple(known[name] for name in names if name in known and fits(known[name], surface, settings))
        if found:
            break
    return found


def dimensions_shown(settings: Settings, candidates: Sequence[str], *, least: int = 0) -> tuple[str, ...]:
    """Return those of ``candidates`` that are ticked, in the ticked order; all of them where nothing, or fewer than ``least``, is ticked."""
    ticked = settings.analysis.dimensions
    if ticked is None:
        return tuple(candidates)
    found = tuple(name for name in ticked if name in candidates)
    return found if len(found) >= least else tuple(candidates)
