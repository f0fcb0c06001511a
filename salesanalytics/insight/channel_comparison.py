"""Is channel A better than channel B? The difference of their 30-day win rates, and what is left of it within the same industries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from salesanalytics.access.view import View
from salesanalytics.insight.channels import SHARE, Channels
from salesanalytics.insight.two_shares import Difference, Pair, mantel_haenszel, more_to_tell_apart, newcombe
from salesanalytics.metrics.run import ask
from salesanalytics.metrics.types import Filters, MetricQuery
from salesanalytics.settings import Settings

STRATA = "industry"


@dataclass(frozen=True)
class Stratum:
    """One industry ("" = not given): both channels in it, and the difference where both have leads there."""

    name: str
    pair: Pair
    difference: Difference | None


@dataclass(frozen=True)
class Comparison:
    """A against B over leads that have all had the same number of days.

    ``difference``: A − B with Newcombe's interval, None where one has no such lead. ``within``: the same within industries (Mantel-Haenszel), None where
    they share none. ``more_needed``: further leads of each that would tell a difference of this size. ``too_young``: leads of A and B left out.
    ``strata``: the industries, the most leads first.
    """

    a: str
    b: str
    pair: Pair
    difference: Difference | None
    within: Difference | None
    more_needed: int | None
    too_young: tuple[int, int]
    strata: tuple[Stratum, ...]
    small: bool

    @property
    def reversed(self) -> bool:
        """Whether the mix of industries alone makes one look better (Simpson's paradox)."""
        if self.difference is None or self.within is None:
            return False
        return self.difference.value * self.within.value < 0

    @property
    def explained(self) -> bool:
        """Whether the difference is certain over all, but no longer once like is compared with like."""
        return bool(self.difference and self.within and self.difference.certain and not self.within.certain)

    @property
    def unmatched(self) -> tuple[int, int]:
        """Leads of A and of B in industries the other has none in: they say nothing within industries."""
        alone = [one.pair for one in self.strata if not one.pair.comparable]
        return sum(pair.n1 for pair in alone), sum(pair.n2 for pair in alone)


def compare(view: View, settings: Settings, filters: Filters, a: str, b: str) -> Comparison:
    """Return A against B among the customers ``filters`` leaves (its sources aside)."""
    where = {name: values for name, values in filters.where if name != "source"} | {"source": (a, b)}
    asked = replace(filters, where=tuple(sorted(where.items())))
    rows = ask(view, MetricQuery((SHARE,), ("source", STRATA), asked), settings).rows
    counts: dict[str, dict[str, tuple[int, int]]] = {}
    young = dict.fromkeys((a, b), 0)
    for row in rows:
        source, industry = row.dims["source"] or "", row.dims[STRATA] or ""
        counts.setdefault(industry, {})[source] = (int(row.k.get(SHARE) or 0), row.n.get(SHARE, 0))
        young[source] += row.left_out.get(SHARE, 0)
    pairs = {name: Pair(*sides.get(a, (0, 0)), *sides.get(b, (0, 0))) for name, sides in counts.items()}
    pairs = {name: pair for name, pair in pairs.items() if pair.n1 or pair.n2}
    whole = _added(tuple(pairs.values()))
    strata = sorted(pairs.items(), key=lambda item: (item[0] == "", -(item[1].n1 + item[1].n2), item[0]))
    return Comparison(
        a,
        b,
        whole,
        newcombe(whole),
        mantel_haenszel(tuple(pairs.values())),
        more_to_tell_apart(whole),
        (young[a], young[b]),
        tuple(Stratum(name, pair, newcombe(pair)) for name, pair in strata),
        min(whole.n1, whole.n2) < settings.metrics.min_sample,
    )


def _added(pairs: Sequence[Pair]) -> Pair:
    return Pair(
        sum(one.k1 for one in pairs),
        sum(one.n1 for one in pairs),
        sum(one.k2 for one in pairs),
        sum(one.n2 for one in pairs),
    )


def usual_pair(found: Channels) -> tuple[str, str] | None:
    """Return the two channels compared unless others are chosen: the best and the worst with a sample, else the two largest; None where there is but one."""
    judged = [one.sources[0] for one in found.judged]
    if len(judged) >= 2:
        return judged[-1], judged[0]
    names = [one.sources[0] for one in found.channels if one.named]
    rest = [name for name in names if name not in judged]
    pair = [*judged, *rest][:2]
    return (pair[0], pair[1]) if len(pair) == 2 else None
