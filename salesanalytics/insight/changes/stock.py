"""The open pipeline at one date: an end of a bridge."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from salesanalytics.insight.changes.deals import Deal
from salesanalytics.insight.changes.moves import NOTHING


@dataclass(frozen=True)
class Stock:
    """Its amount (currency), its deals, how many of these have no amount and so add nothing, and how many have an expected close."""

    amount: Decimal
    customers: int
    unknown: int
    dated: int = 0


EMPTY = Stock(NOTHING, 0, 0)


def stock_of(deals: Iterable[Deal]) -> Stock:
    """Return the stock some deals make."""
    held = list(deals)
    known = [deal.amount for deal in held if deal.amount is not None]
    dated = sum(deal.expected_close_on is not None for deal in held)
    return Stock(sum(known, NOTHING), len(held), len(held) - len(known), dated)
