"""Text set off by an apostrophe where a spreadsheet would calculate it, and taken back when such a file is read: out and in again changes nothing."""

from __future__ import annotations

import re

_FORMULA_BEGINS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_CONTROLS = ("\t", "\r")
# Numbers, percentages and the dashes people write for nothing are no formulas
_HARMLESS = re.compile(r"[-+]?[\d,.]*\d ?%?|[-－—–]+", re.ASCII)
_MARK = "'"


def inert(value: str) -> str:
    """Return ``value`` as it may stand in a CSV: with an apostrophe before what a spreadsheet would take for a formula.

    A text that has such an apostrophe of its own gets another, so that ``as_written`` gives back exactly what was there.
    """
    bare = value.lstrip(_MARK)
    if not _begins_formula(bare):
        return value
    return value if bare == value and _HARMLESS.fullmatch(value.strip(" ")) else _MARK + value


def as_written(value: str) -> str:
    """Return a cell of a CSV without the apostrophe that ``inert`` put before it."""
    if value.startswith(_MARK) and _begins_formula(value.lstrip(_MARK)):
        return value[1:]
    return value


def _begins_formula(bare: str) -> bool:
    return bare.startswith(_CONTROLS) or bare.lstrip().startswith(_FORMULA_BEGINS)
