"""Targets by days, and what is measured against them.

Decision 12: a month under its quarter is a breakdown; a question is answered from the coarsest level that can tell its parts apart (the company's own line, else
the teams', else the people's; regions where they are asked for or nothing else is given) and the shortest period that covers the day, but a target of exactly the
asked period comes first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from tests.oracle.book import Book, Row
from tests.oracle.business import MEASURES as OF_BUSINESS
from tests.oracle.customers import MEASURES as OF_CUSTOMERS
from tests.oracle.questions import TIMES, Answer, Dims, Item, Measure, Question, answers, bucket_of, window_of

LEVELS = ("team", "owner", "region")


def _team_of(book: Book) -> dict[str, str]:
    teams: dict[str, set[str]] = defaultdict(set)
    for row in book.all():
        if row["owner"] and row["team"]:
            teams[row["owner"]].add(row["team"])
    return {owner: next(iter(found)) for owner, found in teams.items() if len(found) == 1}


def _lines(book: Book, asked: set[str]) -> list[Row]:
    """The target lines that can tell the asked parts apart; an owner's line without a team is of the owner's team."""
    team_of = _team_of(book)
    lines = [{**row, "team": row["team"] or team_of.get(row["owner"])} for row in book.targets]
    for given, line in zip(book.targets, lines, strict=True):
        whole = given["team"] is None and given["owner"] is None and given["region"] is None
        line["tree"] = 0 if whole else 1 if given["region"] is None else 2
    return [line for line in lines if all(line[name] is not None for name in LEVELS if name in asked)]


def _per_day(column: str) -> Any:
    def items(book: Book, question: Question) -> Iterator[Item]:
        # a line that says nothing of this figure is no target of it, and hides nobody else's
        lines = [line for line in _lines(book, question.names) if line[column] is not None]
        if not lines:
            return
        day = max(min(line["period_start"] for line in lines), question.start or date.min)
        last = min(max(line["period_end"] for line in lines), question.end or date.max)
        grain = min((name for name in question.names if name in TIMES), key=TIMES.index, default=None)
        while day <= last:
            asked = bucket_of(day, grain) if grain else (question.start, question.end)
            for line in _speaking(lines, day, asked, [name for name in LEVELS if name in question.names]):
                days = (line["period_end"] - line["period_start"]).days + 1
                part = Fraction(str(line[column])) / days
                yield Item(None, day, (id(line), part), {name: line[name] for name in LEVELS})
            day += timedelta(days=1)

    return items


def _speaking(lines: list[Row], day: date, asked: tuple[Any, Any], apart: list[str]) -> list[Row]:
    """The lines that say what is due on a day, so that no money is said twice."""
    covering = [line for line in lines if line["period_start"] <= day <= line["period_end"]]
    best: list[Row] = []
    for who in {tuple(line[name] for name in LEVELS) for line in covering}:
        mine = [line for line in covering if tuple(line[name] for name in LEVELS) == who]
        exact = [line for line in mine if (line["period_start"], line["period_end"]) == asked]
        shortest = min((line["period_end"] - line["period_start"] for line in mine), default=None)
        best += exact or [line for line in mine if line["period_end"] - line["period_start"] == shortest]
    spoken: list[Row] = []
    for part in {tuple(line[name] for name in apart) for line in best}:
        mine = [line for line in best if tuple(line[name] for name in apart) == part]
        tree = [line for line in mine if line["tree"] == min(one["tree"] for one in mine)]
        for team in {line["team"] for line in tree}:
            of_team = [line for line in tree if line["team"] == team]
            own = [line for line in of_team if line["owner"] is None]
            spoken += own or of_team
    return spoken


def _sum(items: Sequence[Item]) -> Answer:
    if not items:
        return None, 0
    return float(sum(item.what[1] for item in items)), len({item.what[0] for item in items})


def _target(column: str) -> Measure:
    return Measure(_per_day(column), _sum, default="quarter", only=frozenset(LEVELS))


MEASURES = {name: _target(name) for name in ("target_amount", "target_customers", "target_collected")}
ATTAINED = {
    "target_attainment": ("sales_amount", "target_amount"),
    "customer_target_attainment": ("won_customers", "target_customers"),
    "pace": ("sales_amount", "target_amount"),
    "coverage": ("open_due_amount", "target_amount"),
}


def attained(name: str, book: Book, question: Question) -> dict[Dims, Answer] | None:
    """Return what was reached ÷ what was due, both of the same period; pace takes off the share of it that has gone."""
    above, below = ATTAINED[name]
    due_measure = MEASURES[below]
    start, end = window_of(due_measure, question, book.as_of)
    asked = Question(question.by, question.where, start, end)
    due = answers(due_measure, book, asked)
    done = answers({**OF_CUSTOMERS, **OF_BUSINESS}[above], book, asked)
    sold = answers(OF_CUSTOMERS["sales_amount"], book, asked) or {}
    if due is None or done is None:
        return None
    found: dict[Dims, Answer] = {}
    for dims in {**due, **done, **(sold if name == "coverage" else {})}:
        reached, n = done.get(dims, (0.0, 0))
        target = due.get(dims, (None, 0))[0]
        if name == "coverage":  # what the target still lacks
            so_far = sold.get(dims, (0.0, 0))[0]
            target = None if target is None or so_far is None else max(0.0, target - so_far)
        value = None if reached is None or not target else reached / target
        if name == "pace" and value is not None:
            gone = _gone(book.as_of, dims, asked)
            value = None if gone is None else value - gone
        found[dims] = value, n
    return found


def _gone(as_of: date, dims: Dims, asked: Question) -> float | None:
    """The share of the period's days gone by at the end of D; in a cut by time, of the row's own bucket."""
    first, last = asked.start, asked.end
    for name, value in zip(asked.by, dims, strict=True):
        if name in TIMES and value:
            first, last = _days_named(value, name)
            first, last = max(first, asked.start or first), min(last, asked.end or last)
    if first is None or last is None:
        return None
    return max(0, (min(as_of, last) - first).days + 1) / ((last - first).days + 1)


def _days_named(label: str, grain: str) -> tuple[date, date]:
    if grain == "week":
        return bucket_of(date.fromisocalendar(int(label[:4]), int(label[6:]), 1), grain)
    if grain == "quarter":
        return bucket_of(date(int(label[:4]), int(label[5]) * 3, 1), grain)
    return bucket_of(date.fromisoformat(label if grain == "day" else f"{label}-01"), grain)
