"""Dimension filters over leads, for the questions of this room that no single metric answers."""

from __future__ import annotations

from typing import Any

from salesanalytics.metrics.compile import where
from salesanalytics.metrics.families import METRICS
from salesanalytics.metrics.types import Filters

Where = tuple[tuple[str, tuple[str, ...]], ...]


def lead_condition(filters: Where) -> tuple[str, list[Any]]:
    """Return a condition over the columns of ``leads``, and its bound values."""
    found = where(METRICS["leads"], Filters(filters))
    if found is None:
        return "FALSE", []
    return f"customer_id IN (SELECT r.customer_id FROM leads AS r WHERE {found[0]})", found[1]
