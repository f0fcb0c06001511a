"""Every metric against a second telling, from the uploaded rows on: tests/oracle shares no SQL, no declaration and no code with what is tested."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
from random_companies import COMPANIES, CUTS, FILTERS, PERIODS, SPECIAL, TIMES, Company, opened

from salesanalytics.metrics import DIMENSIONS, METRICS
from tests.counts import SOAK, counted
from tests.oracle.compare import disagreements
from tests.oracle.measures import NAMES, WITHOUT_ORACLE, has
from tests.oracle.questions import Question
from tests.oracle.uploads import FIRST_UPLOAD

STOCKS = [name for name in NAMES if name in METRICS and METRICS[name].stock]
THIRDS = st.just(None) if SOAK else st.sampled_from(range(3))
"""One question asks every third metric, so that twenty companies cost seconds: each metric is asked of every company in one of three ways; in the long run in all three."""
Period = tuple[date | None, date | None]


def test_every_metric_has_an_oracle_or_a_stated_reason() -> None:
    assert not set(METRICS) - set(NAMES) - set(WITHOUT_ORACLE)
    assert not set(NAMES) - set(METRICS)
    assert not set(WITHOUT_ORACLE) & set(NAMES)
    assert all(WITHOUT_ORACLE.values())


def test_every_dimension_is_cut_by_somewhere_here() -> None:
    assert set(DIMENSIONS) == {*CUTS, *TIMES, *SPECIAL}


@given(
    COMPANIES, PERIODS, FILTERS, st.permutations([*CUTS, *TIMES]), st.sampled_from([*CUTS, *TIMES, *SPECIAL]), THIRDS
)
def test_totals_and_cuts_agree(
    company: Company, period: Period, where: Any, pair: list[str], cut: str, third: int | None
) -> None:
    """The whole with and without filters, a cut by one dimension, a cut by two."""
    with opened(company) as found:
        if any(name.startswith("custom:") for name, _ in where) and not _has_products(found.book.all()):
            where = ()
        questions = (Question((), where, *period), Question((cut,), (), *period), Question(_two(pair), where, *period))
        wrong = [
            line
            for place, question in enumerate(questions)
            for line in _ask(found, question, NAMES if third is None else NAMES[(third + place) % 3 :: 3])
        ]
    counted("random companies on which every metric was asked", 1)
    assert not wrong


@settings(max_examples=settings().max_examples if SOAK else 5)
@given(COMPANIES, st.integers(0, 30), st.sampled_from([("day",), ("week",), ("month", "owner"), ("stage", "week")]))
def test_stocks_by_time_agree_with_the_state_of_each_buckets_end(
    company: Company, days: int, cut: tuple[str, ...]
) -> None:
    with opened(company) as found:
        start = max(FIRST_UPLOAD, found.as_of - timedelta(days=min(days, 4) if "day" in cut else days))
        question = Question(cut, (), start, found.as_of)
        counted("random companies on which every stock was asked by time", 1)
        assert not disagreements(found.view(), found.book, STOCKS, question, found.view_at)


def _ask(found: Any, question: Question, asked: Sequence[str]) -> list[str]:
    names = [name for name in asked if not question.by or all(has(name, cut) for cut in question.by)]
    if set(question.by) & set(TIMES):  # of which the state of other days is needed, see below
        names = [name for name in names if name not in STOCKS]
    return disagreements(found.view(), found.book, names, question) if names else []


def _two(permuted: list[str]) -> tuple[str, ...]:
    """Two dimensions, one of them of time at most."""
    first = permuted[0]
    return first, next(name for name in permuted[1:] if not {first, name} <= set(TIMES))


def _has_products(customers: list[dict[str, Any]]) -> bool:
    return any(row["custom"] and "产品线" in row["custom"] for row in customers)
