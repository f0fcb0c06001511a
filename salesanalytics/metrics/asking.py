"""Names in a question → declarations, or one sentence that lists what was perhaps meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from salesanalytics.access import View
from salesanalytics.errors import UserError
from salesanalytics.metrics.dimensions import CUSTOM, DIMENSIONS, Dimension, dimension
from salesanalytics.metrics.metric import Metric
from salesanalytics.metrics.periods import parse_label
from salesanalytics.metrics.registry import metrics_of
from salesanalytics.metrics.types import Filters
from salesanalytics.settings import DEFAULT_SETTINGS, Settings


def _near(name: str, names: Iterable[str]) -> str:
    return ", ".join(get_close_matches(name.lower(), list(names), n=3, cutoff=0.0))


def custom_dimensions(view: View) -> tuple[str, ...]:
    """Return the custom columns the visible customers carry, as dimension names (``custom:产品线``), sorted."""
    rows = view.fetch("SELECT DISTINCT unnest(json_keys(custom)) AS name FROM leads WHERE custom IS NOT NULL")
    return tuple(sorted(f"{CUSTOM}{row['name']}" for row in rows))


def metrics_named(names: Iterable[str], settings: Settings = DEFAULT_SETTINGS) -> list[Metric]:
    """Return the metrics as the workspace's settings have them; UserError ``unknown-metric`` for a name that is none."""
    known = metrics_of(settings)
    found = []
    for name in names:
        if name not in known:
            raise UserError("unknown-metric", name=name, near=_near(name, known))
        found.append(known[name])
    return found


def dimension_named(view: View, name: str, kind: str = "unknown-dimension") -> Dimension:
    """Return a dimension; UserError ``kind`` for a name that is none. Custom ones have to occur in the data."""
    if name in DIMENSIONS:
        return DIMENSIONS[name]
    custom = custom_dimensions(view)
    if name not in custom:
        raise UserError(kind, name=name, near=_near(name, [*DIMENSIONS, *custom]))
    return dimension(name)


def check_filters(view: View, filters: Filters) -> None:
    """Raise a UserError for a filter that is no dimension, a time filter that names no such bucket, or a period that ends before it starts."""
    if filters.start and filters.end and filters.start > filters.end:
        raise UserError("period-reversed", start=filters.start.isoformat(), end=filters.end.isoformat())
    for name, values in filters.where:
        cut = dimension_named(view, name, "unknown-filter")
        for value in values:
            found = parse_label(value)
            if cut.time and value and (found is None or found[1] != cut.grain):
                raise UserError("unreadable-period", name=name, value=value)
