"""CSV downloads: UTF-8 with BOM for Excel, and nothing in them that a spreadsheet would take for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from salesanalytics.intake.inert_text import inert


def harmless(value: object) -> object:
    """Return ``value``, text that a spreadsheet would calculate set off by an apostrophe; numbers stay numbers."""
    return inert(value) if isinstance(value, str) else value


def csv_bytes(rows: Sequence[Mapping[str, object]], headers: Mapping[str, str] | None = None) -> bytes:
    """Return ``rows`` as a CSV file. ``headers``: key → heading, in order; without it the first row's keys are the headings."""
    names = dict(headers) if headers else {name: name for name in (rows[0] if rows else ())}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([harmless(heading) for heading in names.values()])
    writer.writerows([harmless(row.get(name)) for name in names] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()
