"""Contracts and the uploaded funnel table: one item a contract, an instalment, a line."""

from __future__ import annotations

from collections.abc import Iterator

from tests.oracle.book import Book, Row
from tests.oracle.counting import ratio, total
from tests.oracle.questions import Item, Measure, Question


def credited(customer: Row | None) -> Row:
    """A contract belongs to whoever won the customer, and before that to the present owner."""
    if customer is None or customer["stage"] != "won":
        return {}
    return {"owner": customer["won_owner"], "team": customer["won_team"]}


def _contracts(book: Book) -> Iterator[tuple[Row, list[Row]]]:
    """Each contract with its instalments."""
    grouped: dict[str, list[Row]] = {}
    for row in book.contracts:
        grouped.setdefault(row["contract_id"], []).append(row)
    for rows in grouped.values():
        yield rows[0], rows


def _signed(book: Book, question: Question) -> Iterator[Item]:
    for contract, _ in _contracts(book):
        customer = book.of(contract)
        yield Item(customer, contract["signed_on"], contract["contract_amount"], credited(customer))


def _came_in(book: Book, question: Question) -> Iterator[Item]:
    for row in book.contracts:
        if row["collected_amount"] is not None:
            customer = book.of(row)
            yield Item(customer, row["collected_on"], row["collected_amount"], credited(customer))


def _paid(book: Book, question: Question) -> Iterator[Item]:
    for contract, rows in _contracts(book):
        customer = book.of(contract)
        so_far = sum(float(row["collected_amount"] or 0) for row in rows)
        amount = contract["contract_amount"]
        what = None if amount is None else (so_far, amount)
        yield Item(customer, contract["signed_on"], what, credited(customer))


def _funnel_lines(book: Book, question: Question) -> Iterator[Item]:
    """Without a period each stage's newest line, else those of periods that end in it."""
    lines = [row for row in book.funnel if row["customers"] is not None and row["target"] is not None]
    if question.start is None and question.end is None and not question.timed:
        newest: dict[str, Row] = {}
        for row in sorted(book.funnel, key=lambda row: row["period_end"]):
            newest[row["stage"]] = row
        lines = [row for row in lines if newest[row["stage"]] is row]
    for row in lines:
        yield Item(None, row["period_end"], (row["customers"], row["target"]), {"stage": row["stage"]})


MEASURES = {
    "contracted": Measure(_signed, total),
    "collected": Measure(_came_in, total),
    "collection_rate": Measure(_paid, ratio),
    "funnel_attainment": Measure(_funnel_lines, ratio, only=frozenset({"stage"})),
}
