"""Days an upload itself speaks of where its file names tell none: proposed when the user is asked, never taken unasked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal, cast

import polars as pl

from salesanalytics.intake.as_of import days_in
from salesanalytics.intake.types import Batch, MatchedSheet
from salesanalytics.intake.typing_cells import show

TITLE_ROWS = 10  # rows above a header that are looked at
_HAPPENED = {
    "leads": ("first_contact_on", "last_followup_on", "won_on", "lost_on", "first_followup_on"),
    "followups": ("followed_up_at", "recorded_at"),
    "contracts": ("signed_on", "collected_on"),
}


@dataclass(frozen=True)
class DayTold:
    """One day, and what tells it: a title above a table, the latest event in the rows, or the calendar."""

    day: date
    source: Literal["title", "latest", "today"]


def days_told(batch: Batch, today: date) -> list[DayTold]:
    """Return the days this upload may be of, the best grounded first, each day once."""
    found: list[DayTold] = []
    if titled := [day for day in _titled(batch) if day <= today]:
        found.append(DayTold(max(titled), "title"))
    if happened := list(_happened(batch, today)):
        found.append(DayTold(max(happened), "latest"))
    found.append(DayTold(today, "today"))
    days = [told.day for told in found]
    return [told for at, told in enumerate(found) if told.day not in days[:at]]


def _titled(batch: Batch) -> Iterator[date]:
    for sheet in _tables(batch):
        above = [
            row for row, n in zip(sheet.raw.rows, sheet.raw.row_numbers, strict=False) if n < (sheet.header_row or 0)
        ]
        for row in above[-TITLE_ROWS:]:
            for cell in row:
                yield from days_in(show(cell) or "")


def _tables(batch: Batch) -> Iterator[MatchedSheet]:
    return (sheet for file in batch.files for sheet in file.sheets if sheet.table)


def _happened(batch: Batch, today: date) -> Iterator[date]:
    for name, columns in _HAPPENED.items():
        frame = batch.tables.get(name)
        for column in columns:
            if frame is not None and column in frame.columns:
                days = frame[column].cast(pl.Date)
                if (newest := days.filter(days <= today).max()) is not None:
                    yield cast("date", newest)
