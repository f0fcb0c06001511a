"""What one customer does to the open pipeline between two dates: one movement at most, and the change of the amount beside it. Pure.

A deal moves at the amount it had outside: one that comes back (reappeared, re-opened) at the amount last known of it, one that goes (won, lost) at the amount
it went with; what the amount changed by lies in *increased* or *decreased*. Where one of the two is unknown it moves at the one the pipeline held.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from salesanalytics.insight.changes.deals import Deal

Kind = Literal[
    "new", "reappeared", "reopened", "transferred-in", "pulled-in", "pushed-in", "reclassified-in", "increased",
    "decreased", "won", "lost", "missing", "transferred-out", "pulled-out", "pushed-out", "reclassified-out",
]  # fmt: skip
INFLOWS: tuple[Kind, ...] = (
    "new", "reappeared", "reopened", "transferred-in", "pulled-in", "pushed-in", "reclassified-in",
)  # fmt: skip
OUTFLOWS: tuple[Kind, ...] = (
    "won", "lost", "missing", "transferred-out", "pulled-out", "pushed-out", "reclassified-out",
)  # fmt: skip
KINDS: tuple[Kind, ...] = (*INFLOWS, "increased", "decreased", *OUTFLOWS)
"""Every bar, in the order of the picture. ``pulled``: expected close moved to an earlier month, ``pushed``: to a later one."""
REPRICED: tuple[Kind, ...] = ("increased", "decreased")
Cut = Literal["team", "owner", "month", "quarter"]
NOTHING = Decimal(0)


@dataclass(frozen=True)
class Move:
    """One deal in one bar. ``group``: the value of the cut it counts in ("" = none). ``before`` and ``after``: what the pipeline held of it (currency, 0 = not in
    it, None = in it without a known amount). ``start`` and ``end``: the customer as each date knows them; None = not there.
    """

    kind: Kind
    customer_id: str
    group: str
    before: Decimal | None
    after: Decimal | None
    start: Deal | None
    end: Deal | None

    @property
    def amount(self) -> Decimal:
        """What it adds to the open amount, signed; an unknown amount adds nothing."""
        return (self.after or NOTHING) - (self.before or NOTHING)

    @property
    def customers(self) -> int:
        """What it adds to the number of open deals: 1, -1, or 0 for a changed amount."""
        return 0 if self.kind in REPRICED else 1 if self.kind in INFLOWS else -1

    @property
    def unknown(self) -> bool:
        """Whether its amount is not known, so that it counts but adds nothing."""
        return self.kind not in REPRICED and (self.before is None or self.after is None)

    @property
    def first_named(self) -> bool:
        """Whether a deal that was open all along got its first amount: an increase, of which the whole amount is said apart."""
        return self.kind == "increased" and self.before is None

    @property
    def deal(self) -> Deal:
        """The customer as known last."""
        found = self.end or self.start
        assert found is not None  # noqa: S101  # a move without either is never made
        return found


@dataclass(frozen=True)
class Pair:
    """A customer at both dates. ``missing_start`` / ``missing_end``: known, but absent from a full export; ``last_amount``: their last amount before vanishing.
    ``seen_before``: some import up to the start held them.
    """

    start: Deal | None
    end: Deal | None
    missing_start: bool = False
    missing_end: bool = False
    last_amount: Decimal | None = None
    seen_before: bool = False

    @property
    def customer_id(self) -> str:
        """The customer."""
        return (self.end or self.start).customer_id  # type: ignore[union-attr]

    @property
    def there(self) -> bool:
        """Whether the customer is open within the filters at either date."""
        return any(deal is not None and deal.counted for deal in (self.start, self.end))


def group_of(deal: Deal, cut: Cut | None) -> str:
    """Return the value of ``cut`` a deal counts in: a name, 2026-12, 2026Q4; "" where it has none, or nothing is cut."""
    if cut is None:
        return ""
    if cut in ("team", "owner"):
        return deal.team if cut == "team" else deal.owner
    day = deal.expected_close_on
    return bucket(day, cut) if day else ""


def bucket(day: date, cut: Cut) -> str:
    """Return the month (2026-12) or quarter (2026Q4) a day lies in."""
    return f"{day:%Y-%m}" if cut == "month" else f"{day.year}Q{(day.month + 2) // 3}"


def moves_of(pair: Pair, cut: Cut | None = None) -> list[Move]:
    """Return the bars a customer lies in; none where nothing changed, or where neither date has an open deal of theirs within the filters."""
    start, end = pair.start, pair.end
    if start and start.counted and end and end.counted:
        return _stayed(start, end, cut)
    if start and start.counted:
        return _left(pair, start, cut)
    if end and end.counted:
        return _came(pair, end, cut)
    return []


def _stayed(start: Deal, end: Deal, cut: Cut | None) -> list[Move]:
    old, new = group_of(start, cut), group_of(end, cut)
    moved: list[Move] = []
    if old != new:
        into, out = _handed(old, new, cut)
        moved = [
            Move(out, start.customer_id, old, start.amount, NOTHING, start, end),
            Move(into, start.customer_id, new, NOTHING, start.amount, start, end),
        ]
    return [*moved, *_repriced(start.amount, end.amount, new, start, end)]


def _handed(old: str, new: str, cut: Cut | None) -> tuple[Kind, Kind]:
    """The kinds a deal comes and goes by within a cut. A deal without an expected close counts as later than all others."""
    if cut in ("team", "owner"):
        return "transferred-in", "transferred-out"
    later = not new or (bool(old) and new > old)
    return ("pushed-in", "pushed-out") if later else ("pulled-in", "pulled-out")


def _repriced(before: Decimal | None, after: Decimal | None, group: str, start: Deal | None, end: Deal) -> list[Move]:
    if before == after:
        return []
    kind: Kind = "increased" if (after or NOTHING) - (before or NOTHING) >= 0 else "decreased"
    if before is None or after is None:
        kind = "increased" if before is None else "decreased"  # an amount named for the first time, or taken away
    return [Move(kind, end.customer_id, group, before, after, start, end)]


def _left(pair: Pair, start: Deal, cut: Cut | None) -> list[Move]:
    end, group = pair.end, group_of(start, cut)
    if end is None or end.status == "open":
        kind: Kind = "missing" if end is None and pair.missing_end else _out_of_sight(start, end)
        return [Move(kind, start.customer_id, group, start.amount, NOTHING, start, end)]
    both = start.amount is not None and end.amount is not None
    went_with = end.amount if both else start.amount
    repriced = _repriced(start.amount, end.amount, group, start, end) if both else []
    out: Kind = "won" if end.status == "won" else "lost"
    return [*repriced, Move(out, start.customer_id, group, went_with, NOTHING, start, end)]


def _out_of_sight(start: Deal, end: Deal | None) -> Kind:
    """Why an open deal is no longer within what was asked: handed to somebody outside (of the filters or of what the viewer may see), or filed otherwise."""
    return "transferred-out" if end is None or start.inside_people != end.inside_people else "reclassified-out"


def _came(pair: Pair, end: Deal, cut: Cut | None) -> list[Move]:
    kind, before = _arrival(pair, end)
    group = group_of(end, cut)
    both = before is not None and end.amount is not None
    came_with = before if both or kind in ("transferred-in", "reclassified-in") else end.amount
    move = Move(kind, end.customer_id, group, NOTHING, came_with, pair.start, end)
    return [move, *_repriced(came_with, end.amount, group, pair.start, end)]


def _arrival(pair: Pair, end: Deal) -> tuple[Kind, Decimal | None]:
    """How an open deal came to be within what was asked, and what it was worth before."""
    start = pair.start
    if start is not None and start.status == "open":
        kind: Kind = "transferred-in" if start.inside_people != end.inside_people else "reclassified-in"
        return kind, start.amount
    if start is not None:
        return "reopened", start.amount
    if pair.missing_start:
        return "reappeared", pair.last_amount
    if pair.seen_before:
        return "transferred-in", end.amount
    return "new", end.amount
