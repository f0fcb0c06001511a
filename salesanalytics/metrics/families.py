"""Every declared metric, by name, in the order of the glossary."""

from __future__ import annotations

from collections.abc import Mapping

from salesanalytics.metrics import (
    channels,
    collection,
    conversion,
    core_customers,
    coverage,
    followup_work,
    leads,
    lost,
    origins,
    proposals,
    receivables,
    recording,
    response,
    results,
    risk,
    stage_stays,
    targets,
    velocity,
    winrates,
)
from salesanalytics.metrics.metric import Metric

METRICS: Mapping[str, Metric] = {
    metric.name: metric
    for family in (
        leads,
        origins,
        winrates,
        results,
        core_customers,
        velocity,
        coverage,
        conversion,
        stage_stays,
        lost,
        response,
        followup_work,
        recording,
        proposals,
        targets,
        collection,
        receivables,
        risk,
        channels,
    )
    for metric in family.METRICS
}
