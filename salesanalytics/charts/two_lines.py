"""Names broken into two lines where one is too narrow, by how wide their signs are."""

from __future__ import annotations

import unicodedata


def units_of(name: str) -> float:
    """Return how wide a text is, in Latin letters: a hanzi is nearly two."""
    return sum(1.75 if unicodedata.east_asian_width(sign) in "WF" else 1.0 for sign in name)


def in_two_lines(name: str, units: float, whole: float = 0.0) -> str:
    """Return a name broken near its middle where it is wider than ``units`` Latin letters; what is too long even so is cut off.

    It is broken after a space or a sign that joins, if one fits the first line; a single word up to ``whole`` stays as it is.
    """
    if units_of(name) <= units:
        return name
    ends = [at + 1 for at, sign in enumerate(name[:-1]) if sign in " /-·" and at]
    fitting = [at for at in ends if units_of(name[:at].rstrip()) <= units and units_of(name[at:]) <= units]
    if fitting:
        at = min(fitting, key=lambda place: abs(place - len(name) / 2))
        return f"{name[:at].rstrip()}<br>{name[at:]}"
    if units_of(name) <= whole:
        return name
    # a family name cut short reads better than one that begins on the given name's line
    if first := [at for at in ends if units_of(name[:at].rstrip()) <= units]:
        return f"{name[: first[-1]].rstrip()}<br>{_clipped(name[first[-1] :], units)}"
    at = _fitting(name, units - 1)
    hyphen = "-" if all(_letter(sign) for sign in name[at - 1 : at + 1]) else ""
    return f"{name[:at].rstrip()}{hyphen}<br>{_clipped(name[at:].lstrip(), units)}"


def _letter(sign: str) -> bool:
    """Whether a word is broken where it is cut beside this sign: between letters of any alphabet, not between hanzi."""
    return sign.isalpha() and unicodedata.east_asian_width(sign) not in "WF"


def _fitting(name: str, units: float) -> int:
    return max(1, max(at for at in range(len(name) + 1) if units_of(name[:at]) <= units))


def _clipped(name: str, units: float) -> str:
    return name if units_of(name) <= units else f"{name[: _fitting(name, units - 1)]}…"
