"""Two shares compared: their difference with its interval, over all and within groups, and how many more observations would tell them apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt

from salesanalytics.metrics.wilson import interval

_Z95 = 1.959963984540054
MOST_NEEDED = 10_000
"""A difference that only more than this many further observations could show is as good as none."""


@dataclass(frozen=True)
class Difference:
    """A difference of two shares, first minus second (−1 to 1), with its 95 % interval."""

    value: float
    low: float
    high: float

    @property
    def certain(self) -> bool:
        """Whether the interval leaves zero out, so that one may be called better."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True)
class Pair:
    """k1 of n1 and k2 of n2, side by side: the whole, or one stratum."""

    k1: int
    n1: int
    k2: int
    n2: int

    @property
    def comparable(self) -> bool:
        """Whether both sides have anybody."""
        return self.n1 > 0 and self.n2 > 0


def newcombe(pair: Pair) -> Difference | None:
    """Return the difference of two independent shares with its hybrid score interval; None where a side is empty.

    Source: R. G. Newcombe, "Interval estimation for the difference between independent proportions", Statistics in Medicine 17 (1998),
    873-890, method 10 (Wilson's limits of each share, no continuity correction).
    """
    first, second = interval(pair.k1, pair.n1), interval(pair.k2, pair.n2)
    if first is None or second is None:
        return None
    p1, p2 = pair.k1 / pair.n1, pair.k2 / pair.n2
    down = sqrt((p1 - first[0]) ** 2 + (second[1] - p2) ** 2)
    up = sqrt((first[1] - p1) ** 2 + (p2 - second[0]) ** 2)
    return Difference(p1 - p2, p1 - p2 - down, p1 - p2 + up)


def mantel_haenszel(strata: Sequence[Pair]) -> Difference | None:
    """Return the difference within strata (each weighted n1·n2 ÷ (n1 + n2)), with its 95 % interval; None where no stratum has both sides.

    Source: S. Greenland and J. M. Robins, Biometrics 41 (1985), 55-68; its variance, good for many small strata as for few large ones, is
    that of T. Sato, Biometrics 45 (1989), 1323-1324.
    """
    both = [one for one in strata if one.comparable]
    weight = sum(one.n1 * one.n2 / (one.n1 + one.n2) for one in both)
    if not weight:
        return None
    value = sum((one.k1 * one.n2 - one.k2 * one.n1) / (one.n1 + one.n2) for one in both) / weight
    p = q = 0.0
    for one in both:
        n = one.n1 + one.n2
        p += (one.n1**2 * one.k2 - one.n2**2 * one.k1 + one.n1 * one.n2 * (one.n2 - one.n1) / 2) / n**2
        q += (one.k1 * (one.n2 - one.k2) + one.k2 * (one.n1 - one.k1)) / (2 * n)
    half = _Z95 * sqrt(max(0.0, value * p + q)) / weight
    return Difference(value, max(-1.0, value - half), min(1.0, value + half))


def _fewest(tells: Callable[[int], bool], start: int) -> int | None:
    """Return the smallest number from ``start`` on for which ``tells`` holds, if it holds from there on; None beyond MOST_NEEDED more."""
    low, high = start, start + MOST_NEEDED
    if not tells(high):
        return None
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if tells(middle) else (middle + 1, high)
    return low


def more_to_leave_out(k: int, n: int, overall: float) -> int | None:
    """Return how many more observations at the same share would make the Wilson interval of k of n leave ``overall`` out (0: it does so already).

    None where the share is the overall one, or so close to it that MOST_NEEDED more would not do.
    """
    if n <= 0 or k / n == overall:
        return None
    share = k / n

    def tells(size: int) -> bool:
        around = interval(share * size, size)
        return around is not None and not around[0] <= overall <= around[1]

    needed = _fewest(tells, n)
    return None if needed is None else needed - n


def more_to_tell_apart(pair: Pair) -> int | None:
    """Return how many more observations on each side, at the same shares, would make the interval of the difference leave zero out.

    0: it does so already. None where the shares are equal, a side is empty, or MOST_NEEDED more would not do.
    """
    if not pair.comparable or pair.k1 * pair.n2 == pair.k2 * pair.n1:
        return None
    p1, p2 = pair.k1 / pair.n1, pair.k2 / pair.n2

    def tells(more: int) -> bool:
        n1, n2 = pair.n1 + more, pair.n2 + more
        first, second = interval(p1 * n1, n1), interval(p2 * n2, n2)
        if first is None or second is None:
            return False
        top, bottom = (first, second) if p1 > p2 else (second, first)
        gap = abs(p1 - p2)
        down = sqrt((max(p1, p2) - top[0]) ** 2 + (bottom[1] - min(p1, p2)) ** 2)
        return gap > down

    return _fewest(tells, 0)
