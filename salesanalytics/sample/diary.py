"""What is written down about one customer: dated changes of its row, and follow-up records. An export replays both up to its date."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from salesanalytics.sample.arrivals import Arrival
from salesanalytics.sample.chance import pick
from salesanalytics.sample.company import Company
from salesanalytics.sample.story import Story

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """New values of some columns of a customer's row, visible in the CRM from ``recorded_at``."""

    recorded_at: datetime
    values: Row


@dataclass(slots=True)
class Diary:
    """One customer's life in the CRM. ``row`` is its newest state; ``entries`` the true (day, stage) moves; nothing is recorded backwards."""

    rng: Random
    company: Company
    story: Story
    arrival: Arrival
    row: Row = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    followups: list[Row] = field(default_factory=list)
    entries: list[tuple[date, str]] = field(default_factory=list)
    written_until: datetime = datetime.min

    def change(self, when: datetime, **values: Any) -> None:
        """Record new values at ``when``, or just after what was recorded last if that was later."""
        self.written_until = max(self.written_until, when)
        self.changes.append(Change(self.written_until, values))
        self.row.update(values)

    def move(self, when: datetime, stage: str, **values: Any) -> None:
        """Enter ``stage`` with a follow-up that says so (unless the rep records nothing)."""
        self.entries.append((when.date(), stage))
        self.follow_up(when, stage, stage_after=stage, stage=stage, **values)

    def follow_up(
        self,
        when: datetime,
        phrases: str,
        stage_after: str | None = None,
        next_on: date | None = None,
        **values: Any,
    ) -> None:
        """Contact the customer at ``when``; the record may be written days late, and the row's changes become visible with it."""
        rep = self.row["owner"]
        if not self.story.records(rep, when.date()):
            self.change(when, **values)
            return
        recorded = max(when + self._delay(), self.written_until)
        self.followups.append(self._record(when, recorded, rep, phrases, stage_after, next_on))
        first = {} if self.row.get("first_followup_on") else {"first_followup_on": when.date()}
        self.change(recorded, last_followup_on=when.date(), **first, **values)

    def _delay(self) -> timedelta:
        if self.rng.random() < 0.04:
            return timedelta(days=self.rng.randint(3, 6), minutes=self.rng.randint(0, 60))
        return timedelta(minutes=self.rng.randint(2, 50))

    def _record(
        self,
        when: datetime,
        recorded: datetime,
        rep: str,
        phrases: str,
        stage_after: str | None,
        next_on: date | None,
    ) -> Row:
        words = self.company.phrases[phrases]
        summary = self.rng.choice(words["summary"])
        return {
            "customer_id": self.arrival.customer_id,
            "followed_up_at": when,
            "method": pick(self.rng, self.company.methods),
            "followed_up_by": rep,
            "summary": summary,
            "feedback": self.rng.choice(words["feedback"]) or None,
            "next_step": self.rng.choice(words["next"]) or None,
            "effective": self.rng.random() < 0.76,
            "stage_after": stage_after,
            "recorded_at": recorded,
            "next_followup_on": next_on,
        }
