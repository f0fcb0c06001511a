"""What a page asks first, kept in the workspace's file across starts: found by a digest of the data, the settings, the question and the program.

Kept as JSON, never pickled: a workspace's file may come from anywhere, and reading it must not run anything.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar
from weakref import WeakKeyDictionary

from pydantic import TypeAdapter, ValidationError

from salesanalytics.store.workspace import Workspace

T = TypeVar("T")
PACKAGE = Path(__file__).resolve().parents[1]
_ROOMS = ("access", "insight", "metrics", "store", "tables")
"""What answers are made by; a change of any of their files makes former answers unfindable."""


@cache
def program() -> str:
    """Return a digest of everything of ours that answers are computed by, and of the engine."""
    found = hashlib.sha256(f"{version('duckdb')} {version('holidays')}".encode())
    files = [path for room in _ROOMS for path in (PACKAGE / room).rglob("*.py")]
    for path in sorted([*files, *PACKAGE.glob("*.py")]):
        found.update(path.relative_to(PACKAGE).as_posix().encode() + b"\0" + path.read_bytes())
    return found.hexdigest()


class KeptAnswers:
    """The kept answers of one workspace: read once, and what was asked since, found or computed."""

    def __init__(self, workspace: Workspace) -> None:
        self._read = workspace.kept_answers()
        self._asked: dict[str, str] = {}
        self._lock = threading.Lock()

    def answer(self, key: str, kind: TypeAdapter[T], compute: Callable[[], T]) -> T:
        """Return the kept answer of ``key``, else ``compute()``, noted to be kept."""
        body = self._read.get(key)
        if body is not None:
            try:
                found = kind.validate_json(body)
            except ValidationError:  # of another version of the program, or damaged: asked anew
                body = None
        if body is None:
            found = compute()
            body = kind.dump_json(found).decode()
        with self._lock:
            self._asked[key] = body
        return found

    def keep(self, workspace: Workspace) -> None:
        """Write what was asked into the file, unless it holds just that."""
        with self._lock:
            asked = dict(self._asked)
        if asked and asked != self._read:
            workspace.keep_answers(asked)
            self._read = asked


_BY_WORKSPACE: WeakKeyDictionary[Workspace, tuple[int, KeptAnswers]] = WeakKeyDictionary()
_LOCK = threading.Lock()


def kept_answers(workspace: Workspace, version: int) -> KeptAnswers:
    """Return the kept answers of a workspace at a version of its data; another version's are let go."""
    with _LOCK:
        known = _BY_WORKSPACE.get(workspace)
        if known is None or known[0] != version:
            known = _BY_WORKSPACE[workspace] = (version, KeptAnswers(workspace))
        return known[1]
