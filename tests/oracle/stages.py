"""Stage conversion in its three modes: one item a customer and stage."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from tests.oracle.book import FORWARD, ORDER, Book, Row
from tests.oracle.counting import ratio_of_counts, share
from tests.oracle.questions import Item, Measure, Question


def steps(book: Book) -> list[tuple[str, str]]:
    """The observed stages, each with the observed one after it; Won belongs to the road only if somebody was seen there."""
    return list(pairwise([stage for stage in FORWARD if stage in book.observed]))


def _passed(row: Row, stage: str) -> bool:
    return row["reached"] >= ORDER[stage]


def _cohort(book: Book, question: Question) -> Iterator[Item]:
    for stage, _ in steps(book):
        for row in book.all():
            if _passed(row, stage):
                yield Item(row, row["entries"][stage], row["reached"] > ORDER[stage], {"stage": stage})


def _flow(book: Book, question: Question) -> Iterator[Item]:
    for stage, _ in steps(book):
        for row in book.all():
            if _passed(row, stage):
                yield Item(row, row["entries"][stage], (0, 1), {"stage": stage})
            if row["reached"] > ORDER[stage]:
                yield Item(row, _left_on(row, stage), (1, 0), {"stage": stage})


def _left_on(row: Row, stage: str) -> date | None:
    """The first day a customer was beyond a stage."""
    later = [day for one, day in row["entries"].items() if ORDER[one] > ORDER[stage] and day is not None]
    return min(later, default=None)


def _snapshot(book: Book, question: Question) -> Iterator[Item]:
    for stage, after in steps(book):
        for row in book.all():
            if row["stage"] == stage:
                yield Item(row, None, (0, 1), {"stage": after})
            if row["stage"] == after:
                yield Item(row, None, (1, 0), {"stage": after})


MEASURES = {
    "stage_conversion": Measure(_cohort, share),
    "stage_conversion_flow": Measure(_flow, ratio_of_counts),
    "stage_snapshot": Measure(_snapshot, ratio_of_counts, stock=True, dated=False),
}
