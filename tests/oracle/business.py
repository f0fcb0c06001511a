"""What the business is worth and what it costs: velocity, coverage, receivables, core customers, channels."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from tests.oracle.book import ORDER, Book, Row
from tests.oracle.counting import count, ratio, total
from tests.oracle.money import credited
from tests.oracle.questions import Answer, Item, Measure, Question

WINDOW = 90


def _is_open(row: Row) -> bool:
    return row["stage"] not in ("won", "lost")


def _opportunities(book: Book, question: Question) -> Iterator[Item]:
    for row in book.all():
        if _is_open(row) and ORDER[row["stage"]] >= ORDER["opportunity"]:
            yield Item(row, None, True)


def _closed_of_late(book: Book) -> Iterator[Item]:
    """Deals closed in the last 90 days, D included, each with its winner."""
    for row in book.all():
        day = row["won_on"] or row["lost_on"]
        if day is not None and book.as_of - timedelta(days=WINDOW) < day <= book.as_of:
            yield Item(row, None, row, credited(row))


def _velocity_items(book: Book, question: Question) -> Iterator[Item]:
    for item in _opportunities(book, question):
        yield Item(item.customer, None, None)
    yield from _closed_of_late(book)


def _velocity(items: Sequence[Item]) -> Answer:
    closed = [item.what for item in items if item.what is not None]
    still_open = len(items) - len(closed)
    won = [row for row in closed if row["stage"] == "won"]
    amounts = [float(row["deal_amount"]) for row in won if row["deal_amount"] is not None]
    days = [(row["won_on"] - row["first_contact_on"]).days for row in won if row["first_contact_on"]]
    if not amounts or not days or not sum(days):
        return None, still_open
    rate, size, length = len(won) / len(closed), sum(amounts) / len(amounts), sum(days) / len(days)
    return still_open * rate * size / length, still_open


def _needed(items: Sequence[Item]) -> Answer:
    won = sum(item.what["stage"] == "won" for item in items)
    return (len(items) / won if won else None), len(items)


def _open_due(book: Book, question: Question) -> Iterator[Item]:
    for row in book.all():
        if _is_open(row):
            yield Item(row, row["expected_close_on"], row["expected_amount"])


def _due(book: Book, question: Question) -> Iterator[Item]:
    for row in book.contracts:
        if row["due_on"] is not None and row["due_on"] <= book.as_of:
            customer = book.of(row)
            what = None if row["due_amount"] is None else (row["collected_amount"] or 0, row["due_amount"])
            yield Item(customer, row["due_on"], what, credited(customer))


def _overdue(book: Book, question: Question) -> Iterator[Item]:
    for row in book.contracts:
        if row["due_on"] is None or row["due_on"] >= book.as_of:
            continue
        owed = None  # how much was due was not written down
        if row["due_amount"] is None and row["collected_amount"]:
            continue  # and whether that was all of it is not known either
        if row["due_amount"] is not None:
            owed = round(float(row["due_amount"]) - float(row["collected_amount"] or 0), 2)
        late = (book.as_of - row["due_on"]).days
        age = "1-30" if late <= 30 else "31-60" if late <= 60 else "61-90" if late <= 90 else ">90"
        if owed is None or owed > 0:
            customer = book.of(row)
            yield Item(customer, None, owed, {**credited(customer), "overdue_age": age})


def _won_deals(book: Book, question: Question) -> Iterator[Item]:
    for row in book.all():
        if row["stage"] == "won":
            yield Item(row, row["won_on"], row["deal_amount"], credited(row))


def core_of(amounts: Sequence[float], share: float = 0.8) -> int:
    """Return the fewest of the amounts that make up the share of their sum."""
    left, fewest = sum(Fraction(str(amount)) for amount in amounts) * Fraction(str(share)), 0
    for amount in sorted(amounts, reverse=True):
        if left <= 0:
            break
        left -= Fraction(str(amount))
        fewest += 1
    return fewest


def _core(items: Sequence[Item]) -> Answer:
    amounts = [float(item.what) for item in items if item.what is not None]
    return (None if items and not amounts else core_of(amounts)), len(amounts)


def _core_share(items: Sequence[Item]) -> Answer:
    core, n = _core(items)
    return (core / n if core is not None and n else None), n


def cost_days(book: Book, question: Question) -> dict[tuple[str | None, date], tuple[int, Fraction]]:
    """Return (source, day) → (line, cost of the day): of the shortest period that covers the day, up to D."""
    found: dict[tuple[str | None, date], tuple[int, Fraction]] = {}
    for line in sorted(book.costs, key=lambda row: row["period_start"] - row["period_end"]):
        if line["cost"] is None:
            continue
        days = (line["period_end"] - line["period_start"]).days + 1
        for place in range(days):
            day = line["period_start"] + timedelta(days=place)
            if day <= book.as_of:
                found[line["source"], day] = id(line), Fraction(str(line["cost"])) / days
    return found


def _cost(book: Book, question: Question) -> Iterator[Item]:
    for (source, day), (line, part) in cost_days(book, question).items():
        yield Item(None, day, (line, part), {"source": source})


def _cost_sum(items: Sequence[Item]) -> Answer:
    if not items:
        return None, 0
    return float(sum(item.what[1] for item in items)), len({item.what[0] for item in items})


def _against_cost(
    day_of: Callable[[Row], date | None], worth: Callable[[Row], Any]
) -> Callable[[Book, Question], Iterator[Item]]:
    """The cost of days, and the customers of the same source whose day it is."""

    def items(book: Book, question: Question) -> Iterator[Item]:
        known = cost_days(book, question)
        for (source, day), (_, part) in known.items():
            yield Item(None, day, (part, 0, 0), {"source": source})
        for row in book.all():
            day = day_of(row)
            if day is not None and (row["source"], day) in known:
                amount = worth(row)
                if amount is not None:
                    yield Item(row, day, (Fraction(0), Fraction(str(amount)), 1), {"source": row["source"]})

    return items


def _per_unit(items: Sequence[Item]) -> Answer:
    cost, units, n = (sum(item.what[place] for item in items) for place in range(3))
    return (float(cost / units) if units and cost is not None else None), n


def _return(items: Sequence[Item]) -> Answer:
    cost, sales, n = (sum(item.what[place] for item in items) for place in range(3))
    return (float(sales / cost) if cost else None), n


SOURCE = frozenset({"source"})
MEASURES = {
    "open_opportunities": Measure(_opportunities, count, stock=True, dated=False),
    "sales_velocity": Measure(_velocity_items, _velocity, stock=True, dated=False),
    "coverage_needed": Measure(lambda book, question: _closed_of_late(book), _needed, stock=True, dated=False),
    "open_due_amount": Measure(_open_due, total, default="quarter"),
    "collection_due_rate": Measure(_due, ratio),
    "receivables_overdue": Measure(_overdue, total, stock=True, dated=False, also=frozenset({"overdue_age"})),
    "core_customers": Measure(_won_deals, _core),
    "core_customer_share": Measure(_won_deals, _core_share),
    "channel_cost": Measure(_cost, _cost_sum, only=SOURCE),
    "cost_per_lead": Measure(_against_cost(lambda row: row["first_contact_on"], lambda row: 1), _per_unit, only=SOURCE),
    "cost_per_won": Measure(_against_cost(lambda row: row["won_on"], lambda row: 1), _per_unit, only=SOURCE),
    "return_on_cost": Measure(
        _against_cost(lambda row: row["won_on"], lambda row: row["deal_amount"]), _return, only=SOURCE
    ),
}
