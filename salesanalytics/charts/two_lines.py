"""Names broken into two lines where one is too narrow, by how wide their signs are."""

from __future__ import annotations

import unicodedata


def units_of(name: str) -> float:
    """Return how wide a text is, in Latin letters: a hanzi is nearly two."""
    return sum(1.75 if unicodedata.east_asian_width(sign) in "WF" else 1.0 for sign in name)


def in_two_lines(name: str, units: float) -> str:
    """Return a name broken near its middle where it is wider than ``units`` Latin letters, at a space if there is one; what is too long even so is cut off."""
    if units_of(name) <= units:
        return name
    spaces = [at for at, sign in enumerate(name) if sign in " /-·" and 0 < at < len(name) - 1]
    fitting = [at for at in spaces if units_of(name[:at]) <= units and units_of(name[at + 1 :]) <= units]
    at = min(fitting, key=lambda place: abs(place - len(name) / 2)) + 1 if fitting else _fitting(name, units)
    return f"{name[:at].rstrip()}<br>{_clipped(name[at:].lstrip(), units)}"


def _fitting(name: str, units: float) -> int:
    return max(1, max(at for at in range(len(name) + 1) if units_of(name[:at]) <= units))


def _clipped(name: str, units: float) -> str:
    return name if units_of(name) <= units else f"{name[: _fitting(name, units - 1)]}…"
