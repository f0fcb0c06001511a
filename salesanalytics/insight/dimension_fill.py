"""Which dimensions anybody has filled in, so that a page opens on two that say something."""

from __future__ import annotations

from collections.abc import Sequence

from salesanalytics.access.view import View
from salesanalytics.metrics.dimensions import dimension, expression
from salesanalytics.metrics.families import METRICS


def filled_dimensions(view: View, names: Sequence[str]) -> dict[str, int]:
    """Return how many different values the visible customers have in each customer's dimension of ``names``, in their order, "no value" not counted."""
    cuts = [(name, expression(METRICS["leads"], dimension(name))) for name in names]
    known = [(name, cut) for name, cut in cuts if cut]
    if not known:
        return {}
    counts = ", ".join(f"count(DISTINCT {sql}) AS n{at}" for at, (_, (sql, _)) in enumerate(known))
    row = view.fetch(f"SELECT {counts} FROM leads AS r", [value for _, (_, bound) in known for value in bound])[0]
    return {name: int(row[f"n{at}"]) for at, (name, _) in enumerate(known)}
