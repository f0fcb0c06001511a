"""What the page shows, asked at the frame's desk and remembered."""

from __future__ import annotations

from dataclasses import dataclass

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
from salesanalytics.ui.changes.chosen import Chosen
from salesanalytics.ui.frame import Frame


@dataclass(frozen=True)
class Answers:
    """The changes and what moved beside them."""

    changes: Changes
    flows: tuple[StageFlow, ...]
    pushed: tuple[Push, ...]
    handed: tuple[Shift, ...]


def answers_of(frame: Frame, chosen: Chosen) -> Answers:
    """Return the answers for what is chosen."""
    desk, where = frame.desk, frame.where
    found = desk.remember(
        "changes",
        (chosen.start_on, where, chosen.by),
        lambda: changes(desk.view_at(chosen.start_on), desk.view, where, chosen.by),
    )
    times = desk.remember("push-counts", (), lambda: push_counts(desk.view))
    return Answers(found, stage_flows(found.pairs), pushes(found.pairs, times), owner_moves(found.pairs))
