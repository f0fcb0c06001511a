"""The sample workspace: built once from ``sample_data/`` on the first start, with its progress shown."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path

import streamlit as st

from salesanalytics.i18n import Lang, text
from salesanalytics.intake.types import UploadedFile
from salesanalytics.settings import DEFAULT_SETTINGS
from salesanalytics.ui.data import effective_imports, own_workspace, sample_workspace
from salesanalytics.ui.session import Key

SAMPLE_DATA = Path(__file__).resolve().parents[2] / "sample_data"
SAMPLE_AUTHOR = "sample"

_BUILDING = threading.Lock()
_DATED = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})")


def weekly_exports(folder: Path) -> list[tuple[date, list[Path]]]:
    """Return the weekly exports under ``folder``: the as-of date in a file's or its folder's name, and its workbooks; oldest first."""
    weeks: dict[date, list[Path]] = {}
    for path in sorted(folder.rglob("*.xlsx")):
        found = _DATED.search(path.name) or _DATED.search(path.parent.name)
        if found and "dirty" not in path.relative_to(folder).as_posix():
            weeks.setdefault(date(*map(int, found.groups())), []).append(path)
    return sorted(weeks.items())


def build(progress: Callable[[int, int], None] = lambda done, n: None, folder: Path = SAMPLE_DATA) -> None:
    """Load every weekly export not yet in the sample workspace. ``progress(done, n)`` after each week."""
    from salesanalytics.intake.pipeline import process

    workspace = sample_workspace()
    loaded = {record.as_of for record in effective_imports(workspace)}
    weeks = weekly_exports(folder)
    for done, (as_of, paths) in enumerate(weeks, start=1):
        if as_of not in loaded:
            files = [_uploaded(path) for path in paths]
            batch = process(files, DEFAULT_SETTINGS, as_of=as_of)
            workspace.load(batch, as_of=as_of, mode="full", who=SAMPLE_AUTHOR)
        progress(done, len(weeks))


def _uploaded(path: Path) -> UploadedFile:
    content = path.read_bytes()
    return UploadedFile(path.name, content, hashlib.sha256(content).hexdigest())


def sample_is_complete() -> bool:
    """Say whether the sample workspace holds every weekly export there is."""
    loaded = {record.as_of for record in effective_imports(sample_workspace())}
    return {as_of for as_of, _ in weekly_exports(SAMPLE_DATA)} <= loaded


def ensure_sample(lang: Lang) -> None:
    """Build the sample if this session is going to see it and it is not there yet; others who come meanwhile wait for the same build."""
    if st.session_state.get(Key.SAMPLE_DISMISSED) or effective_imports(own_workspace()) or sample_is_complete():
        return
    bar = st.progress(0.0)

    def show(done: int, n: int) -> None:
        bar.progress(done / n, text("ui.sample_building", lang, done=done, n=n))

    with _BUILDING:
        if not sample_is_complete():
            build(show)
    bar.empty()
