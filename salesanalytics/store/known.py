"""What was known at an earlier moment: the imports that counted then, and any SELECT over the imports cut down to these.

An import counted at a moment when it had been loaded and not yet undone. A state is made of the imports it reads, so that one of fewer imports is
the state of a workspace that only ever got these: nothing else is stored of what pages showed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from salesanalytics.store.ddl import SCHEMA
from salesanalytics.store.types import ImportRecord

Known = frozenset[int]
"""The numbers of the imports that counted."""
_IMPORTS = re.compile(rf"\b{re.escape(SCHEMA)}\.imports\b")


def known_at(records: Iterable[ImportRecord], moment: datetime) -> Known:
    """Return the imports that counted just before ``moment`` (with a zone, as the records have theirs)."""
    return frozenset(
        one.import_id
        for one in records
        if one.loaded_at < moment and (one.undone_at is None or one.undone_at >= moment)
    )


def as_known(sql: str, known: Known | None) -> str:
    """Return ``sql`` as if ``known`` were the only imports, none of them undone; unchanged for None (those that count now)."""
    if known is None:
        return sql
    numbers = ", ".join(str(int(number)) for number in sorted(known)) or "NULL"
    cut = f"(SELECT * REPLACE (NULL::TIMESTAMP AS undone_at) FROM {SCHEMA}.imports WHERE import_id IN ({numbers}))"
    return _IMPORTS.sub(lambda _: cut, sql)
