"""Phone and identity numbers of mainland China in free text: how they are found, and how they are masked."""

from __future__ import annotations

import re

_ID = r"[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[0-9Xx]"
_PHONE = r"(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}"
# An identity number is tried first: eighteen digits contain an eleven-digit run that is no phone.
ID_NUMBER = rf"(?:^|[^0-9A-Za-z])({_ID})(?:$|[^0-9A-Za-z])"
PHONE_NUMBER = rf"(?:^|[^0-9A-Za-z])({_PHONE})(?:$|[^0-9A-Za-z])"
"""Both as polars takes them, the number as group 1."""

_NUMBERS = re.compile(rf"(?<![0-9A-Za-z])(?:{_ID}|{_PHONE})(?![0-9A-Za-z])", re.ASCII)
_ID_LENGTH = 18


def masked(value: str) -> str:
    """Return ``value`` with the middle of every phone and identity number hidden: ``138****5678``, ``110***********002X``."""
    return _NUMBERS.sub(lambda found: _masked_number(found.group()), value)


def withheld(value: str) -> str:
    """Return ``value`` with the numbers cut off after three digits: what a log may keep of the text before it was masked."""
    return _NUMBERS.sub(lambda found: _plain(found.group())[:3] + "…", value)


def _masked_number(number: str) -> str:
    plain = _plain(number)
    return plain[:3] + "*" * (11 if len(plain) == _ID_LENGTH else 4) + plain[-4:]


def _plain(number: str) -> str:
    """The digits without joining signs and country code."""
    digits = re.sub(r"[- +]", "", number)
    return digits if len(digits) == _ID_LENGTH else digits[-11:]
