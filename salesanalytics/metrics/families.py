"""Every declared metric, by name, in the order of the glossary."""

from __future__ import annotations

from collections.abc import Mapping

from salesanalytics.metrics import channels, collection, conversion, leads, results, risk, targets, winrates
from salesanalytics.metrics.metric import Metric

METRICS: Mapping[str, Metric] = {
    metric.name: metric
    for family in (leads, winrates, results, conversion, targets, collection, risk, channels)
    for metric in family.METRICS
}
