"""What users answered once and need not be asked again: how a value is spelled, in which order a column's dates and with which sign its numbers are written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Literal, NamedTuple, cast

from salesanalytics.intake.types import DateOrder, KnownSign, MatchedSheet

AnswerKind = Literal["value", "date-order", "decimal"]
_MARK = ":"


class Answer(NamedTuple):
    """One answer. ``value``: in column ``scope`` (``leads.industry``) the spelling ``name`` means ``meaning``.

    ``date-order`` and ``decimal``: in sheets with the header signature ``scope`` our column ``name`` is written as ``meaning`` (``dmy``, ``,``).
    """

    kind: AnswerKind
    scope: str
    name: str
    meaning: str


def signature(sheet: MatchedSheet) -> str:
    """Return the name of the sheet's set of headers, whatever their order: its table, and a digest."""
    headers = "\x1f".join(sorted(match.header for match in sheet.columns))
    return f"{sheet.table}{_MARK}{sha256(headers.encode()).hexdigest()[:16]}"


def value_answer(table: str, field: str, spelling: str, value: str) -> Answer:
    """Return the answer that a spelling in a column of ours means a value."""
    return Answer("value", f"{table}.{field}", spelling.strip(), value)


def table_of(answer: Answer) -> str:
    """Return the table an answer is about."""
    return answer.scope.split("." if answer.kind == "value" else _MARK, 1)[0]


def spellings(answers: Iterable[Answer], table: str) -> Mapping[str, Mapping[str, str]]:
    """Return the values of a table's columns: our column → spelling → value."""
    found: dict[str, dict[str, str]] = {}
    for answer in answers:
        if answer.kind == "value" and table_of(answer) == table:
            found.setdefault(answer.scope.split(".", 1)[1], {})[answer.name] = answer.meaning
    return found


def date_orders(answers: Iterable[Answer], sheet: MatchedSheet) -> dict[str, DateOrder]:
    """Return the date orders answered for sheets with these headers: our column → order."""
    return {name: cast("DateOrder", meaning) for name, meaning in _of_sheet(answers, sheet, "date-order")}


def decimals(answers: Iterable[Answer], sheet: MatchedSheet) -> dict[str, KnownSign]:
    """Return the decimal signs answered for sheets with these headers: our column → sign."""
    return {name: cast("KnownSign", meaning) for name, meaning in _of_sheet(answers, sheet, "decimal")}


def _of_sheet(answers: Iterable[Answer], sheet: MatchedSheet, kind: AnswerKind) -> list[tuple[str, str]]:
    own = [answer for answer in answers if answer.kind == kind and table_of(answer) == sheet.table]
    if not own:
        return []
    scope = signature(sheet)
    return [(answer.name, answer.meaning) for answer in own if answer.scope == scope]
