"""What the page shows, asked at the frame's desk and remembered."""

from __future__ import annotations

from dataclasses import dataclass

from salesanalytics.insight.changes.absences import Absence, missing_rows, reappeared_rows
from salesanalytics.insight.changes.beside import (
    Push,
    Shift,
    StageFlow,
    owner_moves,
    push_counts,
    pushes,
    stage_flows,
)
from salesanalytics.insight.changes.bridge import Changes, changes
from salesanalytics.insight.changes.moves import Pair
from salesanalytics.ui.changes.chosen import Chosen
from salesanalytics.ui.frame import Frame


@dataclass(frozen=True)
class Answers:
    """The changes, what moved beside them, and the rows that vanished or came back."""

    changes: Changes
    flows: tuple[StageFlow, ...]
    pushed: tuple[Push, ...]
    handed: tuple[Shift, ...]
    missing: tuple[Absence, ...] = ()
    reappeared: tuple[Absence, ...] = ()


def answers_of(frame: Frame, chosen: Chosen) -> Answers:
    """Return the answers for what is chosen."""
    desk, where = frame.desk, frame.where
    found = desk.remember(
        "changes",
        (chosen.start_on, where, chosen.by),
        lambda: changes(desk.view_at(chosen.start_on), desk.view, where, chosen.by, every=False),
    )
    start = desk.at(chosen.start_on)
    absent = desk.remember(
        "absences",
        (chosen.start_on, where),
        lambda: (missing_rows(found.whole, desk.view), reappeared_rows(found.whole, start.view, desk.view)),
    )
    times = desk.remember("push-counts", (), lambda: push_counts(desk.view))
    return Answers(found, stage_flows(found.pairs), pushes(found.pairs, times), owner_moves(found.pairs), *absent)


def everybody(frame: Frame, found: Changes) -> tuple[Pair, ...]:
    """Return every customer open within the filters at either date, also those of whom nothing changed: ten times as many to read."""
    desk, where = frame.desk, frame.where
    return desk.remember(
        "changes-everybody",
        (found.start_on, where),
        lambda: changes(desk.view_at(found.start_on), desk.view, where).pairs,
    )
