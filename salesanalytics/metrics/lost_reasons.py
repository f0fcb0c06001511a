"""Lost reasons as people write them: several in a cell, with a share in brackets."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

_BETWEEN = re.compile(r"[、，,;；/／|\n]")
_SHARE = re.compile(r"[（(][^（()）]*?[0-9０-９]+(?:\.[0-9０-９]+)?\s*[%％][^（()）]*[)）]")

REASONS_SQL = rf"""
    SELECT DISTINCT customer_id, trim(regexp_replace(part, '[\s\p{{{{Z}}}}]+', ' ', 'g')) AS reason
    FROM (
        SELECT customer_id, unnest(string_split_regex(regexp_replace(lost_reason, '{_SHARE.pattern}', '', 'g'), '{_BETWEEN.pattern}')) AS part
        FROM leads WHERE is_lost) AS parts
    WHERE trim(regexp_replace(part, '[\s\p{{{{Z}}}}]+', ' ', 'g')) <> ''"""
"""Lost customers with each of their reasons, as ``split_reasons`` reads them, over ``leads``; its braces are doubled, as in every declaration."""


@dataclass(frozen=True)
class LostReason:
    """A reason, and how many lost customers name it. A customer with two reasons counts in both."""

    reason: str
    customers: int


def split_reasons(cell: str) -> tuple[str, ...]:
    """Return the reasons in a cell, each once, in order: split on 、，,;/ and without "(占比40%)"."""
    parts = (" ".join(part.split()) for part in _BETWEEN.split(_SHARE.sub("", cell)))
    return tuple(dict.fromkeys(part for part in parts if part))


def count_reasons(cells: Iterable[tuple[str, int]]) -> tuple[LostReason, ...]:
    """Return the reasons of (cell, customers) pairs, most named first."""
    counted: Counter[str] = Counter()
    for cell, customers in cells:
        for reason in split_reasons(cell):
            counted[reason] += customers
    return tuple(LostReason(*pair) for pair in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))
