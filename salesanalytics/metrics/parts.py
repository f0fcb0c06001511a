"""What a metric is put together from: itself, both sides of a ratio, the factors of a formula. Each part has rows of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from salesanalytics.metrics.finish import sides_of
from salesanalytics.metrics.metric import Metric
from salesanalytics.metrics.registry import metrics_of
from salesanalytics.settings import Settings

WHOLE = ""
FACTOR = "factor"
_SIDES = ("above", "below", "less")
"""Of a ratio: above its line, below it, and what is taken off below first."""


@dataclass(frozen=True)
class Part:
    """A plain metric (no ratio of metrics) and where it stands: ``side`` is "" for the metric itself, "above", "below", "less", or "factor:" and the name; in a ratio of
    ratios both places with a slash (``above/below``)."""

    side: str
    metric: Metric


def parts_of(metric: Metric, settings: Settings) -> tuple[Part, ...]:
    """Return the parts whose rows stand behind ``metric``, in the order of its formula."""
    return tuple(_parts(metric, "", metric.default_period, metrics_of(settings)))


def _parts(metric: Metric, side: str, period: str | None, known: Mapping[str, Metric]) -> list[Part]:
    if metric.factors:
        return [Part(_joined(side, f"{FACTOR}:{factor.name}"), factor) for factor in metric.factors]
    if metric.ratio_of is None:
        # a side is asked about the days of the whole ratio (``run``)
        return [Part(side, replace(metric, default_period=period))]
    sides = zip(_SIDES, sides_of(metric), strict=False)
    return [part for own, name in sides for part in _parts(known[name], _joined(side, own), period, known)]


def _joined(outer: str, inner: str) -> str:
    return f"{outer}/{inner}" if outer else inner
