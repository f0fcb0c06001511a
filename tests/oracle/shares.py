"""How sure a share or a difference of shares is, told again by hand: each by another road than the product's."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import sqrt

Z = 1.959963984540054
MOST = 10_000
Sides = tuple[int, int, int, int]
"""k1 of n1 against k2 of n2."""


def wilson(k: float, n: float) -> tuple[float, float]:
    """Return the two shares p for which (k/n - p)² = z² p (1 - p) / n: the roots of that quadratic."""
    a, b, c = n + Z * Z, -(2 * k + Z * Z), k * k / n
    root = sqrt(max(0.0, b * b - 4 * a * c))
    return max(0.0, (-b - root) / (2 * a)), min(1.0, (-b + root) / (2 * a))


def newcombe(sides: Sides) -> tuple[float, float, float]:
    """Return p1 - p2 and its interval: the two sides' Wilson distances, squared and added (Newcombe 1998, method 10)."""
    k1, n1, k2, n2 = sides
    p1, p2, (l1, u1), (l2, u2) = k1 / n1, k2 / n2, wilson(k1, n1), wilson(k2, n2)
    return (
        p1 - p2,
        p1 - p2 - ((p1 - l1) ** 2 + (u2 - p2) ** 2) ** 0.5,
        p1 - p2 + ((u1 - p1) ** 2 + (p2 - l2) ** 2) ** 0.5,
    )


def mantel_haenszel(strata: Iterable[Sides]) -> tuple[float, float, float] | None:
    """Return the strata's differences, each weighing n1 n2 ÷ (n1 + n2), exactly in fractions; its interval by Sato's variance (1989).

    Sato: var = (D·P + Q) ÷ W², with P = Σ [n1² k2 - n2² k1 + n1 n2 (n2 - n1) ÷ 2] ÷ N² and Q = Σ [k1 (n2 - k2) + k2 (n1 - k1)] ÷ 2N.
    """
    both = [tuple(map(Fraction, one)) for one in strata if one[1] and one[3]]
    weights = [n1 * n2 / (n1 + n2) for _, n1, _, n2 in both]
    if not weights:
        return None
    found = sum(w * (k1 / n1 - k2 / n2) for w, (k1, n1, k2, n2) in zip(weights, both, strict=True)) / sum(weights)
    p = sum((n1 * n1 * k2 - n2 * n2 * k1 + n1 * n2 * (n2 - n1) / 2) / (n1 + n2) ** 2 for k1, n1, k2, n2 in both)
    q = sum((k1 * (n2 - k2) + k2 * (n1 - k1)) / (2 * (n1 + n2)) for k1, n1, k2, n2 in both)
    half = Z * sqrt(max(0, found * p + q)) / float(sum(weights))
    return float(found), max(-1.0, float(found) - half), min(1.0, float(found) + half)


def more_to_leave_out(k: int, n: int, overall: float) -> int | None:
    """Return how many more at the same share until Wilson's interval leaves the overall share out, one after the other; None beyond MOST."""
    if not n or k / n == overall:
        return None
    for more in range(MOST + 1):
        low, high = wilson(k / n * (n + more), n + more)
        if not low <= overall <= high:
            return more
    return None


def more_to_tell(sides: Sides) -> int | None:
    """Return how many more on each side at the same shares until the difference's interval leaves zero out; None beyond MOST."""
    k1, n1, k2, n2 = sides
    if not n1 or not n2 or k1 * n2 == k2 * n1:
        return None
    for more in range(MOST + 1):
        _, low, high = newcombe((k1 / n1 * (n1 + more), n1 + more, k2 / n2 * (n2 + more), n2 + more))  # type: ignore[arg-type]
        if low > 0 or high < 0:
            return more
    return None
