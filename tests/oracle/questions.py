"""How a question selects and groups: items in, a value and an n for each group out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from tests.oracle.book import Book, Row

TIMES = ("day", "week", "month", "quarter")
Answer = tuple[float | None, int]
Dims = tuple[str | None, ...]


@dataclass(frozen=True)
class Question:
    """``where``: dimension → accepted values ("" = none); ``start`` and ``end`` both included."""

    by: tuple[str, ...] = ()
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    start: date | None = None
    end: date | None = None

    @property
    def names(self) -> set[str]:
        """Every dimension the question speaks of."""
        return {*self.by, *(name for name, _ in self.where)}

    @property
    def timed(self) -> bool:
        """Whether it is cut or filtered by time."""
        return any(name in TIMES for name in self.names)


@dataclass(frozen=True)
class Item:
    """One thing counted: whose it is, when, and what the measure needs of it. ``dims`` go before the customer's own columns."""

    customer: Row | None
    on: date | None
    what: Any = None
    dims: Row = field(default_factory=dict)


@dataclass(frozen=True)
class Measure:
    """``items`` of a book for a question, and the ``answer`` of those selected. ``only``: the dimensions it has, where it has not all the customer's.

    ``default``: the bucket (week, quarter) around D where nothing about time is asked. ``also``: dimensions beyond the customer's.
    """

    items: Callable[[Book, Question], Iterable[Item]]
    answer: Callable[[Sequence[Item]], Answer]
    stock: bool = False
    default: str | None = None
    only: frozenset[str] | None = None
    also: frozenset[str] = frozenset()
    dated: bool = True

    def has(self, name: str) -> bool:
        """Say whether the measure can be cut by a dimension."""
        if name in TIMES:
            return self.stock or self.dated
        if name in EXTRA:
            return name in self.also
        return self.only is None or name in self.only


EXTRA = frozenset({"method", "lost_reason", "overdue_age", "followed_up_by"})
"""Dimensions only some measures have."""


def bucket_of(day: date, grain: str) -> tuple[date, date]:
    """Return the first and last day of the bucket that holds ``day``."""
    if grain == "day":
        return day, day
    if grain == "week":
        first = day - timedelta(days=day.isoweekday() - 1)
        return first, first + timedelta(days=6)
    months = 3 if grain == "quarter" else 1
    month = day.month - (day.month - 1) % months
    first = day.replace(month=month, day=1)
    beyond = first
    for _ in range(months):
        beyond = (beyond + timedelta(days=31)).replace(day=1)
    return first, beyond - timedelta(days=1)


def label_of(day: date, grain: str) -> str:
    """Return what the bucket of a day is called."""
    if grain == "week":
        return "{}-W{:02}".format(*day.isocalendar()[:2])
    if grain == "quarter":
        return f"{day.year}Q{(day.month + 2) // 3}"
    return day.isoformat() if grain == "day" else day.isoformat()[:7]


def value_of(item: Item, name: str) -> str | None:
    """Return the item's value in a dimension; an empty text is none."""
    if name in TIMES:
        return None if item.on is None else label_of(item.on, name)
    if name in item.dims:
        return item.dims[name] or None
    if item.customer is None:
        return None
    if name.startswith("custom:"):
        return (item.customer.get("custom") or {}).get(name.removeprefix("custom:")) or None
    return item.customer.get(name) or None


def window_of(measure: Measure, question: Question, as_of: date) -> tuple[date | None, date | None]:
    """Return the period that counts: none for a stock, the default one where nothing about time is asked."""
    if measure.stock:
        return None, None
    if measure.default and not question.timed and question.start is None and question.end is None:
        return bucket_of(as_of, measure.default)
    return question.start, question.end


def selected(measure: Measure, book: Book, question: Question) -> list[Item]:
    """Return the items in the period and within the filters."""
    start, end = window_of(measure, question, book.as_of)
    asked = Question(question.by, question.where, start, end)
    kept = []
    for item in measure.items(book, asked):
        if measure.dated and (
            (start is not None and (item.on is None or item.on < start))
            or (end is not None and (item.on is None or item.on > end))
        ):
            continue
        wanted = [pair for pair in question.where if not (measure.stock and pair[0] in TIMES)]
        if all((value_of(item, name) or "") in values for name, values in wanted):
            kept.append(item)
    return kept


def answers(measure: Measure, book: Book, question: Question) -> dict[Dims, Answer] | None:
    """Return group → value and n, for the groups that have any item; None where the measure lacks a dimension that is asked for.

    Without a cut there is one group, also without items.
    """
    if not all(measure.has(name) for name in question.names):
        return None
    if measure.stock and any(name in TIMES for name in question.by):
        return _stock_by_time(measure, book, question)
    groups: dict[Dims, list[Item]] = {} if question.by else {(): []}
    for item in selected(measure, book, question):
        groups.setdefault(tuple(value_of(item, name) for name in question.by), []).append(item)
    return {dims: measure.answer(items) for dims, items in groups.items()}


def bucket_ends(book: Book, question: Question) -> list[date]:
    """Return the days a stock by time is taken at: each bucket's end from the asked start (else the first contact), and D (or the asked end) as the last."""
    met = [row["first_contact_on"] for row in book.all() if row.get("first_contact_on")]
    start = question.start or min(met, default=None)
    last = min(question.end or book.as_of, book.as_of)
    if start is None or start > last:
        return []
    grain = min((name for name in question.by if name in TIMES), key=TIMES.index)
    ends, day = [], start
    while day <= last:
        ends.append(min(bucket_of(day, grain)[1], last))
        day = bucket_of(day, grain)[1] + timedelta(days=1)
    wanted = [(name, values) for name, values in question.where if name in TIMES]
    return [end for end in ends if all(label_of(end, name) in values for name, values in wanted if name in question.by)]


def _stock_by_time(measure: Measure, book: Book, question: Question) -> dict[Dims, Answer]:
    found: dict[Dims, Answer] = {}
    others = tuple(name for name in question.by if name not in TIMES)
    where = tuple(pair for pair in question.where if pair[0] not in TIMES)
    for end in bucket_ends(book, question):
        then = book if end == book.as_of or book.earlier is None else book.earlier(end)
        for dims, answer in (answers(measure, then, Question(others, where)) or {}).items():
            rest = iter(dims)
            found[tuple(label_of(end, name) if name in TIMES else next(rest) for name in question.by)] = answer
    return found
