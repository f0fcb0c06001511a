"""Who and what moved most: counts of a running period beside as many days of the one before, each held against chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

from salesanalytics.access.view import View
from salesanalytics.insight.given import is_given
from salesanalytics.metrics.periods import Period, previous
from salesanalytics.metrics.run import ask
from salesanalytics.metrics.types import Filters, MetricQuery
from salesanalytics.settings import Settings

Where = tuple[tuple[str, tuple[str, ...]], ...]
COUNTED = ("new_leads", "won_customers")
"""Counts, since chance is known for them: an amount may double with a single deal."""
CUT_BY = ("owner", "region", "source")
LEAST = 10
"""Fewer in both periods together are no mover, however large their percentage."""
_RISK = 0.05


@dataclass(frozen=True)
class Mover:
    """One value of a dimension and a count of it: now, and in as many days of the period before. ``clear``: chance does not explain it,
    all values that were compared taken into account. ``strength``: standard deviations from no change, signed.
    """

    metric: str
    dimension: str
    value: str
    now: int
    before: int
    strength: float
    clear: bool


@dataclass(frozen=True)
class Movers:
    """Those that rose most and those that fell most, strongest first; the days compared, and how many values were."""

    up: tuple[Mover, ...]
    down: tuple[Mover, ...]
    period: Period
    before: Period
    compared: int


def strength(now: int, before: int, share: float) -> float:
    """Return how far ``now`` lies from what ``now + before`` lead one to expect, in standard deviations; ``share``: of all days, those of now.

    Two Poisson counts given their sum: binomial. Source: Przyborowski and Wilenski, "Homogeneity of results in testing samples from Poisson
    series", Biometrika 31 (1940), 313-323; here by its normal approximation with continuity correction.
    """
    n = now + before
    off = now - n * share
    spread = sqrt(n * share * (1 - share))
    return max(abs(off) - 0.5, 0.0) / spread * (1 if off > 0 else -1) if spread else 0.0


def movers(view: View, settings: Settings, where: Where, whole: Period, most: int = 2) -> Movers:
    """Return the ``most`` values that rose and fell most in the bucket ``whole`` up to D, against as many days of the bucket before."""
    now, before = whole.to_date(view.as_of), previous(whole, view.as_of)
    found: list[tuple[str, str, str, int, int]] = []
    for dimension in CUT_BY:
        counts = [_counts(view, settings, where, dimension, days) for days in (now, before)]
        for metric in COUNTED:
            values = {value for one in counts for value in one[metric]}
            found += [
                (metric, dimension, value, counts[0][metric].get(value, 0), counts[1][metric].get(value, 0))
                for value in values
            ]
    share = now.days / (now.days + before.days)
    compared = [one for one in found if one[3] + one[4] >= LEAST]
    # so many comparisons at once: each has to be surer (Bonferroni)
    limit = NormalDist().inv_cdf(1 - _RISK / 2 / max(len(compared), 1))
    moved = [_mover(one, share, limit) for one in compared]
    return Movers(_first(moved, 1, most), _first(moved, -1, most), now, before, len(compared))


def _counts(view: View, settings: Settings, where: Where, dimension: str, days: Period) -> dict[str, dict[str, int]]:
    query = MetricQuery(COUNTED, (dimension,), Filters(where, days.start, days.end))
    counts: dict[str, dict[str, int]] = {metric: {} for metric in COUNTED}
    for row in ask(view, query, settings).rows:
        value = row.dims[dimension]
        for metric in COUNTED if is_given(value) else ():
            counts[metric][value or ""] = int(row.values[metric] or 0)
    return counts


def _mover(one: tuple[str, str, str, int, int], share: float, limit: float) -> Mover:
    metric, dimension, value, now, before = one
    how_far = strength(now, before, share)
    return Mover(metric, dimension, value, now, before, how_far, abs(how_far) > limit)


def _first(moved: Sequence[Mover], sign: int, most: int) -> tuple[Mover, ...]:
    """The strongest in one direction; one a value, since a rep's leads and wins often move together."""
    ordered = sorted(moved, key=lambda one: (-sign * one.strength, one.metric, one.dimension, one.value))
    kept: dict[tuple[str, str], Mover] = {}
    for one in ordered:
        if sign * one.strength > 0:
            kept.setdefault((one.dimension, one.value), one)
    return tuple(kept.values())[:most]
