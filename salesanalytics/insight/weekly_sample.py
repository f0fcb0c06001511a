"""The weekly sample to check by hand: a few customers drawn by chance that anybody can repeat, spread over the owners.

Drawn by hash of week, workspace and customer: the same week gives the same customers, another week others. Every owner gives their first
before anyone gives a second, in an order that is chance as well.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from salesanalytics.access.scope import Scope
from salesanalytics.access.view import View
from salesanalytics.metrics.wilson import interval
from salesanalytics.settings import Settings
from salesanalytics.store.types import SampledRow

SHOWN = ("industry", "source", "stage", "first_contact_on", "last_followup_on", "expected_amount")
"""The columns to compare with the source."""


@dataclass(frozen=True)
class WeekAccuracy:
    """What was found of a week's sample: ``correct`` and ``wrong`` rows, of ``rows`` drawn."""

    week: str
    correct: int
    wrong: int
    rows: int

    @property
    def checked(self) -> int:
        """Rows somebody gave a verdict on."""
        return self.correct + self.wrong

    @property
    def share(self) -> float | None:
        """The share (0-1) of checked rows that were correct; None while nothing is checked."""
        return self.correct / self.checked if self.checked else None

    @property
    def bounds(self) -> tuple[float, float] | None:
        """The share's 95 % Wilson interval."""
        return interval(self.correct, self.checked)


def iso_week(day: date) -> str:
    """Return the ISO week of a day: ``2026-W45``."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def audience(scope: Scope) -> str:
    """Return the name under which a scope's samples are kept: who sees other customers is given other samples."""
    if scope.everyone:
        return "everyone"
    seen = repr((sorted(scope.owners or ()), sorted(scope.teams or ()), scope.pool))
    return sha256(seen.encode()).hexdigest()[:16]


def draw_sample(view: View, settings: Settings, workspace: str) -> tuple[SampledRow, ...]:
    """Return the sample of the as-of date's week among the customers the viewer may see. ``workspace`` tells one from another."""
    cells = ", ".join(f"CAST({name} AS VARCHAR) AS shown_{name}" for name in SHOWN)
    rows = view.fetch(
        f"""SELECT customer_id, customer_name, nullif(owner, '') AS owner, stage, file, sheet, "row", {cells} FROM leads
        WHERE file IS NOT NULL"""
    )
    week = iso_week(view.as_of)

    def chance(*parts: str) -> str:
        return sha256("\x1f".join((week, workspace, *parts)).encode()).hexdigest()

    by_owner: dict[str, list[tuple[str, SampledRow]]] = {}
    for row in rows:
        sampled = SampledRow(
            row["customer_id"], row["customer_name"], row["owner"], row["stage"],
            {name: row[f"shown_{name}"] for name in SHOWN}, row["file"], row["sheet"] or "", int(row["row"]),
        )  # fmt: skip
        by_owner.setdefault(row["owner"] or "", []).append((chance("customer", row["customer_id"]), sampled))
    turns = [
        (turn, chance("owner", owner), sampled)
        for owner, own in by_owner.items()
        for turn, (_, sampled) in enumerate(sorted(own, key=lambda pair: pair[0]))
    ]
    drawn = sorted(turns, key=lambda each: each[:2])[: settings.quality.sample_rows]
    return tuple(sampled for _, _, sampled in drawn)


def accuracy(kept: Mapping[str, Sequence[SampledRow]]) -> tuple[WeekAccuracy, ...]:
    """Return what was found of each kept week, newest first."""
    return tuple(
        WeekAccuracy(
            week,
            sum(row.mark is not None and row.mark.verdict == "correct" for row in rows),
            sum(row.mark is not None and row.mark.verdict == "wrong" for row in rows),
            len(rows),
        )
        for week, rows in sorted(kept.items(), reverse=True)
    )


def still_visible(view: View, rows: Sequence[SampledRow]) -> tuple[SampledRow, ...]:
    """Return the kept rows whose customers the viewer may still see; for who sees everyone all, those gone missing too."""
    if view.scope.everyone:
        return tuple(rows)
    seen = {row["customer_id"] for row in view.fetch("SELECT customer_id FROM leads")}
    return tuple(row for row in rows if row.customer_id in seen)
