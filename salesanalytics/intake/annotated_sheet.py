"""The list of issues that an annotated workbook begins with: known again when the corrected workbook comes back, and never taken for data."""

from __future__ import annotations

from salesanalytics.i18n import LANGS, Lang, text
from salesanalytics.intake.types import RawSheet


def list_title(lang: Lang) -> str:
    """Return the text of the list's first cell, by which it is known."""
    return text("annotated.title", lang)


def is_issue_list(raw: RawSheet) -> bool:
    """Say whether a sheet is the list of issues we added to a workbook, in whichever language."""
    first = raw.rows[0][0] if raw.rows and raw.rows[0] else None
    return isinstance(first, str) and first.strip() in {list_title(lang) for lang in LANGS}
