"""The sample workspace: built once from ``sample_data/``, in the background from the first start on, with its progress shown."""

from __future__ import annotations

import hashlib
import re
import threading
import time
from dataclasses import dataclass
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
LOOK_EVERY_SECONDS = 0.3

_DATED = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})")


def weekly_exports(folder: Path) -> list[tuple[date, list[Path]]]:
    """Return the weekly exports in ``folder``: the as-of date in a workbook's name, and the workbooks of that date; oldest first."""
    weeks: dict[date, list[Path]] = {}
    for path in sorted(folder.glob("*.xlsx")):
        if found := _DATED.search(path.name):
            weeks.setdefault(date(*map(int, found.groups())), []).append(path)
    return sorted(weeks.items())


@dataclass
class Building:
    """The one build of this process: weeks done of ``n``, and what went wrong if it did."""

    thread: threading.Thread | None = None
    done: int = 0
    n: int = 0
    error: Exception | None = None


_BUILDING = Building()
_STARTING = threading.Lock()


def build(folder: Path, progress: Building) -> None:
    """Load every weekly export not yet in the sample workspace, oldest first; ``progress`` follows."""
    from salesanalytics.intake.pipeline import process  # a start that has its data reads no files

    workspace = sample_workspace()
    loaded = {record.as_of for record in effective_imports(workspace)}
    weeks = weekly_exports(folder)
    progress.done, progress.n = 0, len(weeks)
    for as_of, paths in weeks:
        if as_of not in loaded:
            files = [_uploaded(path) for path in paths]
            batch = process(
                files,
                DEFAULT_SETTINGS,
                as_of=as_of,
                known_customers=workspace.known_customers,
                known_values=workspace.known_values,
            )
            workspace.load(batch, as_of, who=SAMPLE_AUTHOR, accept_errors=True)
        progress.done += 1


def _uploaded(path: Path) -> UploadedFile:
    content = path.read_bytes()
    return UploadedFile(path.name, content, hashlib.sha256(content).hexdigest())


def sample_is_complete() -> bool:
    """Say whether the sample workspace holds every weekly export there is."""
    loaded = {record.as_of for record in effective_imports(sample_workspace())}
    return {as_of for as_of, _ in weekly_exports(SAMPLE_DATA)} <= loaded


def start_building() -> Building:
    """Start the build in the background unless it is complete or under way; return its progress."""
    with _STARTING:
        running = _BUILDING.thread is not None and _BUILDING.thread.is_alive()
        if not running and not sample_is_complete():
            _BUILDING.error = None
            _BUILDING.thread = threading.Thread(target=_run, args=(SAMPLE_DATA,), name="sample", daemon=True)
            _BUILDING.thread.start()
    return _BUILDING


def _run(folder: Path) -> None:
    try:
        build(folder, _BUILDING)
    except Exception as error:
        _BUILDING.error = error  # told to whoever waits for the sample


def wants_sample() -> bool:
    """Say whether this session is going to see the sample: nothing of one's own, and not cleared away."""
    return not st.session_state.get(Key.SAMPLE_DISMISSED) and not effective_imports(own_workspace())


def ensure_sample(lang: Lang) -> None:
    """Wait for the sample if this session is going to see it, showing how far it is. Raises what stopped the build."""
    if not wants_sample() or sample_is_complete():
        return
    building = start_building()
    bar = st.progress(0.0)
    while building.thread is not None and building.thread.is_alive():
        share = building.done / building.n if building.n else 0.0
        bar.progress(share, text("ui.sample_building", lang, done=building.done, n=building.n))
        time.sleep(LOOK_EVERY_SECONDS)
    bar.empty()
    if building.error is not None:
        raise building.error
