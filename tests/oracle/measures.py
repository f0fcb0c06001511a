"""Every metric's oracle by name, and the answer to any question."""

from __future__ import annotations

from tests.oracle import business, customers, money, process, stages, targets
from tests.oracle.book import Book
from tests.oracle.questions import Answer, Dims, Measure, Question, answers

MEASURES: dict[str, Measure] = {
    **customers.MEASURES,
    **stages.MEASURES,
    **money.MEASURES,
    **targets.MEASURES,
    **process.MEASURES,
    **business.MEASURES,
}
NAMES = (*MEASURES, *targets.ATTAINED)
WITHOUT_ORACLE: dict[str, str] = {}
"""Metric → why it has no oracle here."""


def expected(name: str, book: Book, question: Question) -> dict[Dims, Answer] | None:
    """Return group → (value, n) of one metric; None where it lacks a dimension of the question."""
    if name in targets.ATTAINED:
        return targets.attained(name, book, question)
    return answers(MEASURES[name], book, question)


def of_nothing(name: str) -> float | None:
    """What a metric says of a group that has none of its items: 0 for what counts or adds, else no value."""
    if name in targets.ATTAINED or name in targets.MEASURES:
        return None
    return MEASURES[name].answer([])[0]


def has(name: str, dimension: str) -> bool:
    """Say whether a metric can be cut by a dimension."""
    if name in targets.ATTAINED:
        return targets.MEASURES[targets.ATTAINED[name][1]].has(dimension)
    return MEASURES[name].has(dimension)
