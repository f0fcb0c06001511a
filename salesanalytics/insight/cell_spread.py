"""How unequal the amounts in each cell of a cross table are: their squares and cubes summed, which is all a test of sums needs of them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from salesanalytics.access.view import View
from salesanalytics.metrics.asking import dimension_named
from salesanalytics.metrics.measure import measure
from salesanalytics.metrics.metric import Aggregate
from salesanalytics.metrics.registry import metrics_of
from salesanalytics.metrics.types import Filters
from salesanalytics.settings import Settings


@dataclass(frozen=True)
class Spread:
    """Of one cell: the sum over its rows of amount² and amount³ (currency units to that power)."""

    squares: float
    cubes: float


def cell_spread(
    view: View, settings: Settings, metric: str, by: tuple[str, str], filters: Filters
) -> dict[tuple[str, str], Spread]:
    """Return the spread of a metric that sums, by the values of two dimensions ("" = no value)."""
    declared = metrics_of(settings)[metric]
    amount = f"CAST({declared.numerator} AS DOUBLE)"
    powers = [
        replace(declared, name=name, aggregate=Aggregate.SUM, numerator=" * ".join([amount] * power))
        for name, power in (("squares", 2), ("cubes", 3))
    ]
    rows = measure(view, powers, [dimension_named(view, name) for name in by], filters, settings)
    return {
        (dims[0] or "", dims[1] or ""): Spread(figures["squares"]["v"] or 0.0, figures["cubes"]["v"] or 0.0)
        for dims, figures in rows.items()
    }
