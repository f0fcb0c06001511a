"""How likely a cell of a cross table holds as much as it does if rows and columns have nothing to do with each other: three exact or matched tails.

Sources: Fisher's exact test (hypergeometric) for counts; the binomial for shares; for sums of unequal amounts the permutation distribution of a
weighted sum, its first three moments matched by Pearson's type III (a shifted gamma), as is usual for permutation tests (Mielke and Berry, 2007).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import erfc, exp, lgamma, log, log1p, sqrt

_NEGLIGIBLE = 1e-17


@dataclass(frozen=True)
class Amounts:
    """The amounts of a line: their sum, and the sums of their squares and cubes."""

    total: float
    squares: float
    cubes: float


def at_least_count(cell: int, row: int, column: int, whole: int) -> float:
    """Return the chance that ``cell`` or more of ``row`` things lie in a column that holds ``column`` of ``whole``."""
    if cell <= max(0, row + column - whole):
        return 1.0
    if cell > min(row, column):
        return 0.0
    rest = whole - row - column
    term = exp(_choices(row, cell) + _choices(whole - row, column - cell) - _choices(whole, column))
    found = 0.0
    for at in range(cell, min(row, column) + 1):
        found += term
        if term <= found * _NEGLIGIBLE and at * whole > row * column:
            break
        term *= (row - at) * (column - at) / ((at + 1) * (rest + at + 1))
    return min(1.0, found)


def at_least_hits(hits: int, n: int, share: float) -> float:
    """Return the chance of ``hits`` or more out of ``n``, each with ``share`` (0-1)."""
    if hits <= 0 or share >= 1.0:
        return 1.0
    if share <= 0.0:
        return 0.0
    term = exp(_choices(n, hits) + hits * log(share) + (n - hits) * log1p(-share))
    found, odds = 0.0, share / (1.0 - share)
    for at in range(hits, n + 1):
        found += term
        if term <= found * _NEGLIGIBLE and at > n * share:
            break
        term *= (n - at) / (at + 1) * odds
    return min(1.0, found)


def at_least_sum(value: float, expected: float, share: float, amounts: Amounts, everybody: int) -> float:
    """Return the chance that a line's ``amounts`` put ``value`` or more into a part that takes each of ``everybody`` with ``share`` (0-1).

    ``expected``: what it takes on average. Drawn without putting back: everybody else brings an amount of zero.
    """
    mean = amounts.total / everybody
    about_mean = amounts.squares - amounts.total * mean
    cubed = amounts.cubes - 3 * mean * amounts.squares + 2 * amounts.total * mean * mean
    variance = about_mean * share * (1.0 - share)
    if variance <= 0.0:
        return 1.0
    skew = cubed * share * (1.0 - share) * (1.0 - 2.0 * share) / variance**1.5
    return _pearson_tail((value - expected) / sqrt(variance), skew)


def joined_odds(row: float, column: float, whole: float) -> float:
    """Return the share (0-1) a cell is expected to have: its odds are those of all, times what its row and its column each change them."""
    if min(row, column, whole) <= 0.0:
        return 0.0
    if max(row, column, whole) >= 1.0:
        return 1.0
    odds = (row / (1 - row)) * (column / (1 - column)) / (whole / (1 - whole))
    return odds / (1 + odds)


def _choices(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)


def _pearson_tail(z: float, skew: float) -> float:
    """The upper tail of Pearson III with mean 0 and variance 1; the normal one where it is hardly skewed, or skewed the other way (which is shorter)."""
    if skew < 0.01:
        return 0.5 * erfc(z / sqrt(2.0))
    shape = 4.0 / (skew * skew)
    return _upper_gamma(shape, shape + z * sqrt(shape))


def _upper_gamma(shape: float, x: float) -> float:
    """The regularised upper incomplete gamma function: the series below its mean, Lentz's continued fraction above."""
    if x <= 0.0:
        return 1.0
    front = exp(shape * log(x) - x - lgamma(shape))
    if x < shape + 1.0:
        term = total = 1.0 / shape
        at = shape
        while term > total * _NEGLIGIBLE:
            at += 1.0
            term *= x / at
            total += term
        return max(0.0, 1.0 - total * front)
    tiny = 1e-300
    b = x + 1.0 - shape
    c, d = 1.0 / tiny, 1.0 / b
    fraction = d
    for at in range(1, 10_000):
        a = -at * (at - shape)
        b += 2.0
        d = 1.0 / (a * d + b or tiny)
        c = b + a / c or tiny
        fraction *= d * c
        if abs(d * c - 1.0) < 1e-15:
            break
    return min(1.0, front * fraction)
