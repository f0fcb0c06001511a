"""Ask the product and the oracle the same question, and name every disagreement."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from datetime import date

from salesanalytics.access import View
from salesanalytics.metrics import METRICS, Filters, MetricQuery, ask
from salesanalytics.settings import DEFAULT_SETTINGS
from tests.oracle.book import Book
from tests.oracle.measures import expected, has, of_nothing
from tests.oracle.questions import Answer, Dims, Question

CLOSE = 1e-9
"""How far two values may lie apart, relative to what is large and absolute to what is small."""


def same(found: float | None, told: float | None) -> bool:
    """Say whether two values are one, both being numbers or both none."""
    if found is None or told is None:
        return found is None and told is None
    return math.isfinite(found) and abs(found - told) <= CLOSE * max(1.0, abs(told))


def query_of(names: Sequence[str], question: Question) -> MetricQuery:
    """Return the product's form of a question."""
    return MetricQuery(tuple(names), question.by, Filters(question.where, question.start, question.end))


def disagreements(
    view: View,
    book: Book,
    names: Sequence[str],
    question: Question,
    view_at: Callable[[date], View] | None = None,
) -> list[str]:
    """Return one line for each value, n or group in which product and oracle differ."""
    names = [name for name in names if name in METRICS]
    if question.by and not any(has(name, cut) for cut in question.by for name in names):
        return []
    answer = ask(view, query_of(names, question), DEFAULT_SETTINGS, view_at)
    told = {name: expected(name, book, question) for name in names}
    found = {tuple(row.dims[name] for name in question.by): row for row in answer.rows}
    lines = []
    for dims in {*found, *(dims for groups in told.values() for dims in groups or ())}:
        if dims not in found:
            # a row that would say nothing at all need not be there
            said = {name: _of(name, groups, dims) for name, groups in told.items()}
            said = {name: mine for name, mine in said.items() if mine[0] or mine[1]}
            lines += [f"{question}: no row for {dims}, oracle {said}"] if said else []
            continue
        row = found[dims]
        for name, groups in told.items():
            mine = _of(name, groups, dims)
            # without the dimension there is no value, and n is nobody's
            if not same(row.values[name], mine[0]) or (groups is not None and row.n[name] != mine[1]):
                lines.append(f"{name} {dims} in {question}: {(row.values[name], row.n[name])}, oracle {mine}")
    return lines


def _of(name: str, groups: dict[Dims, Answer] | None, dims: Dims) -> Answer:
    if groups is None:
        return None, 0
    return groups.get(dims, (of_nothing(name), 0))
