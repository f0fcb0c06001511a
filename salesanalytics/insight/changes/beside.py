"""What moved beside the bridge: stages, owners, expected closes with their push counts, and every customer in one line. Pure but for the push counts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from salesanalytics.access.view import View
from salesanalytics.insight.changes.deals import Deal
from salesanalytics.insight.changes.moves import NOTHING, Kind, Move, Pair, bucket, moves_of


@dataclass(frozen=True)
class Shift:
    """A customer open within the filters at both dates, of whom something changed."""

    start: Deal
    end: Deal

    @property
    def amount(self) -> Decimal:
        """The expected amount now, currency; 0 where unknown (it adds nothing)."""
        return self.end.amount or NOTHING


@dataclass(frozen=True)
class StageFlow:
    """Open deals that went from one stage to another. ``owner``: who has most of them now ("" = the pool), with ``owner_count``; amount as it is now, currency."""

    stage_from: str
    stage_to: str
    forward: bool
    customers: int
    amount: Decimal
    unknown: int
    owner: str
    owner_count: int
    shifts: tuple[Shift, ...]


def stayed(pairs: Iterable[Pair]) -> list[Shift]:
    """Return the deals open within the filters at both dates, the largest first."""
    found = [
        Shift(one.start, one.end) for one in pairs if one.start and one.end and one.start.counted and one.end.counted
    ]
    return sorted(found, key=lambda one: (-one.amount, one.end.customer_id))


def stage_flows(pairs: Iterable[Pair]) -> tuple[StageFlow, ...]:
    """Return the moves from stage to stage among the deals that stayed open: forward ones first, each by the number of customers."""
    flows = defaultdict[tuple[str, str], list[Shift]](list)
    for one in stayed(pairs):
        if one.start.stage != one.end.stage:
            flows[one.start.stage, one.end.stage].append(one)
    found = [_flow(*stages, shifts) for stages, shifts in flows.items()]
    return tuple(sorted(found, key=lambda one: (not one.forward, -one.customers, -one.amount, one.stage_from)))


def _flow(stage_from: str, stage_to: str, shifts: Sequence[Shift]) -> StageFlow:
    owners = Counter(one.end.owner for one in shifts)
    owner, count = min(owners.items(), key=lambda item: (-item[1], item[0]))
    first = shifts[0]
    forward = (first.end.stage_order or 0) > (first.start.stage_order or 0)
    amount = sum((one.amount for one in shifts), NOTHING)
    unknown = sum(one.end.amount is None for one in shifts)
    return StageFlow(stage_from, stage_to, forward, len(shifts), amount, unknown, owner, count, tuple(shifts))


def owner_moves(pairs: Iterable[Pair]) -> tuple[Shift, ...]:
    """Return the open deals handed to another owner or team, whichever side of a filter on them they are; the largest first."""
    found = [
        Shift(one.start, one.end)
        for one in pairs
        if one.start
        and one.end
        and one.start.status == one.end.status == "open"
        and one.there
        and (one.start.owner, one.start.team) != (one.end.owner, one.end.team)
    ]
    return tuple(sorted(found, key=lambda one: (-one.amount, one.end.customer_id)))


@dataclass(frozen=True)
class Push(Shift):
    """A deal whose expected close moved to a later day. ``times``: how often it has moved later in all imports up to the end."""

    times: int

    @property
    def leaves_quarter(self) -> bool:
        """Whether it is no longer expected in the quarter it was expected in."""
        before, after = self.start.expected_close_on, self.end.expected_close_on
        return bool(before and after and bucket(before, "quarter") != bucket(after, "quarter"))


def pushes(pairs: Iterable[Pair], times: Mapping[str, int]) -> tuple[Push, ...]:
    """Return the deals that stayed open and are now expected later than at the start; the largest first. ``times`` as ``push_counts`` gives it."""
    return tuple(
        Push(one.start, one.end, max(1, times.get(one.end.customer_id, 0)))
        for one in stayed(pairs)
        if one.start.expected_close_on
        and one.end.expected_close_on
        and one.end.expected_close_on > one.start.expected_close_on
    )


def push_counts(view: View) -> dict[str, int]:
    """Return how often each customer's expected close moved later from one import to the next that named one, over all imports up to the view's date."""
    sql = """WITH told AS (
            SELECT customer_id, expected_close_on,
                lag(expected_close_on) OVER (PARTITION BY customer_id ORDER BY rank) AS told_before
            FROM lead_sightings WHERE expected_close_on IS NOT NULL
        )
        SELECT customer_id, count(*) AS times FROM told WHERE expected_close_on > told_before GROUP BY customer_id"""
    return {row["customer_id"]: int(row["times"]) for row in view.fetch(sql)}


@dataclass(frozen=True)
class DealLine:
    """A customer who is or was in the open pipeline, in one line. ``kinds``: the bars they lie in; none = still open at the same amount."""

    kinds: tuple[Kind, ...]
    before: Decimal | None
    after: Decimal | None
    start: Deal | None
    end: Deal | None

    @property
    def deal(self) -> Deal:
        """The customer as known last."""
        return self.end or self.start  # type: ignore[return-value]

    @property
    def changed(self) -> bool:
        """Whether anything a review looks at is different: the bridge, stage, owner, team or expected close."""
        if self.kinds or self.start is None or self.end is None:
            return True
        a, b = self.start, self.end
        return (a.stage, a.owner, a.team, a.expected_close_on) != (b.stage, b.owner, b.team, b.expected_close_on)

    @property
    def delta(self) -> Decimal:
        """What the customer adds to the bridge, signed, currency."""
        return (self.after or NOTHING) - (self.before or NOTHING)


def deal_lines(pairs: Iterable[Pair], *, only_changed: bool) -> tuple[DealLine, ...]:
    """Return every customer open within the filters at either date, the largest change first; ``only_changed`` leaves out those of whom nothing did."""
    found = [_line(one, moves_of(one)) for one in pairs if one.there]
    kept = [one for one in found if one.changed or not only_changed]
    return tuple(sorted(kept, key=lambda one: (-abs(one.delta), not one.changed, one.deal.customer_id)))


def _line(pair: Pair, moves: Sequence[Move]) -> DealLine:
    before = pair.start.amount if pair.start and pair.start.counted else NOTHING
    after = pair.end.amount if pair.end and pair.end.counted else NOTHING
    return DealLine(tuple(move.kind for move in moves), before, after, pair.start, pair.end)
