"""What a metric can be cut by: time, the customer's own columns, and the custom columns a user brought along."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from salesanalytics.i18n import Lang, text
from salesanalytics.metrics.metric import Metric

CUSTOM = "custom:"


@dataclass(frozen=True)
class Dimension:
    """One dimension. ``column``: the customer's column; ``grain``: the time bucket instead, over the metric's own date.

    With neither, only those metrics have it that declare it (``Source.dims``, ``Metric.dims``): a follow-up has a method, a customer has not.
    """

    name: str
    column: str | None = None
    grain: str | None = None

    @property
    def time(self) -> bool:
        """Whether it cuts by time."""
        return self.grain is not None

    @property
    def special(self) -> bool:
        """Whether only the metrics that declare it have it."""
        return self.grain is None and self.column is None

    def title(self, lang: Lang) -> str:
        """Return the dimension's name; a custom one is named by the user."""
        if self.name.startswith(CUSTOM):
            return self.name.removeprefix(CUSTOM)
        return text(f"dimension.{self.name}", lang)


_TIMES = ("day", "week", "month", "quarter")
_COLUMNS = ("stage", "industry", "region", "source", "owner", "team", "grade", "tier", "competitor", "origin_kind")
_SPECIAL = ("method", "lost_reason", "overdue_age")

DIMENSIONS: Mapping[str, Dimension] = {
    **{name: Dimension(name, grain=name) for name in _TIMES},
    **{name: Dimension(name, column=name) for name in _COLUMNS},
    **{name: Dimension(name) for name in _SPECIAL},
}
"""Every dimension but the custom ones, which are named ``custom:<column>``."""


def dimension(name: str) -> Dimension:
    """Return a dimension by name, custom ones included; ``KeyError`` if there is none."""
    return Dimension(name, column="custom") if name.startswith(CUSTOM) else DIMENSIONS[name]


def expression(metric: Metric, asked: Dimension) -> tuple[str, list[str]] | None:
    """Return the SQL of a dimension over the metric's row ``r`` and the values bound in it; None where the metric has no such dimension."""
    if asked.grain:
        return (f"CAST(date_trunc('{asked.grain}', {metric.date}) AS DATE)", []) if metric.date else None
    own = metric.dims.get(asked.name) or metric.source.dims.get(asked.name)
    if own:
        return f"nullif({own}, '')", []
    if asked.special or not metric.source.lead_columns:
        return None
    if asked.name.startswith(CUSTOM):
        key = asked.name.removeprefix(CUSTOM).replace("~", "~0").replace("/", "~1")
        return "nullif(json_extract_string(r.custom, ?), '')", [f"/{key}"]
    return f"nullif(r.{asked.column}, '')", []
