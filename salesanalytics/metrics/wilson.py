"""How sure a share is: its Wilson interval, and its bounds where the true stage of some rows is unknown."""

from __future__ import annotations

from math import sqrt

from salesanalytics.metrics.metric import Metric
from salesanalytics.metrics.types import MetricRow

_Z95 = 1.959963984540054


def interval(k: float, n: int, z: float = _Z95) -> tuple[float, float] | None:
    """Return the Wilson score interval (0-1) of ``k`` out of ``n``, 95 % by default; None without a denominator.

    Source: E. B. Wilson, JASA 22 (1927), 209-212.
    """
    if n <= 0:
        return None
    share = k / n
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    # at 0 and n the bound is exact; rounding must not carry it past the share itself
    return (0.0 if k == 0 else max(0.0, centre - half), 1.0 if k == n else min(1.0, centre + half))


def interval_of(metric: Metric, row: MetricRow) -> tuple[float, float] | None:
    """Return the 95 % interval of a share in a row of an answer; None for what is not rows out of rows, or has no value."""
    if not metric.share or row.values.get(metric.name) is None:
        return None
    return interval(row.k.get(metric.name) or 0.0, row.n[metric.name])


def bounds(metric: Metric, row: MetricRow) -> tuple[float, float] | None:
    """Return the lowest and highest value (0-1) a share could have, were the stage of its uncertain rows known; None where nothing is uncertain."""
    unknown = row.uncertain.get(metric.name, 0)
    value, n = row.values.get(metric.name), row.n.get(metric.name, 0)
    k = row.k.get(metric.name) or 0.0
    if not unknown or value is None:
        return None
    if metric.uncertain_widens == "denominator":
        return k / (n + unknown), value
    return value, (k + unknown) / n


def unknown_share(metric: Metric, row: MetricRow) -> float:
    """Return the share (0-1) of a denominator whose true stage is unknown: above the setting, the value is greyed."""
    unknown, n = row.uncertain.get(metric.name, 0), row.n.get(metric.name, 0)
    return unknown / n if n else 0.0
