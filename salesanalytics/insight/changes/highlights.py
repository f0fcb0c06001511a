"""The three changes that matter most: the groups of deals that moved the most money, each with its largest deal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from salesanalytics.insight.changes.beside import Push, StageFlow
from salesanalytics.insight.changes.bridge import Bridge
from salesanalytics.insight.changes.deals import Deal
from salesanalytics.insight.changes.moves import NOTHING

Topic = Literal[
    "new", "reappeared", "reopened", "transferred-in", "reclassified-in", "first-amount", "increased", "decreased",
    "won", "lost", "missing", "transferred-out", "reclassified-out", "out-of-quarter", "backward",
]  # fmt: skip
MOST = 3


@dataclass(frozen=True)
class Highlight:
    """One thing that happened: to how many ``customers``, what ``amount`` it moved (currency, positive), its largest deal and that one's part of the amount."""

    topic: Topic
    customers: int
    amount: Decimal
    largest: Deal
    largest_amount: Decimal

    @property
    def share(self) -> float:
        """The largest deal's part of the amount, 0-1."""
        return float(self.largest_amount / self.amount) if self.amount else 0.0


def highlights(
    bridge: Bridge, flows: Sequence[StageFlow], pushed: Sequence[Push], most: int = MOST
) -> tuple[Highlight, ...]:
    """Return what moved the most money, first; what moved none is not among them.

    Deals that left their quarter or fell back a stage stay in the pipeline, so they are in no bar, and yet weigh as much as if they had left it.
    """
    found: list[Highlight | None] = []
    for bar in bridge.bars:
        own = [(move.deal, abs(move.amount)) for move in bridge.of(bar.kind) if not move.first_named]
        found.append(_gathered(bar.kind, own))  # type: ignore[arg-type]
    named = [(move.deal, move.amount) for move in bridge.moves if move.first_named]
    found.append(_gathered("first-amount", named))
    found.append(_gathered("out-of-quarter", [(one.end, one.amount) for one in pushed if one.leaves_quarter]))
    back = [(one.end, one.amount) for flow in flows if not flow.forward for one in flow.shifts]
    found.append(_gathered("backward", back))
    told = [one for one in found if one is not None]
    return tuple(sorted(told, key=lambda one: (-one.amount, one.topic))[:most])


def _gathered(topic: Topic, deals: Sequence[tuple[Deal, Decimal]]) -> Highlight | None:
    amount = sum((worth for _, worth in deals), NOTHING)
    if not amount:
        return None
    largest, worth = max(deals, key=lambda one: (one[1], one[0].customer_id))
    return Highlight(topic, len(deals), amount, largest, worth)
