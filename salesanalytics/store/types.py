"""What the store answers with: records of imports, previews and outcomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from salesanalytics.intake.types import QuarantinedRow

Mode = Literal["full", "changes"]


@dataclass(frozen=True)
class TableCounts:
    """Rows of one table in an import: against the state just before it."""

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    missing: int = 0
    quarantined: int = 0


@dataclass(frozen=True)
class ImportPreview:
    """What a load would do, without doing it. ``samples``: a few keys a table and outcome. ``repeat_of``: the import that already holds the same files."""

    as_of: date
    mode: Mode
    tables: Mapping[str, TableCounts]
    samples: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    repeat_of: int | None = None


@dataclass(frozen=True)
class ImportOutcome:
    """What a load did. ``repeated``: the same files were already loaded, so nothing changed."""

    import_id: int
    as_of: date
    tables: Mapping[str, TableCounts]
    repeated: bool = False


@dataclass(frozen=True)
class ImportRecord:
    """One line of the import history."""

    import_id: int
    as_of: date
    mode: Mode
    who: str
    loaded_at: datetime
    files: tuple[str, ...]
    tables: Mapping[str, TableCounts]
    undone_at: datetime | None = None
    undone_by: str | None = None


@dataclass(frozen=True)
class HeldRow:
    """A row in quarantine and the import that held it back."""

    import_id: int
    row: QuarantinedRow


@dataclass(frozen=True)
class AuditEntry:
    """Who did what: ``action`` is kebab-case, ``detail`` what it was done to."""

    happened_at: datetime
    who: str
    action: str
    detail: Mapping[str, object]
