"""What the store answers with: records of imports, previews and outcomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from salesanalytics.intake.types import QuarantinedRow
from salesanalytics.settings import Settings, Severity
from salesanalytics.settings_keys import Change

Verdict = Literal["correct", "wrong", "unchecked"]
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
class ImportedFile:
    """A file of an import. ``kept``: its bytes are still there; else they were let go for newer ones."""

    name: str
    digest: str
    kept: bool


@dataclass(frozen=True)
class HeldRow:
    """A row in quarantine and the import that held it back."""

    import_id: int
    row: QuarantinedRow


@dataclass(frozen=True)
class IssueCount:
    """How many issues of a kind an import was loaded with; ``table`` None where the issue belongs to none."""

    table: str | None
    kind: str
    severity: Severity
    n: int


@dataclass(frozen=True)
class SampleMark:
    """What somebody found of a sampled row: ``unchecked`` takes an earlier verdict back. ``at`` in UTC, None before it is kept."""

    verdict: Verdict
    note: str
    who: str
    at: datetime | None = None


@dataclass(frozen=True)
class SampledRow:
    """One row of a week's sample as it was drawn: ``shown`` the cells to compare with the source (our column → text), and its place in the file."""

    customer_id: str
    customer_name: str | None
    owner: str | None
    stage: str
    shown: Mapping[str, str | None]
    file: str
    sheet: str
    row: int
    mark: SampleMark | None = None


@dataclass(frozen=True)
class AuditEntry:
    """Who did what: ``action`` is kebab-case, ``detail`` what it was done to."""

    happened_at: datetime
    who: str
    action: str
    detail: Mapping[str, object]


@dataclass(frozen=True)
class SettingsVersion:
    """One version of the settings: who made it when, what it changed; ``restores``: the version an undo went back to, 0 = the defaults."""

    number: int
    who: str
    saved_at: datetime
    settings: Settings
    changes: tuple[Change, ...]
    restores: int | None = None
