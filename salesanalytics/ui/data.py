"""Which workspace a session looks at, and questions put to it, remembered by what they depend on."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import TypeVar, cast
from weakref import WeakKeyDictionary

import streamlit as st
from pydantic import TypeAdapter

from salesanalytics.access.scope import EVERYONE, Scope
from salesanalytics.access.view import View
from salesanalytics.metrics.metric import Metric
from salesanalytics.metrics.registry import metrics_of
from salesanalytics.metrics.run import ask
from salesanalytics.metrics.types import MetricQuery, MetricResult
from salesanalytics.settings import DEFAULT_SETTINGS, Settings
from salesanalytics.store.types import ImportRecord
from salesanalytics.store.workspace import Workspace, open_workspace
from salesanalytics.ui.kept_answers import kept_answers, program
from salesanalytics.ui.session import Key

WORKSPACE_VARIABLE = "SALESANALYTICS_WORKSPACE"
SAMPLE_VARIABLE = "SALESANALYTICS_SAMPLE_WORKSPACE"

T = TypeVar("T")


def own_folder() -> Path:
    """Return the user's workspace folder."""
    return _resolved(os.environ.get(WORKSPACE_VARIABLE, "workspace"), os.getcwd())


@cache  # asked two dozen times a page
def _resolved(folder: str, _working: str) -> Path:
    return Path(folder).resolve()


def sample_folder() -> Path:
    """Return the sample's workspace folder, which users only read."""
    return Path(os.environ.get(SAMPLE_VARIABLE, "sample_workspace")).resolve()


@st.cache_resource(show_spinner=False)
def _opened(folder: str) -> Workspace:
    return open_workspace(Path(folder), DEFAULT_SETTINGS)


def own_workspace() -> Workspace:
    """Return the user's own workspace: what uploads go into, whatever is shown at the moment."""
    return _opened(str(own_folder()))


def sample_workspace() -> Workspace:
    """Return the sample workspace, as far as it has been built (``ui.sample.build``)."""
    return _opened(str(sample_folder()))


_IMPORTS: WeakKeyDictionary[Workspace, tuple[int, list[ImportRecord]]] = WeakKeyDictionary()
"""The imports of each workspace at its last version: every session asks for them every few seconds."""


def effective_imports(workspace: Workspace) -> list[ImportRecord]:
    """Return the imports that count (not undone), newest as-of date first."""
    version = workspace.version()
    known = _IMPORTS.get(workspace)
    if known is None or known[0] != version:
        known = _IMPORTS[workspace] = (version, _read_imports(workspace))
    return list(known[1])


def _read_imports(workspace: Workspace) -> list[ImportRecord]:
    kept = [record for record in workspace.imports() if record.undone_at is None]
    return sorted(kept, key=lambda record: (record.as_of, record.import_id), reverse=True)


@dataclass(frozen=True)
class Source:
    """Whose data a page shows. ``version`` changes with every load and undo; ``imports`` as ``effective_imports`` gives them."""

    workspace: Workspace
    is_sample: bool
    version: int
    imports: tuple[ImportRecord, ...]
    seen: int = 0
    """the version of ``workspace`` itself, without that of the settings it is shown by"""

    @property
    def folder(self) -> str:
        """What tells this workspace's answers from another's."""
        return "sample" if self.is_sample else str(own_folder())


def current_source() -> Source:
    """Return the user's workspace, or the sample while theirs is empty and they have not cleared the sample away."""
    own = own_workspace()
    own_version, imports = own.version(), effective_imports(own)
    if imports or st.session_state.get(Key.SAMPLE_DISMISSED):
        return Source(own, False, own_version, tuple(imports), own_version)
    sample = sample_workspace()
    version = sample.version()
    # the sample is shown by the user's own settings, so a change of these changes what is seen of it
    return Source(sample, True, version + own_version, tuple(effective_imports(sample)), version)


def digest(*parts: object) -> str:
    """Return one digest of everything an answer depends on (the parts' ``repr`` must tell them apart)."""
    return hashlib.sha256("\x1f".join(repr(part) for part in parts).encode()).hexdigest()


@st.cache_data(max_entries=600, show_spinner=False)
def _remembered(key: str, _compute: Callable[[], object]) -> object:
    return _compute()


@dataclass(frozen=True)
class Desk:
    """Everything a page asks with: the scoped view of a state, its settings, and what its answers are remembered under."""

    source: Source
    as_of: date
    scope: Scope
    settings: Settings

    @cached_property
    def view(self) -> View:
        """The scoped view as of ``as_of``; its state is built only when a question is really put to it."""
        return self.view_at(self.as_of)

    def view_at(self, day: date) -> View:
        """Return the same viewer's view as of another day."""
        return View(self.source.workspace.state(day, self.settings), self.scope)

    def at(self, day: date) -> Desk:
        """Return the same viewer's desk as of another day."""
        return replace(self, as_of=day)

    @cached_property
    def _place(self) -> str:
        """What every answer of this desk depends on."""
        return digest(self.source.folder, self.source.version, self.as_of, self.scope, self.settings)

    def remember(
        self, name: str, parts: tuple[object, ...], compute: Callable[[], T], kept_as: TypeAdapter[T] | None = None
    ) -> T:
        """Return ``compute()``, or what it returned before for the same data version, scope, as-of date, ``name`` and ``parts``.

        ``compute`` must depend on nothing else; its result must be picklable. ``kept_as``: how it is written into the workspace's file and read at the next start.
        """
        key = digest(self._place, name, parts)
        if kept_as is None:
            return cast("T", _remembered(key, compute))
        return cast("T", _remembered(key, lambda: self._kept(name, parts, compute, kept_as)))

    def _kept(self, name: str, parts: tuple[object, ...], compute: Callable[[], T], kind: TypeAdapter[T]) -> T:
        """The answer as the file has it. Neither folder nor the version of other workspaces belongs to it: a file may be moved."""
        key = digest(program(), self.source.seen, self.as_of, self.scope, self.settings, name, parts)
        return kept_answers(self.source.workspace, self.source.seen).answer(key, kind, compute)

    def metric(self, name: str) -> Metric:
        """Return a metric as the workspace's settings have it; ``KeyError`` if there is none."""
        return metrics_of(self.settings)[name]

    def ask(self, query: MetricQuery) -> MetricResult:
        """Return the answer to ``query``."""
        return self.remember("ask", (query,), lambda: ask(self.view, query, self.settings, self.view_at))


def open_desk(source: Source, as_of: date) -> Desk:
    """Return the desk for the state as of ``as_of``."""
    return Desk(source, as_of, EVERYONE, own_workspace().settings())
