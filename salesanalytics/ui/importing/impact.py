"""What loading a draft would change: rows by outcome, who goes missing, and the figures before and after."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from salesanalytics.access.scope import EVERYONE
from salesanalytics.access.view import ReadableState, View
from salesanalytics.intake.types import Batch
from salesanalytics.metrics.run import ask
from salesanalytics.metrics.types import Filters, MetricQuery
from salesanalytics.settings import Settings
from salesanalytics.store.types import TableCounts
from salesanalytics.store.workspace import Workspace
from salesanalytics.ui.importing.draft import ImportDraft

EFFECTS = ("leads", "open_amount", "sales_amount")
"""The metrics whose change is shown; sales in the quarter of the import."""


@dataclass(frozen=True)
class Accounts:
    """Where the data rows of the files go. ``total`` is counted from the files, the others from the batch and the preview."""

    total: int = 0
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    merged: int = 0
    quarantined: int = 0
    left_out: int = 0

    @property
    def parts(self) -> tuple[int, ...]:
        """The parts that must add up to ``total``, the empty last ones left out."""
        own = (self.new, self.updated, self.unchanged, self.merged, self.quarantined)
        return (*own, self.left_out) if self.left_out else own

    @property
    def balanced(self) -> bool:
        """Whether every row is accounted for."""
        return sum(self.parts) == self.total


@dataclass(frozen=True)
class Impact:
    """What a load would do. ``figures``: metric → value afterwards; ``samples``: table → outcome → a few keys."""

    accounts: Accounts
    tables: Mapping[str, TableCounts]
    missing: int
    samples: Mapping[str, Mapping[str, tuple[str, ...]]]
    figures: Mapping[str, float | None]
    repeat_of: int | None = None


def quarter_start(day: date) -> date:
    """Return the first day of the quarter ``day`` lies in."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def _figures(state: ReadableState, as_of: date, settings: Settings) -> dict[str, float | None]:
    view = View(state, EVERYONE)
    stocks = ask(view, MetricQuery(("leads", "open_amount")), settings).total.values
    in_quarter = Filters(start=quarter_start(as_of), end=as_of)
    sales = ask(view, MetricQuery(("sales_amount",), filters=in_quarter), settings).total.values
    return {**stocks, **sales}


def effect_now(workspace: Workspace, as_of: date) -> dict[str, float | None]:
    """Return the figures as they are now; nothing in an empty workspace."""
    if not workspace.as_of_dates():
        return dict.fromkeys(EFFECTS)
    return _figures(workspace.state(), as_of, workspace.settings())


def impact_of(
    workspace: Workspace, batch: Batch, draft: ImportDraft, as_of: date, progress: Callable[[float], None] | None = None
) -> Impact:
    """Rehearse the load of ``batch`` and return what it would do; nothing is changed, also when ``progress`` ends it by raising."""
    with workspace.rehearse(batch, as_of, draft.mode, progress) as state:
        preview = state.preview
        figures = _figures(state, as_of, workspace.settings())
    missing = sum(counts.missing for counts in preview.tables.values())
    accounts = account(batch, draft, preview.tables)
    return Impact(accounts, preview.tables, missing, preview.samples, figures, preview.repeat_of)


def account(batch: Batch, draft: ImportDraft, tables: Mapping[str, TableCounts]) -> Accounts:
    """Count where each data row of the recognised sheets goes. Copies that are held back count as held back, not as merged."""
    left_out, total = draft.left_out, 0
    dropped: set[tuple[str, str, int]] = set()
    for sheet in (sheet for file in batch.files if file.refused is None for sheet in file.sheets if sheet.table):
        place = sheet.raw.digest, sheet.raw.sheet
        numbers = {sheet.raw.row_numbers[index] for index in sheet.data_indices} if draft.rows or left_out else set()
        if draft.rows:
            numbers &= {row for *of_sheet, row in draft.rows if tuple(of_sheet) == place}
        total += len(numbers) if draft.rows else len(sheet.data_indices)
        own = {row for *of_sheet, row in left_out if tuple(of_sheet) == place}
        if own:
            dropped |= {(*place, row) for row in own & numbers}
    loaded = sum(frame.height for frame in batch.tables.values())
    spare = total - len(dropped) - loaded - len(batch.quarantine)
    return Accounts(
        total=total,
        new=sum(counts.new for counts in tables.values()),
        updated=sum(counts.updated for counts in tables.values()),
        unchanged=sum(counts.unchanged for counts in tables.values()),
        merged=min(spare, sum(batch.identical_rows.values())),
        quarantined=len(batch.quarantine),
        left_out=len(dropped),
    )
