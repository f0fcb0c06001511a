"""The weekly sample opened: the rows that were drawn, what was found of each, and where they stand in the files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal

from salesanalytics.i18n import format, text
from salesanalytics.insight.weekly_sample import still_visible
from salesanalytics.metrics.types import Filters
from salesanalytics.store.types import SampledRow
from salesanalytics.ui.frame import Frame
from salesanalytics.ui.number_detail import rows_dialog
from salesanalytics.ui.quality.answers import kept_samples
from salesanalytics.ui.quality.opened_cells import SHARE

Which = Literal["drawn", "checked", "wrong"]


def open_sample(frame: Frame, week: str, *, which: Which) -> None:
    """Open a week's figure, or that of all weeks (""): every row drawn, those somebody checked, or those found wrong."""
    lang = frame.lang
    drawn = list(_drawn(frame, week))
    checked = [each for each in drawn if _verdict(each[1]) != "unchecked"]
    right = sum(_verdict(row) == "correct" for _, row in checked)
    of = f"{format.share(right / len(checked) if checked else None)} ({right} / {len(checked)})"
    value = {"drawn": f"{len(checked)} / {len(drawn)}", "checked": of, "wrong": format.number(len(checked) - right)}
    kept = {"drawn": drawn, "checked": checked, "wrong": [each for each in checked if _verdict(each[1]) == "wrong"]}
    rows = [_row(frame, of_week, row) for of_week, row in kept[which]]
    title = f"{text('quality.card_sample', lang)} · {week or text('quality.all_weeks', lang)}"
    formula = text(f"quality.opened_sample_{which}", lang)
    rows_dialog(frame, value[which], formula, Filters(), rows, title, like=SHARE if which == "checked" else None)


def _drawn(frame: Frame, week: str) -> Iterator[tuple[str, SampledRow]]:
    for each, rows in sorted(kept_samples(frame).items(), reverse=True):
        if week in ("", each):
            visible: Sequence[SampledRow] = still_visible(frame.desk.view, rows)
            yield from ((each, row) for row in visible)


def _verdict(row: SampledRow) -> str:
    return row.mark.verdict if row.mark else "unchecked"


def _row(frame: Frame, week: str, row: SampledRow) -> dict[str, Any]:
    said = [week, text(f"quality.verdict_{_verdict(row)}", frame.lang)]
    if row.mark and row.mark.note:
        said.append(row.mark.note)
    return {
        "customer_id": row.customer_id,
        "name": row.customer_name,
        "note": " · ".join(said),
        "owner": row.owner,
        "team": None,
        "stage": row.stage,
        "on": None,
        "amount": None,
        "hit": _verdict(row) == "correct",
        "counted": True,
        "file": row.file,
        "sheet": row.sheet or None,
        "row": row.row,
    }
