"""What stands behind a dwell: every stay in the stage with its days, those still there marked, and the median reckoned from these very rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from salesanalytics.i18n import format, text
from salesanalytics.metrics.funnel_rows import stay_rows
from salesanalytics.metrics.funnel_sql import Mode
from salesanalytics.metrics.survival import Dwell, Stay, dwell
from salesanalytics.metrics.types import Filters
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.funnel.words import stage_name
from salesanalytics.ui.number_detail import rows_dialog

MEDIAN = "stage_dwell_median"
"""The metric whose rows these are: it says the formula, and what each row gives."""


def open_dwell(frame: Frame, filters: Filters, mode: Mode, stage: str, named: str = "") -> None:
    """Open the stays in a stage of the funnel within ``filters``; ``named``: whose funnel it is, where not the page's own."""
    lang, desk = frame.lang, frame.desk
    rows = desk.remember(
        "funnel-stays",
        (filters, mode, stage),
        lambda: stay_rows(desk.view, desk.settings, filters, mode, stage),
    )
    counted = [row for row in rows if row["counted"]]
    found = dwell_of(counted)
    title = text(
        "funnel.opened", lang, stage=stage_name(stage, desk.settings, lang), part=text("funnel.opened_dwell", lang)
    )
    if named:
        title = text("funnel.opened_of", lang, name=named, title=title)
    value = format.days(found.median, lang) if found.median is not None else text("funnel.opened_dwell_none", lang)
    said = text("funnel.formula_dwell", lang, left=format.number(found.left), still=format.number(found.still))
    parts = [desk.metric(MEDIAN).formula(lang), said]
    if len(rows) > len(counted):
        parts.append(text("funnel.formula_dwell_left_out", lang, n=len(rows) - len(counted)))
    rows_dialog(frame, value, "\n".join(parts), filters, counted, title, like=MEDIAN)


def dwell_of(rows: Sequence[dict[str, Any]]) -> Dwell:
    """Return the dwell the rows themselves give."""
    return dwell(Stay(int(row["numerator"]), bool(row["ended"]), 1) for row in rows if row["counted"])
