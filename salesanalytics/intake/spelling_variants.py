"""One value spelled several ways (``OnlineStore`` / ``Online Store``, 华东 / 華東): proposed as one, never silently made one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from salesanalytics.intake.findings import Headers, headers_of
from salesanalytics.intake.issues import severity_of
from salesanalytics.intake.types import Issue
from salesanalytics.intake.typing_sheet import TypedSheet
from salesanalytics.settings import Settings
from salesanalytics.tables.traditional import simplified

VOCABULARIES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "industry": (("leads", "industry"),),
    "source": (("leads", "source"), ("channel_costs", "source")),
    "region": (("leads", "region"), ("targets", "region")),
    "team": (("leads", "team"), ("targets", "team")),
    "owner": (("leads", "owner"), ("followups", "followed_up_by"), ("targets", "owner")),
}
"""What values are compared with each other: vocabulary → the (table, column) pairs that use it."""
KnownValues = Callable[[], Mapping[str, Collection[str]]] | Mapping[str, Collection[str]] | None
"""Vocabulary → the spellings the workspace holds already."""

# Spaces and joining signs say nothing, but between digits they do: 1-1 is not 11
_JOINTS = re.compile(r"(?<![0-9])[\s\-_.·・'’、,/&\u200b\ufeff]+|[\s\-_.·・'’、,/&\u200b\ufeff]+(?![0-9])")


@dataclass(frozen=True)
class _Use:
    """One spelling in one column: how often, and where first."""

    table: str
    field: str
    spelling: str
    rows: int
    file: str
    sheet: str
    row: int


def spelling_key(value: str) -> str:
    """Return what all spellings of one value share: width, case, spaces, joining signs and traditional signs folded."""
    return _JOINTS.sub("", simplified(unicodedata.normalize("NFKC", value).casefold())) or value


def spelling_variants(
    frames: Mapping[str, pl.DataFrame], sheets: Sequence[TypedSheet], settings: Settings, known: KnownValues = None
) -> list[Issue]:
    """Return an issue for each spelling that is a variant of a commoner one, at its first row in each column, telling the number of rows.

    The spelling preferred is one the workspace knows, then the one in most rows, then the one met first.
    """
    held = (known() if callable(known) else known) or {}
    headers = {table: headers_of([sheet for sheet in sheets if sheet.table == table]) for table in frames}
    issues: list[Issue] = []
    for vocabulary, columns in VOCABULARIES.items():
        uses = [use for table, field in columns if table in frames for use in _uses(frames[table], table, field)]
        preferred = _preferred(uses, held.get(vocabulary, ()))
        for use in uses:
            best = preferred[spelling_key(use.spelling)]
            if best != use.spelling:
                issues.append(_issue(use, best, headers[use.table], settings))
    return issues


def _uses(frame: pl.DataFrame, table: str, field: str) -> list[_Use]:
    counted = (
        frame.filter(pl.col(field).is_not_null())
        .group_by(field, maintain_order=True)
        .agg(pl.len().alias("rows"), pl.col("_file", "_sheet", "_row").first())
    )
    return [_Use(table, field, *row) for row in counted.iter_rows()]


def _preferred(uses: Sequence[_Use], held: Collection[str]) -> dict[str, str]:
    known = set(held)
    rows: dict[str, dict[str, int]] = {}
    for spelling in known:  # sorted below: a set has no order of its own
        rows.setdefault(spelling_key(spelling), {})[spelling] = 0
    for use in uses:
        counts = rows.setdefault(spelling_key(use.spelling), {})
        counts[use.spelling] = counts.get(use.spelling, 0) + use.rows
    first = {use.spelling: at for at, use in reversed(list(enumerate(uses)))}
    return {
        key: max(sorted(counts), key=lambda each: (each in known, counts[each], -first.get(each, len(uses))))
        for key, counts in rows.items()
    }


def _issue(use: _Use, best: str, headers: Headers, settings: Settings) -> Issue:
    return Issue(
        kind="spelling-variant",
        severity=severity_of("spelling-variant", settings),
        file=use.file,
        sheet=use.sheet,
        row=use.row,
        column=headers.get((use.file, use.sheet), {}).get(use.field),
        field=use.field,
        table=use.table,
        found=use.spelling,
        expected=str(use.rows),
        suggestion=best,
    )
