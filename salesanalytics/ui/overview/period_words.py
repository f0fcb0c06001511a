"""A bucket's short name on the overview: Q4, November, W45, 2026."""

from __future__ import annotations

from salesanalytics.i18n import Lang, format, text
from salesanalytics.metrics.periods import Period as Days
from salesanalytics.ui.periods import Period, quarter_of


def bucket_words(grain: Period, whole: Days, lang: Lang) -> str:
    """Return the name of the bucket ``whole``."""
    return text(
        f"overview.bucket_{grain}",
        lang,
        week=format.week(whole.start),
        month=whole.start.month,
        quarter=quarter_of(whole.start),
        year=whole.start.year,
    )
