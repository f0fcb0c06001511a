"""Answers kept in the workspace's file, so that a start finds what the first page asks. Texts by digest; what they mean is for those who keep them."""

from __future__ import annotations

import json
from collections.abc import Mapping

import duckdb

from salesanalytics.store.ddl import SCHEMA
from salesanalytics.store.load import now

_NAME = "kept-answers"


def read_kept(cursor: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Return every kept answer: digest of the question → answer."""
    rows = cursor.execute(f"SELECT body FROM {SCHEMA}.documents WHERE name = '{_NAME}'").fetchall()
    return dict(json.loads(rows[0][0])) if rows else {}


def write_kept(cursor: duckdb.DuckDBPyConnection, answers: Mapping[str, str]) -> None:
    """Keep ``answers`` instead of the former ones."""
    cursor.execute(f"DELETE FROM {SCHEMA}.documents WHERE name = ?", [_NAME])
    body = json.dumps(answers, ensure_ascii=False)
    cursor.execute(f"INSERT INTO {SCHEMA}.documents VALUES (?, ?, ?, ?)", [_NAME, body, "", now()])
