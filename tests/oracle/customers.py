"""Leads, win rates, results and risk: one item a customer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from tests.oracle.book import ORDER, Book, Row
from tests.oracle.counting import count, mean, median, share, total
from tests.oracle.questions import Item, Measure, Question

Judge = Callable[[Book, Row], Any]


def _yes(book: Book, row: Row) -> bool:
    return True


def _each(
    on: Callable[[Row], date | None] | None, what: Judge = _yes, who: Judge = _yes, credit: bool = False
) -> Callable[[Book, Question], Iterator[Item]]:
    """One item a customer that ``who`` accepts; ``credit``: a won deal is its winner's."""

    def items(book: Book, question: Question) -> Iterator[Item]:
        for row in book.all():
            if who(book, row):
                won = credit and row["stage"] == "won"
                dims = {"owner": row["won_owner"], "team": row["won_team"]} if won else {}
                yield Item(row, on(row) if on else None, what(book, row), dims)

    return items


def _met(row: Row) -> date | None:
    return row["first_contact_on"]


def _won_day(row: Row) -> date | None:
    return row["won_on"]


def _is_won(book: Book, row: Row) -> bool:
    return row["stage"] == "won"


def _is_open(book: Book, row: Row) -> bool:
    return row["stage"] not in ("won", "lost")


def _amount_won(book: Book, row: Row) -> Any:
    return row["actual_amount"] if row["actual_amount"] is not None else row["expected_amount"]


def _won_in_30_days(book: Book, row: Row) -> bool | None:
    met = row["first_contact_on"]
    if met is None or book.as_of - met < timedelta(days=30):
        return None
    return row["stage"] == "won" and row["won_on"] is not None and row["won_on"] - met <= timedelta(days=30)


def _cycle(book: Book, row: Row) -> int | None:
    return (row["won_on"] - row["first_contact_on"]).days if row["won_on"] and row["first_contact_on"] else None


def _weighted(book: Book, row: Row) -> float | None:
    return None if row["expected_amount"] is None else float(row["expected_amount"]) * book.probability[row["stage"]]


def silence(book: Book, row: Row) -> int | None:
    """Days since the last contact."""
    return None if row["last_contact_on"] is None else (book.as_of - row["last_contact_on"]).days


def rung(book: Book, row: Row) -> str | None:
    """The one rung of the ladder 3/7/30 that speaks: a lead's first two, and the third of anybody open or won."""
    days = silence(book, row)
    if days is None or row["stage"] == "lost":
        return None
    if days >= 30:
        return "silent"
    if row["stage"] != "lead" or days <= 3:
        return None
    return "manager" if days > 7 or not row["owner"] else "rep"


def _at_risk(book: Book, row: Row) -> bool:
    return _is_open(book, row) and (rung(book, row) in ("manager", "silent") or row["tier"] == "churn-risk")


def _on_rung(name: str) -> Judge:
    return lambda book, row: rung(book, row) == name


def _stuck(book: Book, row: Row) -> bool:
    entered = row["stage_entered_on"]
    return row["stage"] == "opportunity" and entered is not None and (book.as_of - entered).days > 15


def _low(book: Book, row: Row) -> bool:
    if not _is_open(book, row) or row["expected_amount"] is None or book.won_mean is None:
        return False
    return float(row["expected_amount"]) < 0.8 * book.won_mean


def _expected(book: Book, row: Row) -> Any:
    return row["expected_amount"]


def _stock_of(who: Judge) -> Measure:
    return Measure(_each(None, who=who), count, stock=True, dated=False)


MEASURES = {
    "leads": Measure(_each(_met), count),
    "new_leads": Measure(_each(_met), count, default="week"),
    "lead_conversion": Measure(_each(_met, lambda book, row: row["reached"] >= ORDER["prospect"]), share),
    "opportunity_win_rate": Measure(
        _each(
            lambda row: row["entries"].get("opportunity"),
            _is_won,
            lambda book, row: row["reached"] >= ORDER["opportunity"],
        ),
        share,
    ),
    "closed_win_rate": Measure(
        _each(
            lambda row: row["won_on"] if row["stage"] == "won" else row["lost_on"],
            _is_won,
            lambda book, row: row["stage"] in ("won", "lost"),
            credit=True,
        ),
        share,
    ),
    "win_rate_30d": Measure(_each(_met, _won_in_30_days), share),
    "sales_amount": Measure(_each(_won_day, _amount_won, _is_won, credit=True), total),
    "sales_estimated_amount": Measure(
        _each(
            _won_day,
            _expected,
            lambda book, row: row["stage"] == "won" and row["actual_amount"] is None,
            credit=True,
        ),
        total,
    ),
    "won_customers": Measure(_each(_won_day, _yes, _is_won, credit=True), count),
    "mean_deal": Measure(_each(_won_day, _amount_won, _is_won, credit=True), mean),
    "sales_cycle_mean": Measure(_each(_won_day, _cycle, _is_won, credit=True), mean),
    "sales_cycle_median": Measure(_each(_won_day, _cycle, _is_won, credit=True), median),
    "open_amount": Measure(_each(None, _expected, _is_open), total, stock=True, dated=False),
    "weighted_pipeline": Measure(_each(None, _weighted, _is_open), total, stock=True, dated=False),
    "risk_customers": _stock_of(_at_risk),
    "risk_amount": Measure(_each(None, _expected, _at_risk), total, stock=True, dated=False),
    "flagged_lead_untouched": _stock_of(_on_rung("rep")),
    "flagged_lead_untouched_manager": _stock_of(_on_rung("manager")),
    "flagged_silent": _stock_of(_on_rung("silent")),
    "flagged_stage_stuck": _stock_of(_stuck),
    "flagged_low_amount": _stock_of(_low),
}
