"""The exact bridge: open pipeline at the start, a bar for each kind of movement, open pipeline at the end. Cents and customers, never floats."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from salesanalytics.access.view import View
from salesanalytics.errors import UserError
from salesanalytics.insight.changes.deals import Deal, Side, checked, first_seen, read_side
from salesanalytics.insight.changes.moves import KINDS, NOTHING, Cut, Kind, Move, Pair, group_of, moves_of
from salesanalytics.insight.changes.narrowed import changed_ids, stocks
from salesanalytics.insight.changes.stock import EMPTY, Stock, stock_of
from salesanalytics.insight.where import Where


@dataclass(frozen=True)
class Bar:
    """One bar: ``amount`` signed (currency), ``customers`` the deals in it (also where they only changed amount), ``unknown`` those without an amount."""

    kind: Kind
    amount: Decimal
    customers: int
    unknown: int


@dataclass(frozen=True)
class Bridge:
    """One bridge. ``group``: the value of the cut ("" = none given); the bars that hold a deal, in their order, add from ``start`` to ``end``."""

    group: str
    start: Stock
    end: Stock
    bars: tuple[Bar, ...]
    moves: tuple[Move, ...]

    def bar(self, kind: Kind) -> Bar:
        """Return one bar; an empty one where nothing of the kind happened."""
        return next((one for one in self.bars if one.kind == kind), Bar(kind, NOTHING, 0, 0))

    def of(self, *kinds: Kind) -> tuple[Move, ...]:
        """Return the deals of some bars, the largest amount first."""
        found = [move for move in self.moves if move.kind in kinds]
        return tuple(sorted(found, key=lambda move: (-abs(move.amount), move.customer_id)))

    @property
    def inflow(self) -> Decimal:
        """What came in, currency."""
        return sum((bar.amount for bar in self.bars if bar.amount > 0), NOTHING)

    @property
    def outflow(self) -> Decimal:
        """What went out, currency, as a positive number."""
        return -sum((bar.amount for bar in self.bars if bar.amount < 0), NOTHING)


@dataclass(frozen=True)
class Changes:
    """Everything between two dates. ``whole``: the bridge of all; ``groups``: one a value of ``by``, which add up to it. ``pairs``: every customer open within
    the filters at either date, or those of whom something changed. ``reconstructed``: the start lies before the first import and was rebuilt from the rows' own dates. ``passed_through``:
    customers first known after the start and won or lost by the end: open at neither date, so in no bar.
    """

    start_on: date
    end_on: date
    reconstructed: bool
    by: Cut | None
    whole: Bridge
    groups: tuple[Bridge, ...]
    pairs: tuple[Pair, ...]
    passed_through: int


def changes(start: View, end: View, where: Where = (), by: Cut | None = None, *, every: bool = True) -> Changes:
    """Return what changed between two views of one viewer. ``every=False``: only those of whom something changed are read, and are ``pairs``; all else is
    the same. Raises UserError ``changes-order`` when the start is the later one, and those of filters.
    """
    if start.as_of > end.as_of:
        raise UserError("changes-order", start=start.as_of.isoformat(), end=end.as_of.isoformat())
    asked = checked(start, end, where)
    ids = None if every else changed_ids(start, end, asked)
    pairs = pairs_of(read_side(start, asked, ids), read_side(end, asked, ids), first_seen(end, ids))

    def bridges(cut: Cut | None) -> tuple[Bridge, ...]:
        ends = _ends(pairs, cut) if every else (stocks(start, asked, cut), stocks(end, asked, cut))
        return _bridges(pairs, cut, *ends)

    groups = bridges(by) if by else ()
    kept = tuple(one for one in pairs if one.there)
    through = sum(_passed_through(one) for one in pairs)
    return Changes(start.as_of, end.as_of, start.reconstructed, by, bridges(None)[0], groups, kept, through)


def _passed_through(pair: Pair) -> bool:
    end = pair.end
    came = pair.start is None and not (pair.missing_start or pair.seen_before)
    return came and end is not None and end.inside and end.status != "open"


def pairs_of(start: Side, end: Side, seen: dict[str, date]) -> tuple[Pair, ...]:
    """Return every customer either side knows, by id. ``seen``: first import that held each."""
    ids = sorted(start.deals.keys() | end.deals.keys())
    return tuple(
        Pair(
            start.deals.get(one),
            end.deals.get(one),
            one in start.missing,
            one in end.missing,
            start.missing.get(one),
            # before the first import nobody had been seen, and whoever is not there had not come yet
            not start.reconstructed and one in seen and seen[one] <= start.as_of,
        )
        for one in ids
    )


def _ends(pairs: Sequence[Pair], cut: Cut | None) -> tuple[dict[str, Stock], dict[str, Stock]]:
    starts, ends = defaultdict[str, list[Deal]](list), defaultdict[str, list[Deal]](list)
    for pair in pairs:
        for deal, held in ((pair.start, starts), (pair.end, ends)):
            if deal and deal.counted:
                held[group_of(deal, cut)].append(deal)
    return {name: stock_of(deals) for name, deals in starts.items()}, {
        name: stock_of(deals) for name, deals in ends.items()
    }


def _bridges(
    pairs: Sequence[Pair], cut: Cut | None, starts: Mapping[str, Stock], ends: Mapping[str, Stock]
) -> tuple[Bridge, ...]:
    moves = defaultdict[str, list[Move]](list)
    for pair in pairs:
        for move in moves_of(pair, cut):
            moves[move.group].append(move)
    names = sorted(starts.keys() | ends.keys() | moves.keys(), key=lambda name: (not name, name)) or [""]
    return tuple(_bridge(name, starts.get(name, EMPTY), ends.get(name, EMPTY), moves[name]) for name in names)


def _bridge(group: str, start: Stock, end: Stock, moves: Sequence[Move]) -> Bridge:
    bars = []
    for kind in KINDS:
        own = [move for move in moves if move.kind == kind]
        if own:
            amount = sum((move.amount for move in own), NOTHING)
            bars.append(Bar(kind, amount, len(own), sum(move.unknown for move in own)))
    return Bridge(group, start, end, tuple(bars), tuple(moves))
