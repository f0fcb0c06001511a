"""The app served as ``serve`` does, with its queries noted: ``python -m benchmarks._watched_server app|empty PORT WORKSPACE``.

Obeys words on standard input, one a line, and answers each with a line of JSON: ``ready`` · ``forget`` (remembered results) · ``begin``
(note queries from now on) · ``bare`` (what was noted since, run bare over the same states: seconds and number of queries).
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from salesanalytics import serve
from salesanalytics.store.state import Params, State

ROUNDS = 3
EMPTY = Path(__file__).with_name("_empty_page.py")
_asked: list[tuple[State, str, Params]] = []
_fetch = State.fetch


def _noted(self: State, sql: str, params: Params = ()) -> list[dict[str, Any]]:
    _asked.append((self, sql, params))
    return _fetch(self, sql, params)


def _bare() -> dict[str, float]:
    """The noted queries again, without those that only parse a query to see what it names; the best of some rounds, so that load counts for the floor as little as can be."""
    asked = [(state, sql, params) for state, sql, params in list(_asked) if "json_serialize_sql" not in sql]
    seconds = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for state, sql, params in asked:
            with closing(state._connection.cursor()) as cursor:
                cursor.execute(sql, params or None).fetchall()
        seconds.append(time.perf_counter() - start)
    return {"seconds": sorted(seconds)[ROUNDS // 2], "queries": len(asked)}


def _forget() -> None:
    import streamlit as st

    st.cache_data.clear()


def _obey() -> None:
    words: dict[str, Callable[[], Any]] = {
        "ready": lambda: "ready", "forget": _forget, "begin": _asked.clear, "bare": _bare,
    }  # fmt: skip
    for line in sys.stdin:
        print(json.dumps(words[line.strip()]()), flush=True)
    os._exit(0)


def main(kind: str, port: int, workspace: Path) -> None:
    State.fetch = _noted  # type: ignore[method-assign]
    threading.Thread(target=_obey, daemon=True).start()
    if kind == "empty":
        serve.serve(port, workspace, app=EMPTY)
    else:
        serve.serve(port, workspace)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
