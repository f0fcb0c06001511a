"""What each import brought in: duplicates and other issues by kind, import by import, up to the as-of date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from salesanalytics.access.scope import Scope
from salesanalytics.store.types import ImportRecord, IssueCount

IDENTICAL, CONFLICTING = "duplicate-identical", "duplicate-conflicting"


@dataclass(frozen=True)
class ImportQuality:
    """One import. ``kinds``: issues by kind, None = from before they were kept. ``rows`` read into tables, ``held`` kept in quarantine."""

    import_id: int
    as_of: date
    files: tuple[str, ...]
    rows: int
    held: int
    kinds: Mapping[str, int] | None

    def of(self, kind: str) -> int | None:
        """How many issues of ``kind``; None where that was not kept."""
        return None if self.kinds is None else self.kinds.get(kind, 0)

    @property
    def issues(self) -> int | None:
        """All issues; None where they were not kept."""
        return None if self.kinds is None else sum(self.kinds.values())

    @property
    def per_thousand(self) -> float | None:
        """Issues a thousand rows, so that a long file can be compared with a short one."""
        total = self.rows + self.held
        return None if self.issues is None or not total else 1000 * self.issues / total


def import_quality(
    records: Sequence[ImportRecord], issues: Mapping[int, Sequence[IssueCount]], as_of: date, scope: Scope
) -> tuple[ImportQuality, ...] | None:
    """Return the imports that count by ``as_of``, oldest first; None for a narrower scope: an import is of the whole company."""
    if not scope.everyone:
        return None
    kept = [record for record in records if record.undone_at is None and record.as_of <= as_of]
    return tuple(
        ImportQuality(
            record.import_id,
            record.as_of,
            record.files,
            sum(count.new + count.updated + count.unchanged for count in record.tables.values()),
            sum(count.quarantined for count in record.tables.values()),
            _by_kind(issues.get(record.import_id)),
        )
        for record in sorted(kept, key=lambda record: (record.as_of, record.import_id))
    )


def _by_kind(counts: Sequence[IssueCount] | None) -> Counter[str] | None:
    if counts is None:
        return None
    found: Counter[str] = Counter()
    for count in counts:
        found[count.kind] += count.n
    return found


def kinds_over_time(imports: Sequence[ImportQuality]) -> tuple[str, ...]:
    """Return the kinds ever found: duplicates first, then the most frequent in the newest import that knows, then over all."""
    total: Counter[str] = Counter()
    for each in imports:
        total.update(each.kinds or {})
    newest = next((each.kinds for each in reversed(imports) if each.kinds is not None), {})
    rest = sorted(total.keys() - {IDENTICAL, CONFLICTING}, key=lambda kind: (-newest.get(kind, 0), -total[kind], kind))
    return (CONFLICTING, IDENTICAL, *rest)
