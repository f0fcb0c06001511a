"""What users answered once, kept in the workspace until somebody forgets it."""

from __future__ import annotations

import json
from collections.abc import Iterable

import duckdb

from salesanalytics.intake.answers import Answer
from salesanalytics.store.ddl import SCHEMA
from salesanalytics.store.load import now

_NAME = "remembered-answers"


def read_answers(cursor: duckdb.DuckDBPyConnection) -> tuple[Answer, ...]:
    """Return every remembered answer, in the order they were given."""
    rows = cursor.execute(f"SELECT body FROM {SCHEMA}.documents WHERE name = ?", [_NAME]).fetchall()
    return tuple(Answer(*each) for each in json.loads(rows[0][0])) if rows else ()


def add_answers(cursor: duckdb.DuckDBPyConnection, answers: Iterable[Answer], who: str) -> None:
    """Remember ``answers``; one about the same thing replaces the former."""
    kept = {each[:3]: each for each in read_answers(cursor)}
    _write(cursor, (kept | {each[:3]: each for each in answers}).values(), who)


def drop_answer(cursor: duckdb.DuckDBPyConnection, answer: Answer, who: str) -> None:
    """Forget one answer."""
    _write(cursor, [each for each in read_answers(cursor) if each != answer], who)


def _write(cursor: duckdb.DuckDBPyConnection, answers: Iterable[Answer], who: str) -> None:
    body = json.dumps([list(each) for each in answers], ensure_ascii=False)
    cursor.execute(f"DELETE FROM {SCHEMA}.documents WHERE name = ?", [_NAME])
    cursor.execute(f"INSERT INTO {SCHEMA}.documents VALUES (?, ?, ?, ?)", [_NAME, body, who, now()])
