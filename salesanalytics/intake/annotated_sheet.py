"""What we add to files that come back corrected (a list of issues, columns of origin): known again and never taken for data."""

from __future__ import annotations

from functools import cache

from salesanalytics.i18n import LANGS, Lang, text
from salesanalytics.intake.types import RawSheet

ORIGIN = ("held_file", "held_sheet", "held_row", "held_reasons")
"""The columns we put after a held row's own cells: where it came from, and why it was held back."""


def list_title(lang: Lang) -> str:
    """Return the text of the list's first cell, by which it is known."""
    return text("annotated.title", lang)


def is_issue_list(raw: RawSheet) -> bool:
    """Say whether a sheet is the list of issues we added to a workbook, in whichever language."""
    first = raw.rows[0][0] if raw.rows and raw.rows[0] else None
    return isinstance(first, str) and first.strip() in {list_title(lang) for lang in LANGS}


@cache
def origin_headers() -> frozenset[str]:
    """Return the headers of the columns of origin, in every language."""
    return frozenset(text(f"annotated.{name}", lang) for name in ORIGIN for lang in LANGS)
