"""What the Heatmap page offers: dimensions somebody filled in, the ticked measures, and which of them it opens on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from salesanalytics.insight.dimension_fill import filled_dimensions
from salesanalytics.insight.provinces import speaks_of_provinces
from salesanalytics.metrics.dimensions import dimension
from salesanalytics.metrics.metric import Metric
from salesanalytics.metrics.shown import dimensions_shown, has_dimension, shown
from salesanalytics.metrics.types import MetricQuery
from salesanalytics.ui.data import Desk
from salesanalytics.ui.filter_values import custom_columns

DIMENSIONS = (
    *("industry", "region", "source", "tier", "owner", "team", "grade"),
    *("stage", "competitor", "origin_kind"),
)
FIRST = ("industry", "region", "source", "owner", "team", "grade", "tier", "stage")
"""In this order two dimensions are chosen until somebody chooses; those with one value only come last, then the user's own columns."""
FIRST_MEASURES = ("open_amount", "sales_amount", "leads")


@dataclass(frozen=True)
class Offered:
    """Dimensions that can be chosen (in their order), those ticked but empty, the measures, and what the page opens on."""

    dimensions: tuple[str, ...]
    unfilled: tuple[str, ...]
    opens_on: tuple[str, str]
    measures: Mapping[str, Metric]
    first_measure: str


def offered(desk: Desk) -> Offered:
    """Return what can be chosen for the desk's data, whatever is filtered by."""
    ticked = dimensions_shown(desk.settings, (*DIMENSIONS, *custom_columns(desk)), least=2)
    filled = desk.remember("filled", (ticked,), lambda: filled_dimensions(desk.view, ticked))
    known = tuple(name for name in ticked if filled.get(name))
    if len(known) < 2:
        known = ticked
    ranked = sorted(
        known, key=lambda name: (filled.get(name, 0) < 2, FIRST.index(name) if name in FIRST else len(FIRST))
    )
    measures = {metric.name: metric for metric in shown(desk.settings, "heatmap")}
    unfilled = tuple(name for name in ticked if name not in known)
    return Offered(known, unfilled, (ranked[0], ranked[1]), measures, _first_measure(desk, measures))


def _first_measure(desk: Desk, measures: Mapping[str, Metric]) -> str:
    """The first measure with anything in it: without amounts the page opens on counts."""
    ranked = [*(name for name in FIRST_MEASURES if name in measures), *measures]
    row = desk.ask(MetricQuery(tuple(measures))).total
    return next((name for name in ranked if row.values.get(name)), ranked[0])


def measures_for(found: Offered, by: tuple[str, str], desk: Desk) -> Mapping[str, Metric]:
    """Return the measures that can be cut by both dimensions."""
    cuts = [dimension(name) for name in by]
    fitting = {
        name: metric
        for name, metric in found.measures.items()
        if all(has_dimension(metric, cut, desk.settings) for cut in cuts)
    }
    return fitting or found.measures


def province_dimension(by: tuple[str, str], values: Mapping[str, tuple[str, ...]]) -> str | None:
    """Return the one of two dimensions whose values are provinces; None if neither's are."""
    return next((name for name in by if speaks_of_provinces(values[name])), None)
