"""What stands behind a stage that became slower: those who entered it in one of the two compared windows, each with the stay, and what the shares are reckoned from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from salesanalytics.i18n import Lang, format, text
from salesanalytics.insight.advances import ADVANCE_DAYS, advance_rows, advance_windows
from salesanalytics.insight.findings import Finding, two_share_z
from salesanalytics.metrics.periods import Period
from salesanalytics.metrics.types import Filters
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.number_detail import rows_dialog

BEFORE = "before"
"""The part of a finding's id that asks for the earlier window."""
_LIKE = "stage_conversion"
"""A share of customers: each row says whether it counts above the line."""


def is_step(finding: Finding) -> bool:
    """Whether a finding says that a stage is passed less often than before."""
    return finding.kind in ("stage-slower", "stage-slower-reason") and "stage" in finding.params


def open_step(frame: Frame, finding: Finding, *, earlier: bool) -> None:
    """Open the customers who entered the finding's stage in the window it speaks of, or in the ``earlier`` one."""
    desk, lang, stage = frame.desk, frame.lang, str(finding.params["stage"])
    windows = advance_windows(desk.as_of)
    groups = [_rows(frame, stage, entered) for entered in windows]
    name = desk.settings.stages.get(stage).name(lang)
    part = "opened_before" if earlier else "opened"
    (k1, n1), (k2, n2) = ((sum(row["hit"] for row in rows), len(rows)) for rows in groups)
    lines = [
        text("finding.step.formula", lang, stage=name, days=ADVANCE_DAYS),
        *(
            text(
                f"finding.step.{said}",
                lang,
                start=format.day(entered.start),
                end=format.day(entered.end),
                k=format.number(k),
                n=n,
                share=format.share(k / n if n else None),
            )
            for said, entered, k, n in (("counted", windows[0], k1, n1), ("counted_before", windows[1], k2, n2))
        ),
        text("finding.step.why", lang, days=ADVANCE_DAYS, z=format.number(two_share_z(k1, n1, k2, n2), 2)),
    ]
    k, n, entered, rows = (k2, n2, windows[1], groups[1]) if earlier else (k1, n1, windows[0], groups[0])
    noted = [{**row, "note": stay_words(row, lang)} for row in rows]
    title = text(f"finding.step.{part}", lang, stage=name, days=ADVANCE_DAYS)
    filters = Filters(frame.where, entered.start, entered.end)
    rows_dialog(frame, format.share(k / n if n else None), "\n".join(lines), filters, noted, title, like=_LIKE)


def _rows(frame: Frame, stage: str, entered: Period) -> Sequence[dict[str, Any]]:
    return frame.desk.remember(
        "step-rows",
        (stage, entered, frame.where),
        lambda: advance_rows(frame.desk.view, frame.where, stage, entered),
    )


def stay_words(row: dict[str, Any], lang: Lang) -> str:
    """Say how long a customer stayed, and how the stay ended."""
    gone = row["gone"]
    if row["stayed"] is None:
        return text("finding.step.stay_lost_undated" if gone == "lost" else "finding.step.stay_undated", lang)
    return text(f"finding.step.stay_{gone}", lang, days=format.number(row["stayed"]))
