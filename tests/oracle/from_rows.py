"""A metric's value and n reckoned again from the rows that open behind it: no SQL, no query, only what each row says it gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import fsum
from statistics import median
from typing import Any

from salesanalytics.metrics.metric import Aggregate, Metric

Row = Mapping[str, Any]


def value_of(metric: Metric, rows: Sequence[Row], known: Mapping[str, Metric], elapsed: float = 0.0) -> float | None:
    """Return the value of a metric from all rows behind it; ``elapsed``: the share of the period gone by, for pace."""
    return _side(metric, "", rows, known, elapsed)


def n_of(metric: Metric, rows: Sequence[Row], known: Mapping[str, Metric]) -> int:
    """Return n: of a ratio of metrics that of the side it counts."""
    side = ""
    while metric.ratio_of:
        place = 1 if metric.counts_below else 0
        side = "/".join(part for part in (side, ("above", "below")[place]) if part)
        metric = known[metric.ratio_of[place]]
    if metric.factors:  # velocity: the open opportunities
        side = "/".join(part for part in (side, f"factor:{metric.factors[0].name}") if part)
    counted = [row for row in rows if row["side"] == side and row["counted"]]
    if all(row["counted_as"] is None for row in counted) and not metric.distinct:
        return len(counted)
    if metric.factors:
        return len({row["customer_id"] for row in counted})
    return len({row["counted_as"] for row in counted if row["counted_as"] is not None})


def _side(metric: Metric, side: str, rows: Sequence[Row], known: Mapping[str, Metric], elapsed: float) -> float | None:
    def at(own: str) -> str:
        return f"{side}/{own}" if side else own

    if metric.factors:
        open_deals, win_rate, amount, days = (
            _plain(factor, [row for row in rows if row["side"] == at(f"factor:{factor.name}")])
            for factor in metric.factors
        )
        if None in (open_deals, win_rate, amount, days) or not days:
            return None
        return open_deals * win_rate * amount / days
    if metric.ratio_of is None:
        return _plain(metric, [row for row in rows if row["side"] == side])
    above, below = (
        _side(known[name], at(own), rows, known, elapsed)
        for name, own in zip(metric.ratio_of, ("above", "below"), strict=True)
    )
    if below is not None and metric.below_less:
        less = _side(known[metric.below_less], at("less"), rows, known, elapsed)
        below = None if less is None else max(0.0, below - less)
    if above is None or not below:
        return None
    return above / below - (elapsed if metric.less_elapsed else 0.0)


def _plain(metric: Metric, rows: Sequence[Row]) -> float | None:
    counted = [row for row in rows if row["counted"]]
    given = [row["numerator"] for row in counted if row["numerator"] is not None]
    if metric.aggregate is Aggregate.MEDIAN:
        return float(median(given)) if given else None
    if metric.aggregate is Aggregate.SURVIVAL:
        return _half_gone(counted)
    if metric.aggregate is Aggregate.RATIO:
        below = fsum(row["denominator"] or 0.0 for row in counted)
        return fsum(given) / below if given and below else None
    if not counted:
        return 0.0 if metric.zero_when_empty and not rows else None
    return fsum(given)


def _half_gone(stays: Sequence[Row]) -> float | None:
    """Kaplan and Meier, by the definition: day after day, of those still there."""
    staying = 1.0
    for day in sorted({row["numerator"] for row in stays}):
        there = sum(row["numerator"] >= day for row in stays)
        gone = sum(row["numerator"] == day and row["ended"] for row in stays)
        staying *= 1 - gone / there
        if staying <= 0.5 + 1e-12 and gone:
            return float(day)
    return None
